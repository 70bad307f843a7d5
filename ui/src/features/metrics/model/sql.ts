/** The points behind an answer as SQL to go on from: raw values, as they were sent. */
import type { MetricValues } from '../../../api/types';
import type { MetricQuestion } from './metricUrl';

const VALUES: Record<string, string> = {
  gauge: 'Value',
  sum: 'Value, AggregationTemporality, IsMonotonic, StartTimeUnix',
  histogram: 'Count, Sum, Min, Max, BucketCounts, ExplicitBounds, StartTimeUnix',
  exponential_histogram: 'Count, Sum, Scale, ZeroCount, PositiveOffset, PositiveBucketCounts, StartTimeUnix',
  summary: 'Count, Sum, ValueAtQuantiles.Quantile, ValueAtQuantiles.Value',
};

const time = (nano: string) => `fromUnixTimestamp64Nano(${nano})`;

export function sqlOf(answer: MetricValues, question: MetricQuestion): string {
  if (!answer.kind) return '';
  const note = question.query ? `-- filtered on the page by: ${question.query.replaceAll('\n', ' ')}\n` : '';
  return `${note}SELECT TimeUnix, ServiceName, Attributes, ${VALUES[answer.kind]}
FROM otel_metrics_${answer.kind}
WHERE MetricName = '${answer.name.replaceAll('\\', String.raw`\\`).replaceAll("'", String.raw`\'`)}'
  AND TimeUnix BETWEEN ${time(answer.start_time_unix_nano)} AND ${time(answer.end_time_unix_nano)}
ORDER BY TimeUnix DESC
LIMIT 1000`;
}
