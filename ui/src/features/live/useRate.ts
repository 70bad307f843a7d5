/** How many rows came in a second, over the answers of the last minute. */
import { useState } from 'react';

const SPAN_MS = 60_000;

interface Arrival {
  at: number;
  count: number;
}

/** `count` rows were new in the answer that came `at`; the first answer says nothing of a rate. */
export function useRate(at: number, count: number): number | null {
  const [arrivals, setArrivals] = useState<Arrival[]>([]);
  const last = arrivals.at(-1);
  if (at > 0 && (last === undefined || at > last.at)) {
    setArrivals([...arrivals.filter((arrival) => at - arrival.at < SPAN_MS), { at, count: last ? count : 0 }]);
  }
  const first = arrivals[0];
  if (!first || !last || last.at - first.at < 1000) return null;
  const came = arrivals.slice(1).reduce((sum, arrival) => sum + arrival.count, 0);
  return came / ((last.at - first.at) / 1000);
}
