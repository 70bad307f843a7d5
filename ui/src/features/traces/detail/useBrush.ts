/** Dragging a range along x. A movement of fewer than four pixels is a click, not a range. */
import { useRef, useState, type PointerEvent } from 'react';

export interface Brush {
  from: number;
  to: number;
}

const LEAST_PIXELS = 4;

function place(event: PointerEvent<HTMLElement>) {
  const box = event.currentTarget.getBoundingClientRect();
  return { x: Math.min(Math.max(event.clientX - box.left, 0), box.width), y: event.clientY - box.top };
}

export function useBrush(onBrush: (from: number, to: number) => void, onClick?: (x: number, y: number) => void) {
  const start = useRef<number | null>(null);
  const [brush, setBrush] = useState<Brush | null>(null);
  const end = () => {
    start.current = null;
    setBrush(null);
  };
  const handlers = {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      start.current = place(event).x;
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (start.current === null) return;
      const { x } = place(event);
      setBrush({ from: Math.min(start.current, x), to: Math.max(start.current, x) });
    },
    onPointerUp: (event: PointerEvent<HTMLElement>) => {
      if (start.current === null) return;
      const { x, y } = place(event);
      const from = Math.min(start.current, x);
      const to = Math.max(start.current, x);
      end();
      if (to - from >= LEAST_PIXELS) onBrush(from, to);
      else onClick?.(x, y);
    },
    onPointerCancel: end,
  };
  return { brush, handlers };
}
