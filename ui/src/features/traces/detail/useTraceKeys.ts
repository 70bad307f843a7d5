/** Sends key presses to actions, except while something is typed or a control has its own use for the key. */
import { useLayoutEffect, useRef } from 'react';
import { actionOf, type Action } from '../model/keys';

export type TraceActions = Record<Action, () => void>;

const TYPING = 'input, textarea, select, [contenteditable]';
const PRESSABLE = 'button, a, summary, [role=tab]';

function isTaken(event: KeyboardEvent): boolean {
  const target = event.target instanceof Element ? event.target : null;
  if (!target) return false;
  const withControl = event.ctrlKey || event.metaKey;
  // Pressed again it is the browser's own find, for what only the details hold.
  if (withControl && event.key === 'f' && target.closest('[role=search]')) return true;
  if (target.closest(TYPING)) return !withControl;
  return (event.key === 'Enter' || event.key === ' ') && target.closest(PRESSABLE) !== null;
}

export function useTraceKeys(actions: TraceActions, enabled: boolean): void {
  const latest = useRef(actions);
  // Before the paint: a key pressed when a dialog is seen to close already counts.
  useLayoutEffect(() => {
    latest.current = actions;
  });
  useLayoutEffect(() => {
    if (!enabled) return undefined;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isTaken(event)) return;
      const action = actionOf(event);
      if (!action) return;
      event.preventDefault();
      latest.current[action]();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [enabled]);
}
