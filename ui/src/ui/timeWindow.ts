/** A window of time as the reader chose it, and as URL parameters. */
import { parseDuration } from '../format/duration';

export const RELATIVE_WINDOWS = ['5m', '15m', '1h', '6h', '24h', '7d'] as const;
export type RelativeWindow = (typeof RELATIVE_WINDOWS)[number];

export type TimeWindow = { last: RelativeWindow } | { fromMs: number; toMs: number };

export interface Bounds {
  startMs: number;
  endMs: number;
}

/** Up to two windows that reach further back, the widest among them. */
export function widerWindows(window: TimeWindow): RelativeWindow[] {
  const at = 'last' in window ? RELATIVE_WINDOWS.indexOf(window.last) : -1;
  return RELATIVE_WINDOWS.slice(at + 1).slice(-2);
}

export function windowLength(last: RelativeWindow): number {
  return parseDuration(last)! / 1e6;
}

export function boundsOf(window: TimeWindow, now: number): Bounds {
  if ('last' in window) return { startMs: now - windowLength(window.last), endMs: now };
  return { startMs: window.fromMs, endMs: window.toMs };
}

export function readWindow(params: URLSearchParams): TimeWindow {
  const fromMs = Number(params.get('from') ?? Number.NaN);
  const toMs = Number(params.get('to') ?? Number.NaN);
  if (fromMs < toMs) return { fromMs, toMs };
  const last = RELATIVE_WINDOWS.find((known) => known === params.get('last'));
  return { last: last ?? '1h' };
}

/** The last hour is what an address without a window means. */
export function writeWindow(window: TimeWindow, params: URLSearchParams): void {
  for (const key of ['last', 'from', 'to']) params.delete(key);
  if (!('last' in window)) {
    params.set('from', String(Math.round(window.fromMs)));
    params.set('to', String(Math.round(window.toMs)));
  } else if (window.last !== '1h') params.set('last', window.last);
}
