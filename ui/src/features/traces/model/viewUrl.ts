/** The trace page's view as URL parameters; what cannot be read is ignored, so an old link still opens. */
import type { Zoom } from './layout';
import { NOTHING_FOLDED, type Fold } from './rows';

export const PANEL_TABS = ['overview', 'conversation', 'attributes', 'events', 'links', 'resource', 'raw'] as const;
export type PanelTab = (typeof PANEL_TABS)[number];

export const VIEWS = ['timeline', 'tree', 'flame', 'transcript', 'graph'] as const;
export type ViewName = (typeof VIEWS)[number];

export interface TraceView {
  name: ViewName;
  spanId: string | null;
  /** Which of the spans with this id. */
  nth: number;
  /** Nanoseconds after the trace's start, whatever is cut out of the axis. */
  zoom: Zoom | null;
  query: string;
  fold: Fold;
  /** Null: the tab that fits the span, conversation for a GenAI span. */
  tab: PanelTab | null;
  criticalPath: boolean;
  /** Log records as rows. */
  logs: boolean;
  /** The selected log record, as `nameLog` names it. */
  log: string | null;
  /** Long idle stretches are cut out of the time axis. */
  cutGaps: boolean;
}

/** Beyond this many the list of single folds is left out of the URL; 60 ids are about 1,000 characters. */
const MOST_TOGGLED = 60;

export function readView(search: string): TraceView {
  const params = new URLSearchParams(search);
  const tab = params.get('tab');
  const name = params.get('view');
  return {
    name: VIEWS.includes(name as ViewName) ? (name as ViewName) : 'timeline',
    spanId: params.get('span') || null,
    nth: /^\d{1,6}$/.test(params.get('nth') ?? '') ? Number(params.get('nth')) : 0,
    zoom: readZoom(params.get('zoom')),
    query: params.get('q') ?? '',
    fold: readFold(params.get('fold')),
    tab: PANEL_TABS.includes(tab as PanelTab) ? (tab as PanelTab) : null,
    criticalPath: params.get('critical') === '1',
    logs: params.get('logs') === '1',
    log: /^\d+(\.\d+)?$/.test(params.get('log') ?? '') ? params.get('log') : null,
    cutGaps: params.get('gaps') === 'cut',
  };
}

/** Writes into a copy of `search`, so parameters of others (the project) stay. */
export function writeView(view: TraceView, search: string): string {
  const params = new URLSearchParams(search);
  const put = (key: string, value: string | null) => {
    if (value) params.set(key, value);
    else params.delete(key);
  };
  put('view', view.name === 'timeline' ? null : view.name);
  put('span', view.spanId);
  put('nth', view.spanId && view.nth > 0 ? String(view.nth) : null);
  put('zoom', view.zoom && `${Math.round(view.zoom.from)}-${Math.round(view.zoom.to)}`);
  put('q', view.query);
  put('fold', writeFold(view.fold));
  put('tab', view.tab);
  put('critical', view.criticalPath ? '1' : null);
  put('logs', view.logs ? '1' : null);
  put('log', view.log);
  put('gaps', view.cutGaps ? 'cut' : null);
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}

function readZoom(text: string | null): Zoom | null {
  const match = /^(\d+)-(\d+)$/.exec(text ?? '');
  if (!match) return null;
  const zoom = { from: Number(match[1]), to: Number(match[2]) };
  return zoom.to > zoom.from ? zoom : null;
}

function readFold(text: string | null): Fold {
  const match = /^(\d*)((?:\.[0-9a-f]{16})*)$/.exec(text ?? '');
  if (!match || text === '') return NOTHING_FOLDED;
  const ids = match[2] ? match[2].slice(1).split('.') : [];
  return { level: match[1] ? Number(match[1]) : null, toggled: new Set(ids) };
}

function writeFold(fold: Fold): string {
  const ids = fold.toggled.size <= MOST_TOGGLED ? [...fold.toggled].map((id) => `.${id}`).join('') : '';
  return `${fold.level ?? ''}${ids}`;
}
