/** "g", then the letter of a page, leads there; "?" shows the keys where the page has no help of its own. */
import { useEffect, useRef } from 'react';
import { useLocation } from 'wouter';
import { useProject, withProject } from '../api/project';
import { isTyping } from '../ui/chord';
import { PAGES } from './pages';

/** How long after "g" its second key may come. */
const SECOND_KEY_MS = 1500;

export function useGoKeys(showHelp: () => void): void {
  const project = useProject();
  const [, navigate] = useLocation();
  const latest = useRef({ showHelp, go: navigate, project });
  useEffect(() => {
    latest.current = { showHelp, go: navigate, project };
  });
  useEffect(() => {
    let pressedAt = Number.NEGATIVE_INFINITY;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event) || isInDialog(event)) return;
      const isSecond = event.timeStamp - pressedAt < SECOND_KEY_MS;
      pressedAt = event.key === 'g' && !isSecond ? event.timeStamp : Number.NEGATIVE_INFINITY;
      const page = isSecond ? PAGES.find(({ key }) => key === event.key) : undefined;
      if (page) {
        // The second key may mean something to the page that is left.
        event.preventDefault();
        event.stopImmediatePropagation();
        latest.current.go(withProject(page.path, latest.current.project));
      } else if (event.key === '?') {
        // The page's own handlers come after this one.
        setTimeout(() => {
          if (!event.defaultPrevented) latest.current.showHelp();
        });
      }
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, []);
}

function isInDialog(event: KeyboardEvent): boolean {
  return event.target instanceof Element && event.target.closest('dialog') !== null;
}
