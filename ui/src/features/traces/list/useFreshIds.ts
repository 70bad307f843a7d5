/** Rows that were not in the list a moment ago, so that live rows can draw the eye once. */
import { useState } from 'react';

const NONE: ReadonlySet<string> = new Set();

interface Memory {
  ids: readonly string[];
  seen: ReadonlySet<string>;
  fresh: ReadonlySet<string>;
}

export function useFreshIds(ids: readonly string[], live: boolean): ReadonlySet<string> {
  const [memory, setMemory] = useState<Memory>({ ids: [], seen: NONE, fresh: NONE });
  if (memory.ids === ids) return memory.fresh;
  const isFirstAnswer = memory.seen.size === 0;
  const fresh = live && !isFirstAnswer ? new Set(ids.filter((id) => !memory.seen.has(id))) : NONE;
  setMemory({ ids, seen: new Set([...memory.seen, ...ids]), fresh });
  return fresh;
}
