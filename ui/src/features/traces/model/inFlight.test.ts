import { expect, it } from 'vitest';
import { flightState, nextLook } from './inFlight';

const S = 1e9;
const arrival = (root_count: number, age_nano: number) => ({ span_count: 3, root_count, age_nano, received_time_unix_nano: '1764000000000000000' });

it.each([
  ['the root has come, and a span just now', 1, 3 * S, 'in flight', 2000],
  ['the root has come, and nothing for a while', 1, 11 * S, 'finished', false],
  ['the root is awaited', 0, 3 * S, 'in flight', 2000],
  ['the root is awaited for long', 0, 120 * S, 'in flight', 10_000],
  ['the root has not come for ten minutes', 0, 601 * S, 'never ended', false],
])('%s', (_, roots, age, state, pause) => {
  expect(flightState(arrival(roots, age))).toBe(state);
  expect(nextLook(arrival(roots, age))).toBe(pause);
});
