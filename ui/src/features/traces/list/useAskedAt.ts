/**
 * The moment a relative window counts back from. It moves when the question changes, when it is asked again and,
 * live, every few seconds; else scrolling would ask each page over another window.
 */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

export const LIVE_MS = 4000;

export function useAskedAt(live: boolean, question: string): [number, () => void] {
  const [asked, setAsked] = useState(() => ({ at: Date.now(), question }));
  const client = useQueryClient();
  // oxlint-disable-next-line react/purity -- the clock is read once per question, and kept
  if (asked.question !== question) setAsked({ at: Date.now(), question });
  useEffect(() => {
    if (!live) return undefined;
    // A page in the background costs the server nothing.
    const timer = setInterval(() => {
      if (!document.hidden) setAsked((old) => ({ ...old, at: Date.now() }));
    }, LIVE_MS);
    return () => clearInterval(timer);
  }, [live]);
  const ask = () => {
    setAsked((old) => ({ ...old, at: Date.now() }));
    void client.invalidateQueries({ queryKey: ['traces'] });
  };
  return [asked.at, ask];
}
