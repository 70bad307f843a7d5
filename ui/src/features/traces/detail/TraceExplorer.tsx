/** One trace on screen: header, minimap, waterfall, details panel; holds what they share. */
import { useCallback, useMemo, useRef, useState } from 'react';
import { useSpanSearch } from '../../../api/traces';
import { Splitter } from '../../../ui/Splitter';
import { useDebounced } from '../../../ui/useDebounced';
import { usePreference } from '../../../ui/usePreference';
import { NO_PATH, findCriticalPath } from '../model/criticalPath';
import { fullZoom, isFull, type Zoom } from '../model/layout';
import { listRows, reveal, rowOf, toggleFold } from '../model/rows';
import { NO_MATCHES, mergeMatches, searchTrace } from '../model/search';
import { placeSpan } from '../model/placed';
import { findSpan, nameSpan, primaryRoot, type Trace } from '../model/tree';
import { CommandPalette } from './CommandPalette';
import { KeyHelp } from './KeyHelp';
import { Minimap } from './Minimap';
import { SpanPanel } from './panel/SpanPanel';
import styles from './TraceExplorer.module.css';
import { TraceHeader } from './TraceHeader';
import { useTraceActions } from './useTraceActions';
import { useTraceKeys } from './useTraceKeys';
import { useTraceView } from './useTraceView';
import { Waterfall, type WaterfallHandle } from './Waterfall';

const NO_IDS: string[] = [];

interface Props {
  trace: Trace;
  startedAt: number;
  live: boolean;
}

export function TraceExplorer({ trace, startedAt, live }: Props) {
  const [view, change] = useTraceView();
  const [overlay, setOverlay] = useState<'help' | 'commands' | null>(null);
  const [panelWidth, setPanelWidth] = usePreference('panel-width', 472);
  const waterfall = useRef<WaterfallHandle>(null);
  const searchInput = useRef<HTMLInputElement>(null);

  const zoom = view.zoom ?? fullZoom(trace.duration);
  const selected = findSpan(trace, view.spanId, view.nth);
  const placed = useMemo(() => (selected < 0 ? null : placeSpan(trace, selected)), [trace, selected]);
  const rows = useMemo(() => listRows(trace, view.fold), [trace, view.fold]);
  const query = useDebounced(view.query, 120);
  const fromServer = useSpanSearch(trace.id, useDebounced(view.query, 300));
  const serverIds = query.trim() === '' ? NO_IDS : (fromServer.data?.span_ids ?? NO_IDS);
  const matches = useMemo(
    () => (query.trim() === '' ? NO_MATCHES : mergeMatches(trace, searchTrace(trace, query), serverIds)),
    [trace, query, serverIds],
  );
  const path = useMemo(
    () => (view.criticalPath ? findCriticalPath(trace, primaryRoot(trace)) : NO_PATH),
    [trace, view.criticalPath],
  );

  const setZoom = useCallback(
    (next: Zoom) => change({ zoom: isFull(next, trace.duration) ? null : next }),
    [change, trace.duration],
  );
  const select = useCallback(
    (p: number) => {
      const fold = reveal(trace, view.fold, p);
      change({ ...nameSpan(trace, p), fold });
      waterfall.current?.showRow(rowOf(fold === view.fold ? rows : listRows(trace, fold), p));
    },
    [trace, rows, view.fold, change],
  );
  const pick = useCallback((p: number) => change(nameSpan(trace, p)), [trace, change]);
  const toggle = useCallback(
    (p: number) => change({ fold: toggleFold(trace, view.fold, p) }),
    [trace, view.fold, change],
  );
  const actions = useTraceActions({
    trace, view, change, rows, zoom, setZoom, selected, select, matches, waterfall, searchInput, setOverlay,
  }); // prettier-ignore
  useTraceKeys(actions, overlay === null);

  return (
    <div className={styles.explorer}>
      <TraceHeader
        trace={trace}
        live={live}
        view={view}
        change={change}
        actions={actions}
        matches={matches}
        selected={selected}
        searchInput={searchInput}
        searching={fromServer.isFetching}
      />
      <Minimap trace={trace} zoom={zoom} onZoom={setZoom} />
      <div className={styles.body}>
        <Waterfall
          ref={waterfall}
          trace={trace}
          rows={rows}
          fold={view.fold}
          zoom={zoom}
          selected={selected}
          matches={matches}
          path={path}
          startedAt={startedAt}
          onZoom={setZoom}
          onSelect={pick}
          onToggle={toggle}
          onFit={actions.fit}
        />
        {view.spanId !== null && (
          <>
            <Splitter
              label="Width of the details"
              className={styles.panelSplitter}
              value={panelWidth}
              least={300}
              most={900}
              direction={-1}
              onChange={setPanelWidth}
            />
            <aside className={styles.panel} style={{ width: panelWidth }} aria-label="Span details">
              <SpanPanel
                traceId={trace.id}
                traceStart={trace.startUnixNano}
                spanId={view.spanId}
                nth={view.nth}
                placed={placed}
                tab={view.tab}
                onTab={(tab) => change({ tab })}
                onClose={() => change({ spanId: null })}
                onSelect={(spanId) => {
                  const p = findSpan(trace, spanId);
                  if (p >= 0) select(p);
                }}
              />
            </aside>
          </>
        )}
      </div>
      {overlay === 'help' && <KeyHelp onClose={() => setOverlay(null)} />}
      {overlay === 'commands' && (
        <CommandPalette trace={trace} actions={actions} onSelect={select} onClose={() => setOverlay(null)} />
      )}
    </div>
  );
}
