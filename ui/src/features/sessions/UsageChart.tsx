/** Tokens of a user's traces over time, a bar per slice; where no model was called, how many traces. */
import { useMemo } from 'react';
import { useUserTraces } from '../../api/sessions';
import type { UserSummary } from '../../api/types';
import { formatDuration } from '../../format/duration';
import { formatCompact, formatCount, plural } from '../../format/number';
import { formatShort, nanoToMs } from '../../format/time';
import { ErrorNotice } from '../../ui/Notice';
import { useNow } from '../../ui/useNow';
import { usageOf, type Slice } from './model/usage';
import styles from './UsageChart.module.css';

export function UsageChart({ user }: { user: UserSummary }) {
  const now = useNow(60_000);
  const list = useUserTraces(user);
  const startMs = nanoToMs(user.start_time_unix_nano);
  const endMs = nanoToMs(user.end_time_unix_nano);
  const traces = list.data?.traces;
  const usage = useMemo(() => traces && usageOf(traces, startMs, endMs), [traces, startMs, endMs]);
  if (list.isError) return <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />;
  if (!usage || !list.data) return <div className={styles.chart} aria-busy="true" />;
  const hasTokens = usage.most > 0;
  const most = hasTokens ? usage.most : Math.max(...usage.slices.map((slice) => slice.traces));
  return (
    <figure className={styles.chart}>
      <figcaption>
        {hasTokens ? 'Tokens' : 'Traces'} per {formatDuration(usage.sliceMs * 1e6)}, at most {formatCompact(most)}
        {list.data.traces.length < list.data.total &&
          `; of the newest ${formatCount(list.data.traces.length)} of ${plural(list.data.total, 'trace')}`}
        {hasTokens && (
          <span>
            <i data-part="input" /> in <i data-part="output" /> out
          </span>
        )}
      </figcaption>
      <ol className={styles.bars}>
        {usage.slices.map((slice) => (
          <li key={slice.startMs} title={titleOf(slice, now)}>
            {hasTokens ? (
              <>
                <i data-part="output" style={{ height: `${(slice.output / most) * 100}%` }} />
                <i data-part="input" style={{ height: `${(slice.input / most) * 100}%` }} />
              </>
            ) : (
              <i data-part="input" style={{ height: `${(slice.traces / most) * 100}%` }} />
            )}
          </li>
        ))}
      </ol>
      <div className={styles.axis}>
        <span>{formatShort(usage.slices[0]!.startMs, now)}</span>
        <span>{formatShort(endMs, now)}</span>
      </div>
    </figure>
  );
}

function titleOf(slice: Slice, now: number): string {
  const facts = [plural(slice.traces, 'trace')];
  if (slice.input + slice.output > 0) facts.push(`${formatCount(slice.input)} tokens in, ${formatCount(slice.output)} out`);
  if (slice.errors > 0) facts.push(plural(slice.errors, 'error'));
  return `${formatShort(slice.startMs, now)}: ${facts.join(', ')}`;
}
