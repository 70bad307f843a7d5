/** Ctrl or command with the wheel (or a pinch) zooms at the pointer, shift or a sideways wheel pans. */
import { useEffect, useRef, type RefObject } from 'react';
import { panBy, zoomBy, type Zoom } from '../model/layout';

interface Axis {
  zoom: Zoom;
  treeWidth: number;
  timeWidth: number;
  duration: number;
  onZoom: (zoom: Zoom) => void;
}

export function useWheelZoom(target: RefObject<HTMLElement | null>, axis: Axis): void {
  const latest = useRef(axis);
  useEffect(() => {
    latest.current = axis;
  });
  useEffect(() => {
    const element = target.current;
    if (!element) return undefined;
    const onWheel = (event: WheelEvent) => {
      const { zoom, treeWidth, timeWidth, duration, onZoom } = latest.current;
      const sideways = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        const x = event.clientX - element.getBoundingClientRect().left - treeWidth;
        onZoom(zoomBy(zoom, Math.exp(event.deltaY * 0.004), Math.min(Math.max(x / timeWidth, 0), 1), duration));
      } else if (Math.abs(sideways) > (event.shiftKey ? 0 : Math.abs(event.deltaY))) {
        event.preventDefault();
        onZoom(panBy(zoom, sideways / Math.max(timeWidth, 1), duration));
      }
    };
    // React attaches wheel listeners as passive, which cannot keep the browser from zooming the page.
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [target]);
}
