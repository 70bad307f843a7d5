/** What the metrics page shows, as URL parameters and as parameters of the API; one type for both. */
import { msToNano } from '../../../format/time';
import { readWindow, writeWindow, type Bounds, type TimeWindow } from '../../../ui/timeWindow';

/** A question about one metric, without its window: what a dashboard keeps of it. */
export interface MetricQuestion {
  name: string;
  /** "" where the name is of one kind. */
  kind: string;
  /** "" is the kind's default. */
  aggregation: string;
  groupBy: string[];
  /** In the search language. */
  query: string;
}

export interface MetricView extends MetricQuestion {
  window: TimeWindow;
}

export const NO_METRIC: MetricQuestion = { name: '', kind: '', aggregation: '', groupBy: [], query: '' };

export function readView(search: string): MetricView {
  const params = new URLSearchParams(search);
  return {
    name: params.get('metric') ?? '',
    kind: params.get('kind') ?? '',
    aggregation: params.get('aggregation') ?? '',
    groupBy: params.getAll('by').filter((key) => key !== ''),
    query: params.get('query') ?? '',
    window: readWindow(params),
  };
}

/** Writes into a copy of `search`, so parameters of others (the project) stay; defaults are left out. */
export function writeView(view: MetricView, search: string): string {
  const params = new URLSearchParams(search);
  const put = (key: string, value: string) => (value ? params.set(key, value) : params.delete(key));
  put('metric', view.name);
  put('kind', view.kind);
  put('aggregation', view.aggregation);
  params.delete('by');
  for (const key of view.groupBy) params.append('by', key);
  put('query', view.query);
  writeWindow(view.window, params);
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}

/** Parameters of GET /api/metrics/query. */
export function valuesParams(question: MetricQuestion, bounds: Bounds, limit = 20): string {
  const params = windowParams(bounds);
  params.set('name', question.name);
  if (question.kind) params.set('kind', question.kind);
  if (question.aggregation) params.set('aggregation', question.aggregation);
  for (const key of question.groupBy) params.append('group_by', key);
  if (question.query) params.set('query', question.query);
  params.set('limit', String(limit));
  return params.toString();
}

export function windowParams(bounds: Bounds): URLSearchParams {
  return new URLSearchParams({ start: msToNano(bounds.startMs), end: msToNano(bounds.endMs) });
}

/** What a series is called: its labels, or the metric where it has none. */
export function seriesName(labels: Record<string, string>, fallback: string): string {
  const entries = Object.entries(labels);
  if (entries.length === 0) return fallback;
  return entries.map(([key, value]) => (entries.length === 1 ? value || `no ${key}` : `${key}=${value || 'none'}`)).join(', ');
}

/** The condition that is being typed at the end of a query: its key, and its value if an operator stands between. */
export function typedCondition(query: string): { before: string; key: string; operator: string; value: string } {
  const at = /^(.*(?:\band\b|\bor\b|\bnot\b|[(,])\s*)?(.*)$/is.exec(query)!;
  const [, before = '', rest = ''] = at;
  const parts = /^("(?:[^"\\]|\\.)*"|[^\s=!~<>]+)\s*(!=|!~|=|~)\s*(.*)$/s.exec(rest);
  if (!parts) return { before, key: rest, operator: '', value: '' };
  return { before, key: parts[1]!, operator: parts[2]!, value: parts[3]!.replace(/^["`]/, '') };
}

/** A text as the search language reads it back. */
export function quoted(text: string): string {
  return /^[\w./:-]+$/.test(text) && !/^(true|false|and|or|not|in|exists|contains)$/i.test(text) ? text : JSON.stringify(text);
}
