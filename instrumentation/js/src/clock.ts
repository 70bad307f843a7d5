/** The time with its microseconds: the SDK starts a span on the millisecond, which leaves a waterfall's order to chance. */

/** So far the two clocks may be apart before the wall clock is believed again: it was set, or the machine slept. */
const APART_MILLISECONDS = 20;

let origin = performance.timeOrigin;

/** Milliseconds since 1970, with a fraction. */
export function now(): number {
  const wall = Date.now();
  const precise = origin + performance.now();
  if (Math.abs(precise - wall) <= APART_MILLISECONDS) return precise;
  origin = wall - performance.now();
  return wall;
}
