/** Everything the views of a trace share: one selection, one folding, one axis, one set of matches. */
import { useCallback, useMemo, useRef, useState } from 'react';
import { useCriticalPath, useTraceLogs } from '../../../api/traceAnalysis';
import { useSpanSearch } from '../../../api/traces';
import type { TraceLog } from '../../../api/types';
import { useDebounced } from '../../../ui/useDebounced';
import { NO_PATH, listSegments, placePath, readCriticalPath, type Category } from '../model/criticalPath';
import { fitSpan, fullZoom, isFull, type Zoom } from '../model/layout';
import { findLog, nameLog, placeLogs } from '../model/logs';
import { listRows, reveal, toggleFold } from '../model/rows';
import { rollUp } from '../model/rollup';
import { NO_MATCHES, isField, mergeMatches, searchTrace } from '../model/search';
import { cutTimeline, findGaps, wholeTimeline, zoomToAxis, zoomToTime } from '../model/timeline';
import { findSpan, nameSpan, type Trace } from '../model/tree';
import type { ViewHandle } from './RowList';
import { useTraceActions, type Overlay } from './useTraceActions';
import { useTraceView } from './useTraceView';

const NO_IDS: string[] = [];
const NO_LOGS: TraceLog[] = [];

export type Explorer = ReturnType<typeof useExplorer>;

export function useExplorer(trace: Trace) {
  const [view, change] = useTraceView(trace.startUnixNano);
  const [overlay, setOverlay] = useState<Overlay | null>(null);
  const shown = useRef<ViewHandle>(null);
  const searchInput = useRef<HTMLInputElement>(null);
  const version = trace.spanCount;

  const rollup = useMemo(() => rollUp(trace), [trace]);
  const { gaps, timeline, zoom, setZoom } = useAxis(trace, view, change);
  const logs = useTraceLogs(trace.id, version, view.logs || view.log !== null).data;
  const records = logs?.logs ?? NO_LOGS;
  const placedLogs = useMemo(() => (view.logs ? placeLogs(trace, records) : null), [trace, view.logs, records]);
  const rows = useMemo(() => listRows(trace, view.fold), [trace, view.fold]);
  const rowsWithLogs = useMemo(
    () => (placedLogs && view.name === 'timeline' ? listRows(trace, view.fold, placedLogs) : rows),
    [trace, view.fold, view.name, placedLogs, rows],
  );
  const selected = findSpan(trace, view.spanId, view.nth);
  const selectedLog = findLog(records, view.log);
  const { matches, searching } = useMatches(trace, view.query);

  const select = useCallback(
    (p: number, log = -1) => {
      const named = p < 0 ? { spanId: null, nth: 0 } : nameSpan(trace, p);
      change({ ...named, log: log < 0 ? null : nameLog(records, log), fold: reveal(trace, view.fold, p) });
      // Unfolding may have made its row; scroll once that is in the document.
      requestAnimationFrame(() => shown.current?.show(p, log));
    },
    [trace, records, view.fold, change],
  );
  const pick = useCallback(
    (p: number, log = -1) =>
      change({ ...(p < 0 ? { spanId: null, nth: 0 } : nameSpan(trace, p)), log: log < 0 ? null : nameLog(records, log) }),
    [trace, records, change],
  );
  const toggle = useCallback((p: number) => change({ fold: toggleFold(trace, view.fold, p) }), [trace, view.fold, change]);
  const critical = useSegments(trace, version, timeline.cuts);
  const segmentStep = (by: 1 | -1) => critical.step(by, { zoom, setZoom, select, change, duration: timeline.duration });
  const actions = useTraceActions({
    trace, timeline, view, change, rows: rowsWithLogs, zoom, setZoom, selected, selectedLog, select,
    stepSegment: segmentStep, matches, shown, searchInput, setOverlay,
  }); // prettier-ignore
  return {
    trace, version, view, change, overlay, setOverlay, shown, searchInput, rollup, gaps, timeline, zoom, setZoom, logs, records,
    rows: rowsWithLogs, selected, selectedLog, matches, searching, select, pick, toggle, critical, segmentStep, actions,
  }; // prettier-ignore
}

type View = ReturnType<typeof useTraceView>[0];
type Change = ReturnType<typeof useTraceView>[1];

/** The zoom is kept in time and shown in places, so that cutting gaps does not move what is looked at. */
function useAxis(trace: Trace, view: View, change: Change) {
  const gaps = useMemo(() => findGaps(trace), [trace]);
  const timeline = useMemo(
    () => (view.cutGaps ? cutTimeline(trace, gaps) : wholeTimeline(trace)),
    [trace, view.cutGaps, gaps],
  );
  const zoom = useMemo(
    () => (view.zoom ? zoomToAxis(timeline.cuts, view.zoom) : fullZoom(timeline.duration)),
    [view.zoom, timeline],
  );
  const setZoom = useCallback(
    (next: Zoom) => change({ zoom: isFull(next, timeline.duration) ? null : zoomToTime(timeline.cuts, next) }),
    [change, timeline],
  );
  return { gaps, timeline, zoom, setZoom };
}

function useMatches(trace: Trace, text: string) {
  const query = useDebounced(text, 120);
  const asked = useDebounced(text, 300);
  const fromServer = useSpanSearch(trace.id, isField(asked) ? '' : asked);
  const serverIds = query.trim() === '' || isField(query) ? NO_IDS : (fromServer.data?.span_ids ?? NO_IDS);
  const matches = useMemo(
    () => (query.trim() === '' ? NO_MATCHES : mergeMatches(trace, searchTrace(trace, query), serverIds)),
    [trace, query, serverIds],
  );
  return { matches, searching: fromServer.isFetching };
}

interface StepContext {
  zoom: Zoom;
  setZoom: (zoom: Zoom) => void;
  select: (p: number) => void;
  change: Change;
  duration: number;
}

/** The critical path, and where among the segments of a category its reader is. */
function useSegments(trace: Trace, version: number, cuts: Parameters<typeof placePath>[1]) {
  const answer = useCriticalPath(trace.id, version);
  const path = useMemo(() => (answer.data ? readCriticalPath(trace, answer.data) : NO_PATH), [trace, answer.data]);
  const placed = useMemo(() => placePath(path, cuts), [path, cuts]);
  const [at, setAt] = useState<{ category: Category | null; index: number }>({ category: null, index: -1 });
  const segments = useMemo(() => listSegments(path, at.category), [path, at.category]);

  const go = (category: Category | null, index: number, of: number[], context: StepContext) => {
    if (of.length === 0) return;
    const next = ((index % of.length) + of.length) % of.length;
    const segment = of[next]!;
    setAt({ category, index: next });
    context.change({ criticalPath: true });
    const [from, to] = [placed.from[segment]!, placed.to[segment]!];
    const isSeen = from < context.zoom.to && to > context.zoom.from;
    if (!isSeen || path.owner[segment]! < 0) context.setZoom(fitSpan(from, to - from, context.duration));
    if (path.owner[segment]! >= 0) context.select(path.owner[segment]!);
  };
  return {
    path,
    placed,
    error: answer.error,
    category: at.category,
    index: at.index,
    count: segments.length,
    step: (by: 1 | -1, context: StepContext) => go(at.category, at.index + by, segments, context),
    /** The first segment of another category, the next one of the same. */
    stepCategory: (category: Category, context: StepContext) => {
      const same = category === at.category;
      go(category, same ? at.index + 1 : 0, same ? segments : listSegments(path, category), context);
    },
    clear: () => setAt({ category: null, index: -1 }),
  };
}
