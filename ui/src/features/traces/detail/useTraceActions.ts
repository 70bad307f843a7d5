/** What every key, menu entry and button of the trace page does. */
import type { RefObject } from 'react';
import { fitSpan, panBy, zoomBy, type Zoom } from '../model/layout';
import { NOTHING_FOLDED, foldAll, foldOneLevel, isFolded, nextWhere, rowOf, rowOfLog, siblingOf, toggleFold, unfoldOneLevel, type Rows } from '../model/rows';
import { stepMatch, type Matches } from '../model/search';
import type { Timeline } from '../model/timeline';
import { STATUS_ERROR, type Trace } from '../model/tree';
import type { TraceView, ViewName } from '../model/viewUrl';
import type { Direction, ViewHandle } from './RowList';
import type { TraceActions } from './useTraceKeys';

export type Overlay = 'help' | 'commands' | 'copy';

interface Context {
  trace: Trace;
  timeline: Timeline;
  view: TraceView;
  change: (part: Partial<TraceView>) => void;
  rows: Rows;
  /** In places of the axis. */
  zoom: Zoom;
  setZoom: (zoom: Zoom) => void;
  selected: number;
  selectedLog: number;
  select: (p: number, log?: number) => void;
  stepSegment: (by: 1 | -1) => void;
  matches: Matches;
  shown: RefObject<ViewHandle | null>;
  searchInput: RefObject<HTMLInputElement | null>;
  setOverlay: (overlay: Overlay | null) => void;
}

const PAN = 0.1;
const PAN_FAST = 0.5;
const ZOOM_IN = 0.7;

export function useTraceActions(context: Context): TraceActions {
  return {
    ...spanActions(context),
    ...treeActions(context),
    ...timelineActions(context),
    ...viewActions(context),
    ...findActions(context),
  };
}

/** True when the view on screen has its own idea of where an arrow leads. */
function moved({ shown, select }: Context, direction: Direction): boolean {
  const move = shown.current?.move;
  if (!move) return false;
  const p = move(direction);
  if (p >= 0) select(p);
  return true;
}

function spanActions(context: Context) {
  const { trace, change, rows, selected, selectedLog, select, shown } = context;
  const step = (by: 1 | -1) => {
    if (moved(context, by === 1 ? 'down' : 'up') || rows.count === 0) return;
    const from = selectedLog >= 0 ? rowOfLog(rows, selectedLog) : selected >= 0 ? rowOf(rows, selected) : -1;
    const row = from < 0 ? (shown.current?.firstVisibleRow() ?? 0) : Math.min(Math.max(from + by, 0), rows.count - 1);
    select(rows.span[row]!, rows.log ? rows.log[row]! : -1);
  };
  const sibling = (by: 1 | -1) => {
    if (selected >= 0) select(siblingOf(trace, selected, by));
  };
  const tool = (by: 1 | -1) => {
    const tools = trace.operations.map((operation) => operation === 'execute_tool');
    const from = selected < 0 && by === -1 ? trace.count : selected;
    const p = nextWhere(trace.count, from, by, (at) => tools[trace.operation[at]!]!);
    if (p < 0) return;
    // Its arguments, whichever tab was looked at before.
    change({ tab: null });
    select(p);
  };
  return {
    selectNext: () => step(1),
    selectPrevious: () => step(-1),
    nextSibling: () => sibling(1),
    previousSibling: () => sibling(-1),
    nextTool: () => tool(1),
    previousTool: () => tool(-1),
    nextError: () => {
      const p = nextWhere(trace.count, selected, 1, (at) => trace.status[at] === STATUS_ERROR);
      if (p >= 0) select(p);
    },
  };
}

function treeActions(context: Context) {
  const { trace, view, change, selected, select } = context;
  const toggle = () => selected >= 0 && change({ fold: toggleFold(trace, view.fold, selected) });
  const foldedNow = selected >= 0 && isFolded(trace, view.fold, selected);
  const hasChildren = selected >= 0 && trace.childCount[selected]! > 0;
  return {
    toggle: () => void toggle(),
    open: () => {
      if (moved(context, 'right')) return;
      if (foldedNow) toggle();
      else if (hasChildren) select(selected + 1);
    },
    toParent: () => {
      if (moved(context, 'left')) return;
      if (hasChildren && !foldedNow) toggle();
      else if (selected >= 0 && trace.parent[selected]! >= 0) select(trace.parent[selected]!);
    },
    foldAll: () => change({ fold: foldAll() }),
    unfoldAll: () => change({ fold: NOTHING_FOLDED }),
    foldLevel: () => change({ fold: foldOneLevel(trace, view.fold) }),
    unfoldLevel: () => change({ fold: unfoldOneLevel(trace, view.fold) }),
  };
}

function timelineActions({ timeline, view, change, zoom, setZoom, selected, stepSegment, shown }: Context) {
  const { duration } = timeline;
  return {
    scrollDown: () => shown.current?.scrollPages(0.8),
    scrollUp: () => shown.current?.scrollPages(-0.8),
    nextVisible: () => shown.current?.showNextVisible(1),
    previousVisible: () => shown.current?.showNextVisible(-1),
    panLeft: () => setZoom(panBy(zoom, -PAN, duration)),
    panRight: () => setZoom(panBy(zoom, PAN, duration)),
    panLeftFast: () => setZoom(panBy(zoom, -PAN_FAST, duration)),
    panRightFast: () => setZoom(panBy(zoom, PAN_FAST, duration)),
    zoomIn: () => setZoom(zoomBy(zoom, ZOOM_IN, 0.5, duration)),
    zoomOut: () => setZoom(zoomBy(zoom, 1 / ZOOM_IN, 0.5, duration)),
    fit: () => {
      if (selected >= 0) setZoom(fitSpan(timeline.start[selected]!, timeline.span[selected]!, duration));
    },
    criticalPath: () => change({ criticalPath: !view.criticalPath }),
    nextSegment: () => stepSegment(1),
    previousSegment: () => stepSegment(-1),
  };
}

function viewActions({ view, change, setOverlay }: Context) {
  const show = (name: ViewName) => () => change({ name });
  return {
    showTimeline: show('timeline'),
    showTree: show('tree'),
    showFlame: show('flame'),
    showTranscript: show('transcript'),
    showGraph: show('graph'),
    // Records are rows of the timeline.
    logs: () => change(view.logs && view.name === 'timeline' ? { logs: false, log: null } : { logs: true, name: 'timeline' }),
    cutGaps: () => change({ cutGaps: !view.cutGaps }),
    copyForModel: () => setOverlay('copy'),
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
      else change({ spanId: null, log: null });
    },
  };
}
