/** One trace of the list; the whole row is its link. */
import { memo } from 'react';
import { Link } from 'wouter';
import { withProject } from '../../../api/project';
import type { Annotation, TraceSummary } from '../../../api/types';
import { formatCost } from '../../../format/cost';
import { formatDuration } from '../../../format/duration';
import { spanTitle } from '../../../format/name';
import { formatCount } from '../../../format/number';
import { formatAge, formatExact, nanoToMs } from '../../../format/time';
import { ServiceDot } from '../../../ui/ServiceDot';
import { TokenFlow } from '../../../ui/TokenFlow';
import { Chips } from '../../annotations/Chips';
import { CompareMark } from '../../compare/CompareMark';
import { shareOf, type DurationScale } from '../model/scatter';
import styles from './TraceTable.module.css';

interface Props {
  trace: TraceSummary;
  index: number;
  top: number;
  scale: DurationScale;
  fresh: boolean;
  now: number;
  project: string;
  annotations: Annotation[] | undefined;
}

const MOST_DOTS = 6;
const NONE: Annotation[] = [];

export const TraceRow = memo(function TraceRow({ trace, index, top, scale, fresh, now, project, annotations = NONE }: Props) {
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className={fresh ? `${styles.row} ${styles.fresh}` : styles.row}
      style={{ transform: `translateY(${top}px)` }}
    >
      <span role="cell">
        <CompareMark trace={trace} project={project} />
        <Link
          href={withProject(`/trace/${trace.trace_id}`, project)}
          className={styles.title}
          title={describe(trace)}
        >
          {trace.root_name || trace.root_service ? (
            <>
              <span>{trace.root_service}</span>
              <b>{spanTitle(trace.root_name)}</b>
            </>
          ) : (
            <span className={styles.pending}>root span not arrived</span>
          )}
          <Chips annotations={annotations} />
        </Link>
      </span>
      <span role="cell" className={`${styles.start} ${styles.muted}`}>
        {formatAge(nanoToMs(trace.start_time_unix_nano), now)}
      </span>
      <span role="cell" className={styles.duration}>
        {formatDuration(trace.duration_nano)}
        <i style={{ width: `${Math.max(shareOf(trace.duration_nano, scale) * 100, 2)}%` }} />
      </span>
      <span role="cell" className={`${styles.number} ${styles.spans}`}>
        {formatCount(trace.span_count)}
      </span>
      <span role="cell" className={`${styles.number} ${styles.errors}`}>
        <Errors count={trace.error_count} />
      </span>
      <span role="cell" className={styles.services}>
        {trace.services.slice(0, MOST_DOTS).map((service) => (
          <ServiceDot key={service} service={service} titled />
        ))}
        {trace.services.length > MOST_DOTS && (
          <span title={trace.services.slice(MOST_DOTS).join(', ')}>+{trace.services.length - MOST_DOTS}</span>
        )}
      </span>
      <span role="cell" className={`${styles.number} ${styles.wide} ${styles.muted}`}>
        {trace.input_tokens + trace.output_tokens > 0 && (
          <TokenFlow input={trace.input_tokens} output={trace.output_tokens} />
        )}
        {trace.cost !== null && (
          <span title={trace.unpriced_models.length > 0 ? `without ${trace.unpriced_models.join(', ')}: no price known` : undefined}>
            {' '}
            {formatCost(trace.cost)}
            {trace.unpriced_models.length > 0 && ' +'}
          </span>
        )}
      </span>
      <span role="cell" className={`${styles.wide} ${styles.muted}`}>
        {trace.models.join(', ')}
      </span>
    </div>
  );
});

/** The row's link lies over its cells, so what is cut in any of them is in the link's tooltip. */
function describe(trace: TraceSummary): string {
  const title = trace.root_name || trace.root_service ? [`${trace.root_service}  ${spanTitle(trace.root_name)}`] : [];
  const models = trace.models.length > 0 ? [trace.models.join(', ')] : [];
  return [...title, `started ${formatExact(trace.start_time_unix_nano)}`, ...models].join('\n');
}

function Errors({ count }: { count: number }) {
  if (count === 0) return <span className={styles.none}>·</span>;
  return (
    <span className={styles.error} data-unit={count === 1 ? ' error' : ' errors'}>
      {formatCount(count)}
    </span>
  );
}
