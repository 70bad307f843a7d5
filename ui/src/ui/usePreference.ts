/** A number the reader set once, kept in localStorage under one prefix. */
import { useCallback, useState } from 'react';

export function usePreference(name: string, initial: number): [number, (value: number) => void] {
  const key = `spanhouse.${name}`;
  const [value, setValue] = useState(() => readNumber(key) ?? initial);
  const change = useCallback(
    (next: number) => {
      setValue(next);
      try {
        localStorage.setItem(key, String(next));
      } catch {
        // Storage can be forbidden; the choice then lasts as long as the page.
      }
    },
    [key],
  );
  return [value, change];
}

function readNumber(key: string): number | null {
  try {
    const value = Number.parseFloat(localStorage.getItem(key) ?? '');
    return Number.isFinite(value) ? value : null;
  } catch {
    return null;
  }
}
