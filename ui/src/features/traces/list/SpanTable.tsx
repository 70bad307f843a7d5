/** Spans that match, the newest first; each leads to its place in its trace. */
import { memo, useEffect, useRef, type RefObject } from 'react';
import { Link } from 'wouter';
import { useProject, withProject } from '../../../api/project';
import type { FoundSpan } from '../../../api/types';
import { formatDuration } from '../../../format/duration';
import { spanTitle } from '../../../format/name';
import { formatAge, formatExact, nanoToMs } from '../../../format/time';
import { ServiceDot } from '../../../ui/ServiceDot';
import { useMedia } from '../../../ui/useMedia';
import { useNow } from '../../../ui/useNow';
import styles from './SpanTable.module.css';
import { useRowKeys } from './useRowKeys';
import { useScrollWindow } from './useScrollWindow';

interface Props {
  scroller: RefObject<HTMLDivElement | null>;
  spans: FoundSpan[];
  onEnd: () => void;
}

const ROW_HEIGHT = 32;
const NARROW_ROW_HEIGHT = 56;

export function SpanTable({ scroller, spans, onEnd }: Props) {
  const rowHeight = useMedia('(max-width: 760px)') ? NARROW_ROW_HEIGHT : ROW_HEIGHT;
  const body = useRef<HTMLDivElement>(null);
  useRowKeys(body);
  const view = useScrollWindow(scroller, body, rowHeight, spans.length);
  const now = useNow(5000);
  const project = useProject();
  const atEnd = view.last >= spans.length;
  useEffect(() => {
    if (atEnd) onEnd();
  }, [atEnd, onEnd]);
  return (
    <div className={styles.table} role="table" aria-label="Spans" aria-rowcount={spans.length + 1}>
      <div className={styles.head} role="row" aria-rowindex={1}>
        {['Span', 'Start', 'Duration', 'Status', 'Kind', 'Trace'].map((name) => (
          <span key={name} role="columnheader">
            {name}
          </span>
        ))}
      </div>
      <div ref={body} role="rowgroup" className={styles.rows} style={{ height: spans.length * rowHeight }}>
        {spans.slice(view.first, view.last).map((span, index) => (
          <SpanRow
            // A sender may use an id twice.
            key={`${span.trace_id}${span.span_id}${span.start_time_unix_nano} ${view.first + index}`}
            span={span}
            index={view.first + index}
            top={(view.first + index) * rowHeight}
            now={now}
            project={project}
          />
        ))}
      </div>
    </div>
  );
}

interface RowProps {
  span: FoundSpan;
  index: number;
  top: number;
  now: number;
  project: string;
}

const SpanRow = memo(function SpanRow({ span, index, top, now, project }: RowProps) {
  const { trace_id, span_id, name, service, start_time_unix_nano: start } = span;
  const title = `${service}  ${spanTitle(name)}\nstarted ${formatExact(start)}`;
  return (
    <div role="row" aria-rowindex={index + 2} className={styles.row} style={{ transform: `translateY(${top}px)` }}>
      <span role="cell" className={styles.name}>
        <Link href={withProject(`/trace/${trace_id}?span=${span_id}`, project)} className={styles.title} title={title}>
          <ServiceDot service={service} />
          <span>{service}</span>
          <b>{spanTitle(name)}</b>
        </Link>
      </span>
      <span role="cell" className={styles.muted}>
        {formatAge(nanoToMs(start), now)}
      </span>
      <span role="cell" className={styles.duration}>
        {formatDuration(span.duration_nano)}
      </span>
      <span role="cell" className={span.status === 'ERROR' ? styles.error : styles.muted}>
        {span.status === 'UNSET' ? '·' : span.status.toLowerCase()}
      </span>
      <span role="cell" className={`${styles.muted} ${styles.wide}`}>
        {span.kind.toLowerCase()}
      </span>
      <span role="cell" className={`${styles.muted} ${styles.wide} ${styles.id}`}>
        {trace_id.slice(0, 16)}
      </span>
    </div>
  );
});
