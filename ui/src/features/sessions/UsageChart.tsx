/** What a user's traces used over time, a bar per slice: tokens and cost; where no model was called, the traces. */
import { useMemo } from 'react';
import { useUserTraces } from '../../api/sessions';
import type { UserSummary } from '../../api/types';
import { formatCost } from '../../format/cost';
import { formatDuration } from '../../format/duration';
import { formatCompact, formatCount, plural } from '../../format/number';
import { formatShort, nanoToMs } from '../../format/time';
import { ErrorNotice } from '../../ui/Notice';
import { useNow } from '../../ui/useNow';
import { usageOf, type Slice, type Usage } from './model/usage';
import styles from './UsageChart.module.css';

interface Measure {
  title: string;
  format: (value: number) => string;
  /** From the bottom; a part's name is its colour's. */
  parts: { name: string; of: (slice: Slice) => number }[];
}

const TOKENS: Measure = {
  title: 'Tokens',
  format: formatCompact,
  parts: [
    { name: 'in', of: ({ input }) => input },
    { name: 'out', of: ({ output }) => output },
  ],
};
const COST: Measure = { title: 'Cost', format: formatCost, parts: [{ name: 'cost', of: ({ cost }) => cost }] };
const TRACES: Measure = { title: 'Traces', format: formatCount, parts: [{ name: 'traces', of: ({ traces }) => traces }] };

export function UsageChart({ user }: { user: UserSummary }) {
  const list = useUserTraces(user);
  const startMs = nanoToMs(user.start_time_unix_nano);
  const endMs = nanoToMs(user.end_time_unix_nano);
  const traces = list.data?.traces;
  const usage = useMemo(() => traces && usageOf(traces, startMs, endMs), [traces, startMs, endMs]);
  if (list.isError) return <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />;
  if (!usage || !list.data) return <div className={styles.chart} aria-busy="true" />;
  const measures = [TOKENS, COST].filter((measure) => mostOf(usage, measure) > 0);
  const isCut = list.data.traces.length < list.data.total;
  return (
    <section aria-label="Use over time">
      <div className={styles.charts}>
        {(measures.length > 0 ? measures : [TRACES]).map((measure) => (
          <Chart key={measure.title} usage={usage} measure={measure} endMs={endMs} />
        ))}
      </div>
      {isCut && (
        <p className={styles.cut}>
          Drawn are the newest {formatCount(list.data.traces.length)} of {plural(list.data.total, 'trace')}.
        </p>
      )}
    </section>
  );
}

function total(slice: Slice, { parts }: Measure): number {
  return parts.reduce((sum, { of }) => sum + of(slice), 0);
}

function mostOf({ slices }: Usage, measure: Measure): number {
  return Math.max(...slices.map((slice) => total(slice, measure)));
}

function Chart({ usage, measure, endMs }: { usage: Usage; measure: Measure; endMs: number }) {
  const now = useNow(60_000);
  const most = mostOf(usage, measure);
  return (
    <figure className={styles.chart}>
      <figcaption>
        {measure.title} per {formatDuration(usage.sliceMs * 1e6)}, at most {measure.format(most)}
        {measure.parts.length > 1 && (
          <span>
            {measure.parts.map(({ name }) => (
              <span key={name}>
                <i data-part={name} /> {name}
              </span>
            ))}
          </span>
        )}
      </figcaption>
      <ol className={styles.bars}>
        {usage.slices.map((slice) => (
          <li key={slice.startMs} title={titleOf(slice, now)}>
            {measure.parts.toReversed().map(({ name, of }) => (
              <i key={name} data-part={name} style={{ height: `${(of(slice) / most) * 100}%` }} />
            ))}
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
  if (slice.cost > 0) facts.push(formatCost(slice.cost));
  if (slice.errors > 0) facts.push(plural(slice.errors, 'error'));
  return `${formatShort(slice.startMs, now)}: ${facts.join(', ')}`;
}
