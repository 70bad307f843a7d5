/** What every key, menu entry and button of the trace page does. */
import type { RefObject } from 'react';
import { fitSpan, panBy, zoomBy, type Zoom } from '../model/layout';
import { NOTHING_FOLDED, foldAll, foldOneLevel, isFolded, nextWhere, rowOf, siblingOf, toggleFold, unfoldOneLevel } from '../model/rows';
import { stepMatch, type Matches } from '../model/search';
import { STATUS_ERROR, type Trace } from '../model/tree';
import type { TraceView } from '../model/viewUrl';
import type { TraceActions } from './useTraceKeys';
import type { WaterfallHandle } from './Waterfall';

interface Context {
  trace: Trace;
  view: TraceView;
  change: (part: Partial<TraceView>) => void;
  rows: Int32Array;
  zoom: Zoom;
  setZoom: (zoom: Zoom) => void;
  selected: number;
  select: (p: number) => void;
  matches: Matches;
  waterfall: RefObject<WaterfallHandle | null>;
  searchInput: RefObject<HTMLInputElement | null>;
  setOverlay: (overlay: 'help' | 'commands' | null) => void;
}

const PAN = 0.1;
const PAN_FAST = 0.5;
const ZOOM_IN = 0.7;

export function useTraceActions(context: Context): TraceActions {
  return {
    ...spanActions(context),
    ...treeActions(context),
    ...timelineActions(context),
    ...findActions(context),
  };
}

function spanActions({ trace, rows, selected, select, waterfall }: Context) {
  const step = (by: 1 | -1) => {
    if (rows.length === 0) return;
    if (selected < 0) return select(rows[waterfall.current?.firstVisibleRow() ?? 0]!);
    const row = Math.min(Math.max(rowOf(rows, selected) + by, 0), rows.length - 1);
    select(rows[row]!);
  };
  const sibling = (by: 1 | -1) => {
    if (selected >= 0) select(siblingOf(trace, selected, by));
  };
  return {
    selectNext: () => step(1),
    selectPrevious: () => step(-1),
    nextSibling: () => sibling(1),
    previousSibling: () => sibling(-1),
    nextError: () => {
      const p = nextWhere(trace.count, selected, 1, (at) => trace.status[at] === STATUS_ERROR);
      if (p >= 0) select(p);
    },
  };
}

function treeActions({ trace, view, change, selected, select }: Context) {
  const toggle = () => selected >= 0 && change({ fold: toggleFold(trace, view.fold, selected) });
  const foldedNow = selected >= 0 && isFolded(trace, view.fold, selected);
  const hasChildren = selected >= 0 && trace.childCount[selected]! > 0;
  return {
    toggle: () => void toggle(),
    open: () => {
      if (foldedNow) toggle();
      else if (hasChildren) select(selected + 1);
    },
    toParent: () => {
      if (hasChildren && !foldedNow) toggle();
      else if (selected >= 0 && trace.parent[selected]! >= 0) select(trace.parent[selected]!);
    },
    foldAll: () => change({ fold: foldAll() }),
    unfoldAll: () => change({ fold: NOTHING_FOLDED }),
    foldLevel: () => change({ fold: foldOneLevel(trace, view.fold) }),
    unfoldLevel: () => change({ fold: unfoldOneLevel(trace, view.fold) }),
  };
}

function timelineActions({ trace, view, change, zoom, setZoom, selected, waterfall }: Context) {
  const { duration } = trace;
  return {
    scrollDown: () => waterfall.current?.scrollPages(0.8),
    scrollUp: () => waterfall.current?.scrollPages(-0.8),
    nextVisible: () => waterfall.current?.showNextVisible(1),
    previousVisible: () => waterfall.current?.showNextVisible(-1),
    panLeft: () => setZoom(panBy(zoom, -PAN, duration)),
    panRight: () => setZoom(panBy(zoom, PAN, duration)),
    panLeftFast: () => setZoom(panBy(zoom, -PAN_FAST, duration)),
    panRightFast: () => setZoom(panBy(zoom, PAN_FAST, duration)),
    zoomIn: () => setZoom(zoomBy(zoom, ZOOM_IN, 0.5, duration)),
    zoomOut: () => setZoom(zoomBy(zoom, 1 / ZOOM_IN, 0.5, duration)),
    fit: () => {
      if (selected >= 0) setZoom(fitSpan(trace.start[selected]!, trace.span[selected]!, duration));
    },
    criticalPath: () => change({ criticalPath: !view.criticalPath }),
  };
}

function findActions({ view, change, selected, select, matches, searchInput, setOverlay }: Context) {
  const toMatch = (by: 1 | -1) => {
    const index = stepMatch(matches, selected, by);
    if (index >= 0) select(matches.positions[index]!);
  };
  return {
    find: () => {
      searchInput.current?.focus();
      searchInput.current?.select();
    },
    nextMatch: () => toMatch(1),
    previousMatch: () => toMatch(-1),
    commands: () => setOverlay('commands'),
    help: () => setOverlay('help'),
    clear: () => {
      if (view.query) change({ query: '' });
      else if (view.zoom) change({ zoom: null });
      else change({ spanId: null });
    },
  };
}
