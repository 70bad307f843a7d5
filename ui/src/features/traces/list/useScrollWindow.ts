/** Which rows of a table stand on the screen, and some around them. */
import { useLayoutEffect, useState, type RefObject } from 'react';
import { windowRows } from '../model/rows';

const OVERSCAN = 8;

/** The table scrolls with the page, so its window starts where its body stands in the scroller. */
export function useScrollWindow(
  scroller: RefObject<HTMLDivElement | null>,
  body: RefObject<HTMLDivElement | null>,
  rowHeight: number,
  count: number,
): { first: number; last: number } {
  const [seen, setSeen] = useState({ first: 0, last: 40 });
  useLayoutEffect(() => {
    const outer = scroller.current;
    const inner = body.current;
    if (!outer || !inner) return undefined;
    const read = () => {
      const above = inner.getBoundingClientRect().top - outer.getBoundingClientRect().top;
      const { first, last } = windowRows(Math.max(-above, 0), outer.clientHeight, rowHeight, count);
      const next = { first: Math.max(first - OVERSCAN, 0), last: Math.min(last + OVERSCAN, count) };
      setSeen((old) => (old.first === next.first && old.last === next.last ? old : next));
    };
    read();
    outer.addEventListener('scroll', read, { passive: true });
    const observer = new ResizeObserver(read);
    observer.observe(outer);
    return () => {
      outer.removeEventListener('scroll', read);
      observer.disconnect();
    };
  }, [scroller, body, rowHeight, count]);
  return seen;
}
