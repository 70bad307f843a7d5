/** The name under which the reader annotates, asked once and kept in localStorage. */
import { useState } from 'react';

const KEY = 'spanhouse.author';

export function useAuthor(): [string, (name: string) => void] {
  const [name, setName] = useState(read);
  return [
    name,
    (next) => {
      setName(next);
      try {
        localStorage.setItem(KEY, next);
      } catch {
        // Storage can be forbidden; the name then lasts as long as the dialog.
      }
    },
  ];
}

function read(): string {
  try {
    return localStorage.getItem(KEY) ?? '';
  } catch {
    return '';
  }
}
