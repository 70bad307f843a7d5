/** Puts the question on a dashboard as a panel. */
import type { MetricQuestion } from './model/metricUrl';

export function AddToDashboard({ question }: { question: MetricQuestion }) {
  return <a href={`/dashboards?add=${encodeURIComponent(JSON.stringify(question))}`}>Add to a dashboard</a>;
}
