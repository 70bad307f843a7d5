/** Log records over time, a bar for each stretch, stacked by severity. Dragging zooms. */
import { useMemo, useRef } from 'react';
import type { LogBucket, LogHistogram } from '../../api/types';
import { formatDuration } from '../../format/duration';
import { formatCompact, formatCount } from '../../format/number';
import { formatShort, nanoToMs } from '../../format/time';
import type { Bounds } from '../../ui/timeWindow';
import { useSize } from '../../ui/useSize';
import { useBrush } from '../traces/detail/useBrush';
import styles from './LogChart.module.css';
import { SEVERITIES, totalOf } from './model/severity';

interface Props {
  histogram: LogHistogram | undefined;
  bounds: Bounds;
  onWindow: (fromMs: number, toMs: number) => void;
}

const NARROWEST_WINDOW_MS = 10;

export function LogChart({ histogram, bounds, onWindow }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const { width } = useSize(box);
  const buckets = histogram?.buckets ?? [];
  const most = useMemo(() => Math.max(1, ...(histogram?.buckets.map(totalOf) ?? [])), [histogram]);
  const msAt = (x: number) => bounds.startMs + (x / Math.max(width, 1)) * (bounds.endMs - bounds.startMs);
  const { brush, handlers } = useBrush((from, to) => onWindow(msAt(from), Math.max(msAt(to), msAt(from) + NARROWEST_WINDOW_MS)));
  const all = buckets.reduce((sum, bucket) => sum + totalOf(bucket), 0);
  return (
    <div className={styles.chart}>
      <div className={styles.bars} ref={box} role="img" aria-label={`${formatCount(all)} log records over time, by severity`} {...handlers}>
        {buckets.map((bucket) => (
          <span key={bucket.start_time_unix_nano} className={styles.bar} title={describe(bucket)}>
            {SEVERITIES.toReversed().map((severity) =>
              bucket[severity] === 0 ? null : (
                <i key={severity} data-severity={severity} style={{ height: `${(bucket[severity] / most) * 100}%` }} />
              ),
            )}
          </span>
        ))}
        {brush && <span className={styles.brush} style={{ left: brush.from, width: brush.to - brush.from }} />}
      </div>
      <div className={styles.axis}>
        <span>{formatShort(bounds.startMs, bounds.endMs)}</span>
        {histogram && (
          <span>
            at most {formatCompact(most)} per {formatDuration(histogram.bucket_nano)}; drag to zoom
          </span>
        )}
        <span>{formatShort(bounds.endMs, bounds.startMs)}</span>
      </div>
    </div>
  );
}

function describe(bucket: LogBucket): string {
  const parts = SEVERITIES.toReversed().flatMap((severity) => (bucket[severity] > 0 ? [`${severity}: ${formatCount(bucket[severity])}`] : []));
  return [formatShort(nanoToMs(bucket.start_time_unix_nano), Date.now()), ...parts].join('\n');
}
