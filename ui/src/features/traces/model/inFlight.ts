/** Whether more of a trace is to be expected, and when to look again. */
import type { TraceArrival } from '../../../api/types';

export type FlightState = 'in flight' | 'never ended' | 'finished';

/** A root that has not come within this time after the last span is taken for lost. */
const ROOT_AWAITED_NANO = 10 * 60e9;
/** After its root, spans of other services come within their exporters' batch delay: 5 s by OpenTelemetry's default. */
const SETTLED_NANO = 10e9;
const SOON_NANO = 60e9;
const SOON_MS = 2000;
const LATER_MS = 10_000;

export function flightState({ root_count, age_nano }: TraceArrival): FlightState {
  if (root_count > 0) return age_nano < SETTLED_NANO ? 'in flight' : 'finished';
  return age_nano < ROOT_AWAITED_NANO ? 'in flight' : 'never ended';
}

/** Milliseconds until the next look; false for a trace of which nothing more is expected. */
export function nextLook(arrival: TraceArrival): number | false {
  if (flightState(arrival) !== 'in flight') return false;
  return arrival.age_nano < SOON_NANO ? SOON_MS : LATER_MS;
}
