/** The timeline: a tree of rows with their bars on one canvas, log records between them where these are asked for. */
import { useCallback, useMemo, useRef, type Ref } from 'react';
import type { TraceLog } from '../../../api/types';
import { Splitter } from '../../../ui/Splitter';
import { usePreference } from '../../../ui/usePreference';
import { useSize } from '../../../ui/useSize';
import type { Category, CriticalPath } from '../model/criticalPath';
import { placeBar, type Zoom } from '../model/layout';
import { isFolded, type Fold, type Rows } from '../model/rows';
import type { Matches } from '../model/search';
import { toAxis, type Timeline } from '../model/timeline';
import type { Trace } from '../model/tree';
import { BarCanvas } from './BarCanvas';
import { NARROWEST_TREE, mostIndentLevels, widestTree } from './geometry';
import { LogRow } from './LogRow';
import { RowList, type ViewHandle } from './RowList';
import { Ruler } from './Ruler';
import { SpanRow } from './SpanRow';
import { describe } from './TreeCell';
import { useWheelZoom } from './useWheelZoom';
import styles from './Waterfall.module.css';

interface Props {
  ref: Ref<ViewHandle>;
  trace: Trace;
  timeline: Timeline;
  rows: Rows;
  fold: Fold;
  /** In places of the axis. */
  zoom: Zoom;
  selected: number;
  selectedLog: number;
  logs: readonly TraceLog[];
  matches: Matches;
  path: CriticalPath;
  category: Category | null;
  startedAt: number;
  onZoom: (zoom: Zoom) => void;
  onSelect: (p: number, log: number) => void;
  onToggle: (p: number) => void;
  onOpen: () => void;
}

/** OpenTelemetry: severity numbers of ERROR begin here. */
const ERROR_SEVERITY = 17;

export function Waterfall(props: Props) {
  const { trace, timeline, rows, fold, zoom, selected, selectedLog, logs, matches, onZoom } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const { width } = useSize(scroller);
  const [preferredTree, setTreeWidth] = usePreference('tree-width', 400);
  const treeWidth = Math.min(preferredTree, widestTree(width));
  const timeWidth = Math.max(width - treeWidth, 0);
  const indentLevels = mostIndentLevels(treeWidth);
  useWheelZoom(scroller, { zoom, treeWidth, timeWidth, duration: timeline.duration, onZoom });
  const isInRange = useCallback(
    (p: number) => p >= 0 && placeBar(timeline.start[p]!, timeline.span[p]!, zoom, 1000) !== null,
    [timeline, zoom],
  );
  const placedLogs = useMemo(
    () => ({
      place: Float64Array.from(logs, ({ start }) => toAxis(timeline.cuts, start)),
      failed: Uint8Array.from(logs, ({ severity_number }) => (severity_number >= ERROR_SEVERITY ? 1 : 0)),
    }),
    [logs, timeline],
  );

  const renderRow = (row: number) => {
    const p = rows.span[row]!;
    const log = rows.log ? rows.log[row]! : -1;
    if (log >= 0) {
      const depth = p < 0 ? 0 : trace.depth[p]! + 1;
      return <LogRow log={logs[log]!} index={log} row={row} depth={depth} selected={log === selectedLog} treeWidth={treeWidth} indentLevels={indentLevels} />;
    }
    return (
      <SpanRow
        trace={trace}
        p={p}
        row={row}
        folded={isFolded(trace, fold, p)}
        selected={p === selected && selectedLog < 0}
        match={matches.is[p] === 1}
        treeWidth={treeWidth}
        indentLevels={indentLevels}
        cells={inWords}
      />
    );
  };

  return (
    <section className={styles.waterfall} aria-label="Waterfall">
      <div className={styles.head}>
        <div className={styles.headTree} style={{ width: treeWidth }}>
          <span>Span</span>
        </div>
        <Ruler zoom={zoom} cuts={timeline.cuts} width={timeWidth} duration={timeline.duration} onZoom={onZoom} />
      </div>
      <RowList {...props} scroller={scroller} renderRow={renderRow} isInRange={isInRange}>
        {(view, height) => <BarCanvas {...props} logs={placedLogs} view={view} left={treeWidth} width={timeWidth} height={height} />}
      </RowList>
      <Splitter
        label="Width of the span column"
        className={styles.treeSplitter}
        style={{ left: treeWidth }}
        value={treeWidth}
        least={NARROWEST_TREE}
        most={widestTree(width)}
        onChange={setTreeWidth}
      />
    </section>
  );
}

function inWords(trace: Trace, p: number) {
  return (
    <div role="gridcell" className="visually-hidden">
      {describe(trace, p)}
    </div>
  );
}
