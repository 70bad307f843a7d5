/**
 * Rows of a trace in a scroller. Only those on screen exist, and they are reused while it scrolls; what is painted over
 * them is placed from the same scroll position in the same frame.
 */
import { useImperativeHandle, useLayoutEffect, useRef, useState, type MouseEvent, type ReactNode, type Ref } from 'react';
import { flushSync } from 'react-dom';
import { useSize } from '../../../ui/useSize';
import { rowOf, rowOfLog, windowRows, type Rows, type RowWindow } from '../model/rows';
import { findSpan, nameSpan, type Trace } from '../model/tree';
import { measureFirstRows } from './firstRows';
import { ROW_HEIGHT } from './geometry';
import styles from './Waterfall.module.css';
import { rowId } from './TreeCell';

/** What the keys of the page ask of whichever view is on screen. */
export interface ViewHandle {
  /** Brings a span, or a log record of it, on screen. */
  show: (p: number, log: number) => void;
  scrollPages: (pages: number) => void;
  /** Brings the next row whose bar lies in the zoomed range to the middle. */
  showNextVisible: (step: 1 | -1) => void;
  firstVisibleRow: () => number;
  /** Where an arrow leads from the selected span; -1: nowhere. Views without it go by rows. */
  move?: (direction: Direction) => number;
}

export type Direction = 'up' | 'down' | 'left' | 'right';

interface Props {
  ref: Ref<ViewHandle>;
  trace: Trace;
  rows: Rows;
  selected: number;
  selectedLog: number;
  startedAt: number;
  columns?: number;
  renderRow: (row: number) => ReactNode;
  /** Painted over the rows. */
  children?: (view: RowWindow, height: number) => ReactNode;
  scroller: { current: HTMLDivElement | null };
  isInRange?: (p: number) => boolean;
  onSelect: (p: number, log: number) => void;
  onToggle: (p: number) => void;
  onOpen: () => void;
}

export function RowList(props: Props) {
  const { ref, trace, rows, selected, selectedLog, renderRow, children, scroller } = props;
  const { height } = useSize(scroller);
  const [scrollTop, setScrollTop] = useState(0);
  const view = windowRows(scrollTop, height, ROW_HEIGHT, rows.count);

  useImperativeHandle(ref, () => handleOf(scroller, rows, height, props.isInRange));
  useFirstRows(props.startedAt, trace, height > 0 && rows.count > 0);
  useShowSelectedOnce(scroller, height, rows, selected, selectedLog);
  useKeepPlace(scroller, trace, rows);

  const slotCount = Math.ceil(height / ROW_HEIGHT) + 2;
  const slots = [];
  for (let row = view.first; row < view.last; row++) {
    const y = view.offset + (row - view.first) * ROW_HEIGHT;
    slots.push(
      <div key={row % slotCount} className={styles.slot} style={{ transform: `translateY(${y}px)` }}>
        {renderRow(row)}
      </div>,
    );
  }
  // Slots keep their place in the document while rows move through them: nothing is created by scrolling.
  slots.sort((a, b) => Number(a.key) - Number(b.key));

  const onClick = (event: MouseEvent) => {
    const top = scroller.current!.getBoundingClientRect().top;
    const row = Math.floor((event.clientY - top - view.offset) / ROW_HEIGHT) + view.first;
    if (row >= rows.count) return;
    const p = rows.span[row]!;
    if ((event.target as Element).closest('[data-fold]')) props.onToggle(p);
    else props.onSelect(p, rows.log ? rows.log[row]! : -1);
  };

  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- useTraceKeys has the keys, for the whole page
    <div
      ref={scroller}
      className={styles.scroller}
      role="treegrid"
      aria-label="Spans"
      aria-rowcount={rows.count}
      aria-colcount={props.columns}
      aria-activedescendant={selectedLog >= 0 ? rowId(selectedLog, true) : selected >= 0 ? rowId(selected) : undefined}
      tabIndex={0}
      onScroll={(event) => {
        const top = event.currentTarget.scrollTop;
        // Without it rows and bars would follow one frame behind the scrollbar.
        flushSync(() => setScrollTop(top));
      }}
      onClick={onClick}
      onDoubleClick={(event) => {
        if (!(event.target as Element).closest('[data-fold]')) props.onOpen();
      }}
    >
      <div style={{ height: rows.count * ROW_HEIGHT, minHeight: '100%' }}>
        <div className={styles.view} style={{ height }}>
          {slots}
          {children?.(view, height)}
        </div>
      </div>
    </div>
  );
}

