/** A metric's answer: the lines, how many there are, exemplars as dots, and the same as a table that hides and isolates. */
import { useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import { useMetricValues } from '../../api/metrics';
import { useProject, withProject } from '../../api/project';
import type { MetricValues } from '../../api/types';
import { formatDuration } from '../../format/duration';
import { formatCount } from '../../format/number';
import { nanoToMs } from '../../format/time';
import { TimeSeriesChart, type Dot, type Line } from '../../ui/chart/TimeSeriesChart';
import { ErrorNotice, Notice } from '../../ui/Notice';
import type { Bounds } from '../../ui/timeWindow';
import { AddToDashboard } from './AddToDashboard';
import styles from './MetricsPage.module.css';
import { SeriesTable } from './SeriesTable';
import { seriesName, valuesParams, type MetricQuestion } from './model/metricUrl';
import { sqlOf } from './model/sql';

interface Props {
  question: MetricQuestion;
  bounds: Bounds;
  description: string;
  onZoom: (fromMs: number, toMs: number) => void;
}

interface TraceDot extends Dot {
  path: string;
}

export function MetricChart({ question, bounds, onZoom }: Props) {
  const answer = useMetricValues(valuesParams(question, bounds));
  const project = useProject();
  const [, navigate] = useLocation();
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const { data } = answer;
  const timesMs = useMemo(() => (data ? timesOf(data) : []), [data]);
  const lines = useMemo(() => (data ? linesOf(data) : []), [data]);
  const shown = useMemo(() => lines.filter((line) => !hidden.has(line.label)), [lines, hidden]);
  const dots = useMemo(() => (data ? dotsOf(data, hidden) : []), [data, hidden]);
  if (answer.isError) return <ErrorNotice error={answer.error} onRetry={() => void answer.refetch()} />;
  if (!data) return <p role="status">Reading {question.name}</p>;
  if (data.series.length === 0) {
    return (
      <Notice title="No value in this window">
        {question.query ? 'No series meets the filter: take a condition away, or look further back.' : 'Nothing was measured: look further back.'}
        {data.aggregation.startsWith('p') && data.kind === 'summary' && ' A summary has only the quantiles its sender computed.'}
      </Notice>
    );
  }
  const sql = sqlOf(data, question);
  return (
    <div className={answer.isPlaceholderData ? styles.stale : undefined} aria-busy={answer.isPlaceholderData}>
      <TimeSeriesChart
        label={`${data.aggregation} of ${data.name} over time; the table below holds the same`}
        timesMs={timesMs}
        lines={shown}
        unit={data.unit}
        startMs={bounds.startMs}
        endMs={bounds.endMs}
        dots={dots}
        onZoom={onZoom}
        onDot={(dot) => navigate(withProject((dot as TraceDot).path, project))}
      />
      <div className={styles.status} role="status">
        <span>
          Showing <b>{formatCount(data.series.length)}</b> of <b>{formatCount(data.total)}</b> series
          {data.total > data.series.length && ', those with the largest values'}
        </span>
        <span>
          one value per {formatDuration(data.step_nano)}
          {data.exemplar_total > 0 && `, ${formatCount(data.exemplars.length)} of ${formatCount(data.exemplar_total)} exemplars`}
        </span>
        <span className={styles.links}>
          <a href={withProject(`/sql?query=${encodeURIComponent(sql)}`, project)}>Open in SQL</a>
          <AddToDashboard question={question} />
        </span>
      </div>
      <SeriesTable answer={data} lines={lines} hidden={hidden} onHide={setHidden} />
    </div>
  );
}

/** The middle of each step, where its average lies. */
export function timesOf(answer: MetricValues): number[] {
  const start = nanoToMs(answer.start_time_unix_nano);
  const step = answer.step_nano / 1e6;
  return Array.from({ length: answer.series[0]?.values.length ?? 0 }, (_, i) => start + (i + 0.5) * step);
}

export function linesOf(answer: MetricValues): Line[] {
  return answer.series.map((series, color) => ({
    label: seriesName(series.labels, answer.name),
    color,
    values: series.values,
  }));
}

/** Exemplars are values as they were measured: they have a place only where the lines are such values too. */
function dotsOf(answer: MetricValues, hidden: ReadonlySet<string>): TraceDot[] {
  if (!/^(p\d|avg|last|min|max)/.test(answer.aggregation)) return [];
  return answer.exemplars.flatMap((exemplar) => {
    const label = seriesName(exemplar.labels, answer.name);
    if (exemplar.value === null || hidden.has(label)) return [];
    const path = `/trace/${exemplar.trace_id}?span=${exemplar.span_id}`;
    return [{ timeMs: nanoToMs(exemplar.time_unix_nano), value: exemplar.value, label, path }];
  });
}
