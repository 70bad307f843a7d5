/** The traces as rows. Only rows near the screen exist; reaching the end asks for the next page. */
import { useEffect, useMemo, useRef, type RefObject } from 'react';
import { useProject } from '../../../api/project';
import type { TraceSummary } from '../../../api/types';
import { Icon } from '../../../ui/Icon';
import { useMedia } from '../../../ui/useMedia';
import { useNow } from '../../../ui/useNow';
import { nextSort, type Sort } from '../model/listUrl';
import { durationScale } from '../model/scatter';
import { useChips } from '../../annotations/useChips';
import { TraceRow } from './TraceRow';
import styles from './TraceTable.module.css';
import { useRowKeys } from './useRowKeys';
import { useScrollWindow } from './useScrollWindow';

interface Props {
  scroller: RefObject<HTMLDivElement | null>;
  traces: TraceSummary[];
  fresh: ReadonlySet<string>;
  sort: Sort;
  onSort: (sort: Sort) => void;
  onEnd: () => void;
}

const ROW_HEIGHT = 32;
const NARROW_ROW_HEIGHT = 56;

export function TraceTable({ scroller, traces, fresh, sort, onSort, onEnd }: Props) {
  const rowHeight = useMedia('(max-width: 760px)') ? NARROW_ROW_HEIGHT : ROW_HEIGHT;
  const body = useRef<HTMLDivElement>(null);
  useRowKeys(body);
  const view = useScrollWindow(scroller, body, rowHeight, traces.length);
  const now = useNow(5000);
  const project = useProject();
  const scale = useMemo(() => durationScale(traces), [traces]);
  const annotations = useChips(traces.slice(view.first, view.last));
  const atEnd = view.last >= traces.length;
  useEffect(() => {
    if (atEnd) onEnd();
  }, [atEnd, onEnd]);
  return (
    <div className={styles.table} role="table" aria-label="Traces" aria-rowcount={traces.length + 1}>
      <div className={styles.head} role="row" aria-rowindex={1}>
        <span role="columnheader">Trace</span>
        <SortHeader label="Start" column="start" sort={sort} onSort={onSort} />
        <SortHeader label="Duration" column="duration" sort={sort} onSort={onSort} />
        <SortHeader label="Spans" column="spans" sort={sort} onSort={onSort} number />
        <SortHeader label="Errors" column="errors" sort={sort} onSort={onSort} number />
        <span role="columnheader">Services</span>
        <span role="columnheader" className={`${styles.number} ${styles.wide}`}>
          Tokens, cost
        </span>
        <span role="columnheader" className={styles.wide}>
          Models
        </span>
      </div>
      <div ref={body} role="rowgroup" className={styles.rows} style={{ height: traces.length * rowHeight }}>
        {traces.slice(view.first, view.last).map((trace, index) => (
          <TraceRow
            key={trace.trace_id}
            trace={trace}
            index={view.first + index}
            top={(view.first + index) * rowHeight}
            scale={scale}
            fresh={fresh.has(trace.trace_id)}
            now={now}
            project={project}
            annotations={annotations.get(trace.trace_id)}
          />
        ))}
      </div>
    </div>
  );
}

interface SortProps {
  label: string;
  column: 'start' | 'duration' | 'spans' | 'errors';
  sort: Sort;
  onSort: (sort: Sort) => void;
  number?: boolean;
}

function SortHeader({ label, column, sort, onSort, number = false }: SortProps) {
  const direction = sort === column ? 'ascending' : sort === `-${column}` ? 'descending' : 'none';
  return (
    <span role="columnheader" aria-sort={direction} className={number ? styles.number : undefined}>
      <button type="button" onClick={() => onSort(nextSort(sort, column))}>
        {label}
        {direction !== 'none' && <Icon name={direction === 'ascending' ? 'up' : 'down'} size={10} />}
      </button>
    </span>
  );
}
