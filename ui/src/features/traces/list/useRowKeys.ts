/** "j" and "k" lead the focus from row to row, so that Enter opens the one that is read. */
import { useLayoutEffect, type RefObject } from 'react';
import { isTyping } from '../../../ui/chord';

export function useRowKeys(body: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const step = { j: 1, k: -1 }[event.key];
      if (!step || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
      const rows = [...(body.current?.querySelectorAll('[role=row]') ?? [])];
      const at = rows.findIndex((row) => row.contains(document.activeElement));
      rows[at < 0 ? 0 : at + step]?.querySelector<HTMLElement>('a')?.focus();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [body]);
}
