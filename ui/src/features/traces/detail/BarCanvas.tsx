/** The canvas beside the tree; it is painted in the same commit that moves the rows. */
import { useLayoutEffect, useMemo, useRef, useState, useEffect } from 'react';
import { useSpan } from '../../../api/traces';
import { prepareCanvas } from '../../../ui/canvas';
import { usePalette } from '../../../ui/colors';
import type { CriticalPath } from '../model/criticalPath';
import { listTicks, type Zoom } from '../model/layout';
import { isFolded, type Fold, type RowWindow } from '../model/rows';
import type { Matches } from '../model/search';
import { nameSpan, type Trace } from '../model/tree';
import { drawBars } from './drawBars';
import { TICK_GAP } from './Ruler';
import styles from './Waterfall.module.css';

interface Props {
  trace: Trace;
  rows: Int32Array;
  fold: Fold;
  zoom: Zoom;
  selected: number;
  matches: Matches;
  path: CriticalPath;
  view: RowWindow;
  left: number;
  width: number;
  height: number;
}

export function BarCanvas(props: Props) {
  const { trace, rows, fold, zoom, selected, matches, path, view, left, width, height } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const palette = usePalette();
  useFontsReady();
  const events = useEventTimes(trace, selected);
  const ticks = useMemo(() => listTicks(zoom, width, TICK_GAP), [zoom, width]);
  // After every render: what it paints is what it is rendered for, the scroll position above all.
  useLayoutEffect(() => {
    const context = prepareCanvas(canvas.current, width, height);
    if (!context) return;
    drawBars(context, {
      trace, rows, window: view, zoom, width, height, ticks, matches, path, palette, events,
      isFolded: (p) => isFolded(trace, fold, p),
    }); // prettier-ignore
  });
  return <canvas ref={canvas} className={styles.bars} style={{ left, width, height }} aria-hidden="true" />;
}

/** A canvas does not repaint by itself when a web font arrives. */
function useFontsReady(): boolean {
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
function useEventTimes(trace: Trace, selected: number) {
  const { spanId, nth } = selected >= 0 ? nameSpan(trace, selected) : NONE;
  const span = useSpan(trace.id, spanId, nth);
  return useMemo(() => {
    if (selected < 0 || !span.data || span.data.events.length === 0) return null;
    const start = BigInt(trace.startUnixNano);
    return { p: selected, times: span.data.events.map((event) => Number(BigInt(event.time_unix_nano) - start)) };
  }, [trace, selected, span.data]);
}
