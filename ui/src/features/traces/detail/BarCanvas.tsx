/** The canvas beside the tree; it is painted in the same commit that moves the rows. */
import { useLayoutEffect, useMemo, useRef, useState, useEffect } from 'react';
import { useSpan } from '../../../api/traces';
import { prepareCanvas } from '../../../ui/canvas';
import { usePalette } from '../../../ui/colors';
import type { Category, CriticalPath } from '../model/criticalPath';
import { listTicks, type Zoom } from '../model/layout';
import { isFolded, type Fold, type Rows, type RowWindow } from '../model/rows';
import type { Matches } from '../model/search';
import { toAxis, type Timeline } from '../model/timeline';
import { nameSpan, type Trace } from '../model/tree';
import { drawBars, type Scene } from './drawBars';
import { TICK_GAP } from './Ruler';
import styles from './Waterfall.module.css';

interface Props {
  trace: Trace;
  timeline: Timeline;
  rows: Rows;
  fold: Fold;
  zoom: Zoom;
  selected: number;
  matches: Matches;
  path: CriticalPath;
  category: Category | null;
  logs: Scene['logs'];
  view: RowWindow;
  left: number;
  width: number;
  height: number;
}

export function BarCanvas(props: Props) {
  const { trace, timeline, rows, fold, zoom, selected, matches, path, category, logs, view, left, width, height } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const palette = usePalette();
  useFontsReady();
  const events = useEventPlaces(trace, timeline, selected);
  const ticks = useMemo(
    () => listTicks(zoom, timeline.cuts, width, TICK_GAP).map(({ place }) => place),
    [zoom, timeline, width],
  );
  // After every render: what it paints is what it is rendered for, the scroll position above all.
  useLayoutEffect(() => {
    const context = prepareCanvas(canvas.current, width, height);
    if (!context) return;
    drawBars(context, {
      trace, timeline, rows, window: view, zoom, width, height, ticks, matches, path, category, logs, palette, events,
      isFolded: (p) => isFolded(trace, fold, p),
    }); // prettier-ignore
  });
  return <canvas ref={canvas} className={styles.bars} style={{ left, width, height }} aria-hidden="true" />;
}

/** A canvas does not repaint by itself when a web font arrives. */
export function useFontsReady(): boolean {
  const [ready, setReady] = useState(() => document.fonts?.status === 'loaded');
  useEffect(() => {
    let current = true;
    void document.fonts?.ready.then(() => current && setReady(true));
    return () => {
      current = false;
    };
  }, []);
  return ready;
}

const NONE = { spanId: null, nth: 0 };

/** The skeleton holds event counts only; their times come with the selected span. */
function useEventPlaces(trace: Trace, timeline: Timeline, selected: number) {
  const { spanId, nth } = selected >= 0 ? nameSpan(trace, selected) : NONE;
  const span = useSpan(trace.id, spanId, nth);
  return useMemo(() => {
    if (selected < 0 || !span.data || span.data.events.length === 0) return null;
    const start = BigInt(trace.startUnixNano);
    const placeOf = (time: string) => toAxis(timeline.cuts, Number(BigInt(time) - start));
    return { p: selected, times: span.data.events.map((event) => placeOf(event.time_unix_nano)) };
  }, [trace, timeline, selected, span.data]);
}