function useFirstRows(startedAt: number, trace: Trace, shown: boolean) {
  const done = useRef(false);
  useLayoutEffect(() => {
    if (!shown || done.current) return;
    done.current = true;
    measureFirstRows(startedAt, trace.count);
  }, [shown, startedAt, trace.count]);
}

type Scroller = { current: HTMLDivElement | null };

/** A link to a span opens with that span on screen, and so does another view of the same trace. */
function useShowSelectedOnce(scroller: Scroller, height: number, rows: Rows, selected: number, selectedLog: number) {
  const done = useRef(false);
  useLayoutEffect(() => {
    if (done.current || height === 0 || !scroller.current) return;
    done.current = true;
    const row = selectedLog >= 0 ? rowOfLog(rows, selectedLog) : selected >= 0 ? rowOf(rows, selected) : -1;
    if (row >= 0) scroller.current.scrollTo({ top: row * ROW_HEIGHT - height / 3 });
  }, [scroller, height, rows, selected, selectedLog]);
}

/** Spans that arrive above the first row on screen do not move it. */
function useKeepPlace(scroller: Scroller, trace: Trace, rows: Rows) {
  const before = useRef({ trace, rows });
  useLayoutEffect(() => {
    const last = before.current;
    before.current = { trace, rows };
    const element = scroller.current;
    if (last.trace === trace || !element || element.scrollTop < ROW_HEIGHT) return;
    const top = element.scrollTop;
    const old = last.rows.span[Math.floor(top / ROW_HEIGHT)] ?? -1;
    if (old < 0) return;
    const { spanId, nth } = nameSpan(last.trace, old);
    const p = findSpan(trace, spanId, nth);
    if (p >= 0) element.scrollTo({ top: rowOf(rows, p) * ROW_HEIGHT + (top % ROW_HEIGHT) });
  }, [scroller, trace, rows]);
}

function handleOf(scroller: Scroller, rows: Rows, height: number, isInRange: Props['isInRange']): ViewHandle {
  const scrollTo = (top: number) => {
    if (scroller.current) scroller.current.scrollTop = top;
  };
  const top = () => scroller.current?.scrollTop ?? 0;
  return {
    firstVisibleRow: () => Math.min(Math.ceil(top() / ROW_HEIGHT), rows.count - 1),
    show: (p, log) => {
      const row = log >= 0 ? rowOfLog(rows, log) : rowOf(rows, p);
      if (row < 0) return;
      const y = row * ROW_HEIGHT;
      if (y < top() + ROW_HEIGHT) scrollTo(y - 3 * ROW_HEIGHT);
      else if (y + 2 * ROW_HEIGHT > top() + height) scrollTo(y + 4 * ROW_HEIGHT - height);
    },
    scrollPages: (pages) => scrollTo(top() + pages * height),
    showNextVisible: (step) => {
      const middle = Math.min(Math.max(Math.floor((top() + height / 2) / ROW_HEIGHT), 0), rows.count - 1);
      for (let row = middle + step; row >= 0 && row < rows.count; row += step) {
        if (isInRange && !isInRange(rows.span[row]!)) continue;
        scrollTo((row + 0.5) * ROW_HEIGHT - height / 2);
        return;
      }
    },
  };
}
