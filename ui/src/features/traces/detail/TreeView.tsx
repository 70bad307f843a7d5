/** The trace as a tree with what each subtree comes to, in columns. */
import { useMemo, useRef, type ReactNode, type Ref } from 'react';
import { formatDuration } from '../../../format/duration';
import { formatCount } from '../../../format/number';
import { TokenFlow } from '../../../ui/TokenFlow';
import { useMedia } from '../../../ui/useMedia';
import { useSize } from '../../../ui/useSize';
import { isFolded, type Fold, type Rows } from '../model/rows';
import { totalsAt, type Rollup } from '../model/rollup';
import type { Matches } from '../model/search';
import { STATUS_ERROR, type Trace } from '../model/tree';
import { mostIndentLevels } from './geometry';
import { RowList, type ViewHandle } from './RowList';
import { SpanRow } from './SpanRow';
import { CostText } from './CostText';
import styles from './TreeView.module.css';

interface Props {
  ref: Ref<ViewHandle>;
  trace: Trace;
  rows: Rows;
  fold: Fold;
  rollup: Rollup;
  selected: number;
  matches: Matches;
  startedAt: number;
  onSelect: (p: number, log: number) => void;
  onToggle: (p: number) => void;
  onOpen: () => void;
}

interface Column {
  id: string;
  label: string;
  note: string;
  width: number;
  cell: (trace: Trace, p: number, rollup: Rollup) => ReactNode;
  /** Also where there is little room. */
  narrow?: boolean;
  isUsed?: (trace: Trace, rollup: Rollup) => boolean;
}

const COLUMNS: readonly Column[] = [
  { id: 'self', label: 'Self', note: 'Time of the span in which no child ran', width: 76, cell: (trace, p, rollup) => <Share nano={rollup.self[p]!} of={trace} /> },
  { id: 'duration', label: 'Duration', note: 'From start to end of the span', width: 80, narrow: true, cell: (trace, p) => <Share nano={trace.span[p]!} of={trace} /> },
  { id: 'spans', label: 'Spans', note: 'Spans of the subtree, this one included', width: 64, cell: (trace, p) => (trace.size[p]! > 1 ? formatCount(trace.size[p]!) : '') },
  {
    id: 'errors', label: 'Errors', note: 'Errors of the subtree, this span included', width: 60,
    cell: (trace, p) => trace.subtreeErrors[p]! > 0 && <span className={styles.errors}>{formatCount(trace.subtreeErrors[p]!)}</span>,
    isUsed: (trace) => trace.errorCount > 0,
  },
  {
    id: 'tokens', label: 'Tokens', note: 'Tokens in and out of the model calls of the subtree; agents that repeat them are not added', width: 104, narrow: true,
    cell: (_, p, { input, output }) => input[p]! + output[p]! > 0 && <TokenFlow input={input[p]!} output={output[p]!} />,
    isUsed: (_, { calls }) => calls.some((count) => count > 0),
  },
  {
    id: 'cost', label: 'Cost', note: 'Cost in US dollars of the model calls of the subtree', width: 84,
    cell: (_, p, rollup) => rollup.calls[p]! > 0 && <CostText totals={totalsAt(rollup, p)} />,
    isUsed: (_, { calls, unpriced }) => calls.some((count, p) => count > unpriced[p]!),
  },
  { id: 'status', label: 'Status', note: 'Of the span itself', width: 56, cell: (trace, p) => statusOf(trace.status[p]!) },
]; // prettier-ignore

export function TreeView(props: Props) {
  const { trace, rows, fold, rollup, selected, matches } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const { width } = useSize(scroller);
  const narrow = useMedia('(max-width: 760px)');
  const columns = useMemo(
    () => COLUMNS.filter((column) => (!narrow || column.narrow) && (column.isUsed?.(trace, rollup) ?? true)),
    [narrow, trace, rollup],
  );
  const treeWidth = Math.max(width - columns.reduce((sum, column) => sum + column.width, 0), 120);
  const indentLevels = mostIndentLevels(treeWidth);
  const cells = useMemo(
    () => (of: Trace, p: number) =>
      columns.map((column) => (
        <div key={column.id} role="gridcell" className={styles.cell} style={{ width: column.width }}>
          {column.cell(of, p, rollup)}
        </div>
      )),
    [columns, rollup],
  );
  return (
    <section className={styles.view} aria-label="Tree">
      <div className={styles.head}>
        <span className={styles.name} style={{ width: treeWidth }}>
          Span
        </span>
        {columns.map(({ id, label, note, width: room }) => (
          <span key={id} className={styles.heading} style={{ width: room }} title={note}>
            {label}
          </span>
        ))}
      </div>
      <RowList
        {...props}
        scroller={scroller}
        selectedLog={-1}
        columns={columns.length + 1}
        renderRow={(row) => {
          const p = rows.span[row]!;
          return (
            <SpanRow
              trace={trace}
              p={p}
              row={row}
              folded={isFolded(trace, fold, p)}
              selected={p === selected}
              match={matches.is[p] === 1}
              treeWidth={treeWidth}
              indentLevels={indentLevels}
              cells={cells}
            />
          );
        }}
      />
    </section>
  );
}

/** A duration over a line as long as its share of the trace. */
function Share({ nano, of }: { nano: number; of: Trace }) {
  return (
    <>
      {formatDuration(nano)}
      <span className={styles.share} style={{ width: `${Math.min(nano / of.duration, 1) * 100}%` }} />
    </>
  );
}

function statusOf(status: number): ReactNode {
  if (status === STATUS_ERROR) return <span className={styles.errors}>error</span>;
  return status === 1 ? 'ok' : '';
}
