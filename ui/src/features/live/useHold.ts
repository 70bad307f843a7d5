/**
 * Whether a live list must stand still: while it is scrolled away from its top, or a pointer or the keyboard is on one of
 * its rows, what is being read does not move.
 */
import { useEffect, useState, type RefObject } from 'react';

/** A pointer that has not moved for this long reads no row. */
const IDLE_MS = 8000;

export function useHold(scroller: RefObject<HTMLElement | null>, live: boolean): [held: boolean, release: () => void] {
  const [scrolled, setScrolled] = useState(false);
  const [touched, setTouched] = useState(false);
  useEffect(() => {
    const element = scroller.current;
    if (!live || !element) return undefined;
    let idle: ReturnType<typeof setTimeout> | undefined;
    const leave = () => {
      clearTimeout(idle);
      setTouched(false);
    };
    const touch = (event: Event) => {
      const onRow = event.target instanceof Element && event.target.closest('[data-live-rows]') !== null;
      clearTimeout(idle);
      setTouched(onRow);
      if (onRow) idle = setTimeout(leave, IDLE_MS);
    };
    const scroll = () => setScrolled(element.scrollTop > 0);
    scroll();
    element.addEventListener('scroll', scroll, { passive: true });
    for (const name of ['pointermove', 'focusin'] as const) element.addEventListener(name, touch, { passive: true });
    element.addEventListener('pointerleave', leave);
    return () => {
      clearTimeout(idle);
      setScrolled(false);
      setTouched(false);
      element.removeEventListener('scroll', scroll);
      for (const name of ['pointermove', 'focusin'] as const) element.removeEventListener(name, touch);
      element.removeEventListener('pointerleave', leave);
    };
  }, [scroller, live]);
  const release = () => {
    setTouched(false);
    scroller.current?.scrollTo({ top: 0 });
  };
  return [live && (scrolled || touched), release];
}
