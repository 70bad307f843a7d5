/** Puts the question on a dashboard as a panel. */
import { Link } from 'wouter';
import { useProject, withProject } from '../../api/project';
import type { MetricQuestion } from './model/metricUrl';

export function AddToDashboard({ question }: { question: MetricQuestion }) {
  const { name, kind, aggregation, groupBy, query } = question;
  const added = JSON.stringify({ name, kind, aggregation, groupBy, query });
  return <Link href={withProject(`/dashboards?add=${encodeURIComponent(added)}`, useProject())}>Add to a dashboard</Link>;
}
