/** One trace on screen: header, one of its views, and the details of what is selected. */
import { Suspense, lazy } from 'react';
import type { TraceArrival } from '../../../api/types';
import { Splitter } from '../../../ui/Splitter';
import { usePreference } from '../../../ui/usePreference';
import { NO_PATH } from '../model/criticalPath';
import type { Trace } from '../model/tree';
import { Attribution } from './Attribution';
import { CommandPalette } from './CommandPalette';
import { CopyDialog } from './CopyDialog';
import { Details } from './Details';
import { FlameView } from './FlameView';
import { KeyHelp } from './KeyHelp';
import { Minimap } from './Minimap';
import styles from './TraceExplorer.module.css';
import { TraceHeader } from './TraceHeader';
import { TreeView } from './TreeView';
import { useExplorer, type Explorer } from './useExplorer';
import { useTraceKeys } from './useTraceKeys';
import { ViewTabs } from './ViewTabs';
import { Waterfall } from './Waterfall';

const TranscriptView = lazy(() => import('./transcript/TranscriptView'));
const GraphView = lazy(() => import('./graph/GraphView'));

interface Props {
  trace: Trace;
  startedAt: number;
  arrival: TraceArrival | undefined;
}

export function TraceExplorer({ trace, startedAt, arrival }: Props) {
  const explorer = useExplorer(trace);
  const { view, change, overlay, setOverlay, timeline, zoom, setZoom, selected, selectedLog, actions, select } = explorer;
  const [panelWidth, setPanelWidth] = usePreference('panel-width', 472);
  useTraceKeys(actions, overlay === null);
  const hasAxis = view.name === 'timeline' || view.name === 'flame';
  const close = () => setOverlay(null);

  return (
    <div className={styles.explorer}>
      <div className={styles.top}>
        <TraceHeader explorer={explorer} arrival={arrival} />
        <Attribution explorer={explorer} />
        <ViewTabs explorer={explorer} />
        {hasAxis && <Minimap trace={trace} timeline={timeline} zoom={zoom} onZoom={setZoom} />}
      </div>
      <div className={styles.body}>
        <div className={styles.shown} role="tabpanel" id={`panel-${view.name}`} aria-labelledby={`tab-${view.name}`}>
          <Suspense fallback={<p className={styles.waiting} role="status">Reading the view</p>}>
            <Shown explorer={explorer} startedAt={startedAt} />
          </Suspense>
        </div>
        {(selectedLog >= 0 || view.spanId !== null) && (
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
            <aside className={styles.panel} style={{ width: panelWidth }} aria-label={selectedLog >= 0 ? 'Log details' : 'Span details'}>
              <Details explorer={explorer} onClose={() => change({ spanId: null, log: null })} />
            </aside>
          </>
        )}
      </div>
      {overlay === 'help' && <KeyHelp onClose={close} />}
      {overlay === 'copy' && <CopyDialog traceId={trace.id} version={explorer.version} onClose={close} />}
      {overlay === 'commands' && (
        <CommandPalette trace={trace} actions={actions} selected={selected} onSelect={select} onClose={close} />
      )}
    </div>
  );
}

function Shown({ explorer, startedAt }: { explorer: Explorer; startedAt: number }) {
  const { trace, version, view, change, shown, rollup, timeline, zoom, setZoom, records, rows, selected, selectedLog } = explorer;
  const { matches, select, pick, toggle, critical, actions } = explorer;
  const shared = { ref: shown, trace, rows, fold: view.fold, rollup, selected, matches, startedAt, onSelect: pick, onToggle: toggle, onOpen: actions.fit };
  const timed = { timeline, zoom, onZoom: setZoom, path: view.criticalPath ? critical.placed : NO_PATH, category: critical.category };
  switch (view.name) {
    case 'timeline':
      return <Waterfall {...shared} {...timed} selectedLog={selectedLog} logs={records} />;
    case 'tree':
      return <TreeView {...shared} />;
    case 'flame':
      return <FlameView {...shared} {...timed} />;
    case 'transcript':
      return <TranscriptView ref={shown} trace={trace} rollup={rollup} version={version} selected={selected} onSelect={select} />;
    case 'graph':
      return <GraphView ref={shown} trace={trace} version={version} query={view.query} onSelect={select} onQuery={(query) => change({ query })} />;
  }
}
