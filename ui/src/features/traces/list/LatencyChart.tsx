/** Listed traces as dots over the count of all traces, on one time axis. A dot opens, dragging zooms. */
import { useEffect, useMemo, useRef, useState, type PointerEvent } from 'react';
import { useLocation } from 'wouter';
import { useProject, withProject } from '../../../api/project';
import type { Histogram, TraceSummary } from '../../../api/types';
import { prepareCanvas } from '../../../ui/canvas';
import { usePalette } from '../../../ui/colors';
import { useSize } from '../../../ui/useSize';
import { useBrush } from '../detail/useBrush';
import type { Bounds } from '../../../ui/timeWindow';
import { durationScale, nearestDot, placeDots, xToTime, type Dot } from '../model/scatter';
import { DotTip } from './DotTip';
import { COUNTS_HEIGHT, INSET, drawLatency, plotOf } from './drawLatency';
import styles from './LatencyChart.module.css';

interface Props {
  traces: TraceSummary[];
  histogram: Histogram | undefined;
  bounds: Bounds;
  onWindow: (fromMs: number, toMs: number) => void;
}

const REACH = 10;
const NARROWEST_WINDOW_MS = 10;

export function LatencyChart({ traces, histogram, bounds, onWindow }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height } = useSize(box);
  const palette = usePalette();
  const [hovered, setHovered] = useState<Dot | null>(null);
  const [, navigate] = useLocation();
  const project = useProject();
  const scale = useMemo(() => durationScale(traces), [traces]);
  const plot = useMemo(() => plotOf(width), [width]);
  const plotHeight = height - COUNTS_HEIGHT - 2 * INSET;
  const dots = useMemo(
    () => placeDots(traces, bounds, scale, plot, plotHeight).map((dot) => ({ ...dot, y: dot.y + INSET })),
    [traces, bounds, scale, plot, plotHeight],
  );

  useEffect(() => {
    const context = prepareCanvas(canvas.current, width, height);
    if (context) drawLatency(context, { dots, scale, histogram, bounds, plot, width, height, palette, hovered });
  }, [dots, scale, histogram, bounds, plot, width, height, palette, hovered]);

  const { brush, handlers } = useBrush(
    (from, to) => {
      const fromMs = xToTime(from, bounds, plot);
      onWindow(fromMs, Math.max(xToTime(to, bounds, plot), fromMs + NARROWEST_WINDOW_MS));
    },
    (x, y) => {
      const dot = nearestDot(dots, x, y, REACH);
      if (dot) navigate(withProject(`/trace/${dot.trace.trace_id}`, project));
    },
  );
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    handlers.onPointerMove(event);
    const place = event.currentTarget.getBoundingClientRect();
    setHovered(nearestDot(dots, event.clientX - place.left, event.clientY - place.top, REACH));
  };
  return (
    <div
      ref={box}
      role="img"
      aria-label={`Latency of ${traces.length} traces over time; the table below holds the same`}
      className={styles.chart}
      {...handlers}
      onPointerMove={onPointerMove}
      onPointerLeave={() => setHovered(null)}
      style={hovered ? { cursor: 'pointer' } : undefined}
    >
      <canvas ref={canvas} style={{ width, height }} />
      {brush && <span className={styles.brush} style={{ left: brush.from, width: brush.to - brush.from }} />}
      {hovered && !brush && <DotTip dot={hovered} width={width} />}
    </div>
  );
}
