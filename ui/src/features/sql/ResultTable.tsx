/** The rows of an answer, only those on screen in the document; the arrow keys move the cell, Enter shows it whole. */
import { useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { Link } from 'wouter';
import { useProject, withProject } from '../../api/project';
import type { SqlAnswer } from '../../api/types';
import { useSize } from '../../ui/useSize';
import { CellView } from './CellView';
import { formatNumber, formatValue, kindOf, linkOf, unitOf } from './model/columns';
import styles from './ResultTable.module.css';

const ROW = 24;
const OVERSCAN = 10;
const CHARACTER = 7.4;
/** Of the first rows the widest cell decides how wide a column is, between these. */
const MEASURED = 200;
const NARROWEST = 64;
const WIDEST = 420;

interface Cell {
  row: number;
  column: number;
}

export function ResultTable({ answer }: { answer: SqlAnswer }) {
  const { columns, rows } = answer;
  const scroller = useRef<HTMLDivElement>(null);
  const size = useSize(scroller);
  const project = useProject();
  const [top, setTop] = useState(0);
  const [at, setAt] = useState<Cell | null>(null);
  const [open, setOpen] = useState(false);
  const shown = useMemo(
    () => columns.map(({ name, type }, index) => ({ key: `${index} ${name}`, name, type, kind: kindOf(type), unit: unitOf(name, type) })),
    [columns],
  );
  const widths = useMemo(() => shown.map((column, index) => widthOf(column, rows, index)), [shown, rows]);
  const first = Math.max(0, Math.floor(top / ROW) - OVERSCAN);
  const last = Math.min(rows.length, Math.ceil((top + size.height) / ROW) + OVERSCAN);
  const template = `${widths.map((width) => `${width}px`).join(' ')} 1fr`;

  const move = (by: Partial<Cell>) => {
    const next = {
      row: clamp((at?.row ?? -1) + (by.row ?? 0), rows.length),
      column: clamp((at?.column ?? 0) + (by.column ?? 0), columns.length),
    };
    setAt(next);
    const element = scroller.current!;
    if (next.row * ROW < element.scrollTop) element.scrollTop = next.row * ROW;
    else if ((next.row + 2) * ROW > element.scrollTop + element.clientHeight) {
      element.scrollTop = (next.row + 2) * ROW - element.clientHeight;
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, Partial<Cell>> = {
      ArrowDown: { row: 1 },
      ArrowUp: { row: -1 },
      ArrowRight: { column: 1 },
      ArrowLeft: { column: -1 },
      PageDown: { row: Math.max(1, Math.floor(size.height / ROW) - 2) },
      PageUp: { row: -Math.max(1, Math.floor(size.height / ROW) - 2) },
      Home: { row: -rows.length },
      End: { row: rows.length },
    };
    const step = steps[event.key];
    if (step) move(step);
    else if (event.key === 'Enter' && at && !(event.target instanceof HTMLAnchorElement)) setOpen(!open);
    else if (event.key === 'Escape' && open) setOpen(false);
    else if (event.key === 'c' && (event.ctrlKey || event.metaKey) && at && window.getSelection()?.isCollapsed !== false) {
      void navigator.clipboard.writeText(formatValue(rows[at.row]![at.column]));
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const cell = at && rows[at.row] ? { at, row: rows[at.row]!, column: shown[at.column]! } : null;
  return (
    <div className={styles.frame}>
      <div
        ref={scroller}
        className={styles.scroller}
        role="grid"
        aria-label="Rows"
        aria-rowcount={rows.length + 1}
        aria-colcount={columns.length}
        aria-activedescendant={cell ? `cell-${cell.at.row}-${cell.at.column}` : undefined}
        tabIndex={0}
        onScroll={(event) => setTop(event.currentTarget.scrollTop)}
        onKeyDown={onKeyDown}
      >
        <div className={styles.head} role="row" style={{ gridTemplateColumns: template }}>
          {shown.map(({ key, name, type, kind, unit }) => (
            <div key={key} role="columnheader" className={kind === 'number' ? styles.number : undefined} title={`${name}  ${type}${unit ? `, ${unit}` : ''}`}>
              <b>{name}</b>
              <span>{type}</span>
            </div>
          ))}
        </div>
        <div style={{ height: rows.length * ROW, position: 'relative' }}>
          {rows.slice(first, last).map((row, offset) => {
            const number = first + offset;
            return (
              <div
                key={number}
                role="row"
                aria-rowindex={number + 2}
                className={styles.row}
                style={{ gridTemplateColumns: template, transform: `translateY(${number * ROW}px)` }}
              >
                {shown.map(({ key, kind, unit }, column) => {
                  const value = row[column];
                  const link = linkOf(columns, row, column);
                  const text = kind === 'number' ? formatNumber(value, unit) : formatValue(value);
                  const chosen = at?.row === number && at.column === column;
                  return (
                    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the grid has the keys
                    <div
                      key={key}
                      id={`cell-${number}-${column}`}
                      role="gridcell"
                      tabIndex={-1}
                      aria-selected={chosen}
                      className={[kind === 'number' && styles.number, value === null && styles.none].filter(Boolean).join(' ') || undefined}
                      title={unit ? `${formatValue(value)} ${unit}` : undefined}
                      onClick={() => {
                        setAt({ row: number, column });
                        setOpen(true);
                      }}
                    >
                      {link ? (
                        <Link href={withProject(link, project)} onClick={(event) => event.stopPropagation()}>
                          {text}
                        </Link>
                      ) : (
                        text.slice(0, 300)
                      )}
                    </div>
                  );
                })}
              </div>
            );
          })}
        </div>
      </div>
      {open && cell && <CellView columns={columns} row={cell.row} at={cell.at.column} number={cell.at.row} onClose={() => setOpen(false)} />}
    </div>
  );
}

function clamp(value: number, count: number): number {
  return Math.min(Math.max(value, 0), count - 1);
}

function widthOf(column: { name: string; type: string; kind: string; unit: ReturnType<typeof unitOf> }, rows: SqlAnswer['rows'], index: number): number {
  let longest = Math.max(column.name.length, Math.min(column.type.length * 0.85, 24));
  for (const row of rows.slice(0, MEASURED)) {
    const value = row[index];
    longest = Math.max(longest, (column.kind === 'number' ? formatNumber(value, column.unit) : formatValue(value)).length);
  }
  return Math.round(Math.min(Math.max(longest * CHARACTER + 20, NARROWEST), WIDEST));
}
