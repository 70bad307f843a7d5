/**
 * A dashboard as it is saved, exported and imported: JSON of schema version 1.
 *
 * {"schema_version": 1, "description": "", "window": "1h", "refresh_seconds": 0, "panels": [...]}
 *
 * A panel is {"id", "title", "width": 1 to 12 columns, "height": 1 to 12 rows of 56 pixels, "content"}; its content one of
 *   {"kind": "metric", "metric": {"name", "kind", "aggregation", "group_by": [], "query"}}
 *   {"kind": "sql", "view": "chart" | "number" | "table", "query", "unit"}
 *   {"kind": "text", "markdown"}
 * SQL may use {from:DateTime64(3, 'UTC')}, {to:DateTime64(3, 'UTC')} and {step:UInt32}, in seconds. Panels stand in their
 * order, row by row. What a reader does not know it refuses, with the place of it.
 */
import { RELATIVE_WINDOWS, type RelativeWindow } from '../../../ui/timeWindow';
import type { MetricQuestion } from '../../metrics/model/metricUrl';

export const SCHEMA_VERSION = 1;
export const COLUMNS = 12;
export const MOST_ROWS = 12;
export const SQL_VIEWS = ['chart', 'number', 'table'] as const;

export interface MetricContent {
  kind: 'metric';
  metric: { name: string; kind: string; aggregation: string; group_by: string[]; query: string };
}

export interface SqlContent {
  kind: 'sql';
  view: (typeof SQL_VIEWS)[number];
  query: string;
  /** As OpenTelemetry writes units; "" is none. */
  unit: string;
}

export interface TextContent {
  kind: 'text';
  markdown: string;
}

export type Content = MetricContent | SqlContent | TextContent;

export interface Panel {
  id: string;
  title: string;
  width: number;
  height: number;
  content: Content;
}

export interface Dashboard {
  schema_version: typeof SCHEMA_VERSION;
  description: string;
  window: RelativeWindow;
  /** 0: not by itself. */
  refresh_seconds: number;
  panels: Panel[];
}

export const EMPTY: Dashboard = { schema_version: SCHEMA_VERSION, description: '', window: '1h', refresh_seconds: 0, panels: [] };

export function metricPanel(id: string, question: MetricQuestion): Panel {
  const { name, kind, aggregation, groupBy, query } = question;
  return { id, title: name, width: 6, height: 5, content: { kind: 'metric', metric: { name, kind, aggregation, group_by: groupBy, query } } };
}

export function questionOf({ metric }: MetricContent): MetricQuestion {
  const { name, kind, aggregation, group_by: groupBy, query } = metric;
  return { name, kind, aggregation, groupBy, query };
}

/** The panels with one moved by `step` places. */
export function moved(panels: Panel[], id: string, step: number): Panel[] {
  const from = panels.findIndex((panel) => panel.id === id);
  return movedTo(panels, id, Math.min(Math.max(from + step, 0), panels.length - 1));
}

export function movedTo(panels: Panel[], id: string, to: number): Panel[] {
  const panel = panels.find((one) => one.id === id);
  if (!panel) return panels;
  const others = panels.filter((one) => one !== panel);
  return [...others.slice(0, to), panel, ...others.slice(to)];
}

const within = (value: number, most: number) => Math.min(Math.max(Math.round(value), 1), most);

export function resized(panel: Panel, width: number, height: number): Panel {
  return { ...panel, width: within(width, COLUMNS), height: within(height, MOST_ROWS) };
}

/** A dashboard from JSON of anyone; throws an Error that says which part cannot be read. */
export function readDashboard(json: unknown): Dashboard {
  const found = object(json, 'the dashboard');
  if (found.schema_version !== SCHEMA_VERSION) {
    throw new Error(`schema_version is ${JSON.stringify(found.schema_version)}: this page reads ${SCHEMA_VERSION}`);
  }
  if (!Array.isArray(found.panels)) throw new Error('panels is no list');
  const panels = found.panels.map((panel, at) => readPanel(panel, `panel ${at + 1}`));
  if (new Set(panels.map(({ id }) => id)).size < panels.length) throw new Error('two panels have the same id');
  return {
    schema_version: SCHEMA_VERSION,
    description: text(found.description ?? '', 'description'),
    window: RELATIVE_WINDOWS.find((known) => known === found.window) ?? '1h',
    refresh_seconds: number(found.refresh_seconds ?? 0, 'refresh_seconds', 0, 86_400),
    panels,
  };
}

function readPanel(json: unknown, place: string): Panel {
  const found = object(json, place);
  return {
    id: text(found.id, `id of ${place}`),
    title: text(found.title ?? '', `title of ${place}`),
    width: number(found.width, `width of ${place}`, 1, COLUMNS),
    height: number(found.height, `height of ${place}`, 1, MOST_ROWS),
    content: readContent(object(found.content, `content of ${place}`), place),
  };
}

function readContent(found: Record<string, unknown>, place: string): Content {
  if (found.kind === 'text') return { kind: 'text', markdown: text(found.markdown, `markdown of ${place}`) };
  if (found.kind === 'sql') {
    const view = SQL_VIEWS.find((known) => known === found.view);
    if (!view) throw new Error(`view of ${place} is ${JSON.stringify(found.view)}: it may be ${SQL_VIEWS.join(', ')}`);
    return { kind: 'sql', view, query: text(found.query, `query of ${place}`), unit: text(found.unit ?? '', `unit of ${place}`) };
  }
  if (found.kind === 'metric') {
    const metric = object(found.metric, `metric of ${place}`);
    const groups = metric.group_by ?? [];
    if (!Array.isArray(groups)) throw new Error(`group_by of ${place} is no list`);
    return {
      kind: 'metric',
      metric: {
        name: text(metric.name, `name of the metric of ${place}`),
        kind: text(metric.kind ?? '', `kind of the metric of ${place}`),
        aggregation: text(metric.aggregation ?? '', `aggregation of ${place}`),
        group_by: groups.map((key) => text(key, `group_by of ${place}`)),
        query: text(metric.query ?? '', `query of ${place}`),
      },
    };
  }
  throw new Error(`kind of ${place} is ${JSON.stringify(found.kind)}: it may be metric, sql or text`);
}

function object(json: unknown, place: string): Record<string, unknown> {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new Error(`${place} is no object`);
  return json as Record<string, unknown>;
}

function text(json: unknown, place: string): string {
  if (typeof json !== 'string') throw new Error(`${place} is no text`);
  return json;
}

function number(json: unknown, place: string, least: number, most: number): number {
  if (typeof json !== 'number' || json < least || json > most) throw new Error(`${place} is no number from ${least} to ${most}`);
  return json;
}
