/** The last searches that were run, by signal; localStorage keeps them on this machine. */
import { useCallback, useState } from 'react';

const MOST = 12;

export function useRecent(signal: string): [string[], (query: string) => void] {
  const key = `spanhouse.recent-searches.${signal}`;
  const [recent, setRecent] = useState(() => read(key));
  const add = useCallback(
    (query: string) => {
      if (query === '') return;
      const next = [query, ...read(key).filter((other) => other !== query)].slice(0, MOST);
      setRecent(next);
      try {
        localStorage.setItem(key, JSON.stringify(next));
      } catch {
        // Storage can be forbidden; the list then lasts as long as the page.
      }
    },
    [key],
  );
  return [recent, add];
}

function read(key: string): string[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(found) ? found.filter((item) => typeof item === 'string') : [];
  } catch {
    return [];
  }
}
