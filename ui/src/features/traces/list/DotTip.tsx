/** What a dot of the latency chart stands for. */
import { formatDuration } from '../../../format/duration';
import { spanTitle } from '../../../format/name';
import { plural } from '../../../format/number';
import { formatClock, nanoToMs } from '../../../format/time';
import type { Dot } from '../model/scatter';
import styles from './LatencyChart.module.css';

const WIDEST = 320;

export function DotTip({ dot: { x, y, trace }, width }: { dot: Dot; width: number }) {
  const left = x + 12 + WIDEST > width ? undefined : x + 12;
  const right = left === undefined ? width - x + 12 : undefined;
  const facts = [
    formatDuration(trace.duration_nano),
    plural(trace.span_count, 'span'),
    ...(trace.error_count > 0 ? [plural(trace.error_count, 'error')] : []),
    formatClock(new Date(nanoToMs(trace.start_time_unix_nano))),
  ];
  return (
    <div className={styles.tip} style={{ left, right, top: Math.min(y, 120) }}>
      <b>{trace.root_name ? `${trace.root_service}  ${spanTitle(trace.root_name)}` : 'root span not arrived'}</b>
      <span>{facts.join(', ')}</span>
    </div>
  );
}
