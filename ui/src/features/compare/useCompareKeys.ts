/** Sends key presses to actions, except while something is typed or a control has its own use for the key. */
import { useLayoutEffect, useRef } from 'react';
import { isTyping } from '../../ui/chord';
import { compareActionOf, type CompareAction } from './model/compareKeys';

export type { CompareAction };

const PRESSABLE = 'button, a, summary, input';

export function useCompareKeys(actions: Record<CompareAction, () => void>, enabled: boolean): void {
  const latest = useRef(actions);
  useLayoutEffect(() => {
    latest.current = actions;
  });
  useLayoutEffect(() => {
    if (!enabled) return undefined;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isTyping(event)) return;
      const isPress = event.key === 'Enter' || event.key === ' ';
      if (isPress && event.target instanceof Element && event.target.closest(PRESSABLE)) return;
      const action = compareActionOf(event);
      if (!action) return;
      event.preventDefault();
      latest.current[action]();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [enabled]);
}
