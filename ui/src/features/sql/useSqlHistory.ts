/** The statements that were run on this machine, the newest first, each once; kept in localStorage. */
import { useCallback, useState } from 'react';

export interface Past {
  query: string;
  at: number;
}

const KEY = 'spanhouse.sql-history';
const MOST = 100;

export function useSqlHistory(): [Past[], (query: string) => void] {
  const [past, setPast] = useState(read);
  const add = useCallback((query: string) => {
    // What another tab has added stays.
    const next = [{ query, at: Date.now() }, ...read().filter((old) => old.query !== query)].slice(0, MOST);
    setPast(next);
    try {
      localStorage.setItem(KEY, JSON.stringify(next));
    } catch {
      // Storage can be forbidden or full; the list then lasts as long as the page.
    }
  }, []);
  return [past, add];
}

function read(): Past[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(found) ? found.filter((one): one is Past => typeof one?.query === 'string' && typeof one.at === 'number') : [];
  } catch {
    return [];
  }
}
