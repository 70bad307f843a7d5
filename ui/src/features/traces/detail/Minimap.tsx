/** The whole trace at a glance. Dragging zooms to a range; dragging inside the shown range moves it. */
import { useEffect, useRef, useState, type PointerEvent } from 'react';
import { Button } from '../../../ui/Button';
import { prepareCanvas } from '../../../ui/canvas';
import { usePalette } from '../../../ui/colors';
import { useSize } from '../../../ui/useSize';
import { clampZoom, fullZoom, isFull, toNano, toPixel, type Zoom } from '../model/layout';
import type { Timeline } from '../model/timeline';
import type { Trace } from '../model/tree';
import { drawMinimap } from './drawMinimap';
import styles from './Minimap.module.css';
import { useBrush } from './useBrush';

interface Props {
  trace: Trace;
  timeline: Timeline;
  /** In places of the axis. */
  zoom: Zoom;
  onZoom: (zoom: Zoom) => void;
}

export function Minimap({ trace, timeline, zoom, onZoom }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height } = useSize(box);
  const palette = usePalette();
  const whole = fullZoom(timeline.duration);
  const zoomed = !isFull(zoom, timeline.duration);
  const left = toPixel(zoom.from, whole, width);
  const right = toPixel(zoom.to, whole, width);

  useEffect(() => {
    // 100,000 bars can wait for the rows: the frame that shows them comes first.
    const frame = requestAnimationFrame(() => {
      if (canvas.current && prepareCanvas(canvas.current, width, height)) drawMinimap(canvas.current, trace, timeline, palette);
    });
    return () => cancelAnimationFrame(frame);
  }, [trace, timeline, width, height, palette]);

  const { brush, handlers } = useBrush((from, to) =>
    onZoom({ from: toNano(from, whole, width), to: toNano(to, whole, width) }),
  );
  const mover = useMover(zoom, (shift, from) => {
    const nano = toNano(shift, whole, width);
    onZoom(clampZoom({ from: from.from + nano, to: from.to + nano }, timeline.duration));
  });

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the same by keyboard: Shift+arrows, A, D
    <div ref={box} className={styles.minimap} {...handlers} onDoubleClick={() => onZoom(whole)}>
      <canvas ref={canvas} style={{ width, height }} aria-hidden="true" />
      {zoomed && (
        <>
          <span className={styles.veil} style={{ left: 0, width: left }} />
          <span className={styles.veil} style={{ left: right, right: 0 }} />
          <span className={styles.view} style={{ left, width: Math.max(right - left, 4) }} {...mover} />
          <Button
            small
            className={styles.reset}
            label="Whole trace"
            onPointerDown={(event) => event.stopPropagation()}
            onClick={() => onZoom(whole)}
          />
        </>
      )}
      {brush && <span className={styles.brush} style={{ left: brush.from, width: brush.to - brush.from }} />}
    </div>
  );
}

function useMover(zoom: Zoom, onMove: (pixels: number, from: Zoom) => void) {
  const [grip, setGrip] = useState<{ x: number; zoom: Zoom } | null>(null);
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      event.stopPropagation();
      event.currentTarget.setPointerCapture(event.pointerId);
      setGrip({ x: event.clientX, zoom });
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (grip) onMove(event.clientX - grip.x, grip.zoom);
    },
    onPointerUp: () => setGrip(null),
    onPointerCancel: () => setGrip(null),
  };
}
