import { describe, expect, it } from 'vitest';
import type { TraceSummary } from '../../../api/types';
import { decadesOf, durationScale, heightOf, nearestDot, placeDots, timeToX, xToTime } from './scatter';

const summary = (startMs: number, duration_nano: number, error_count = 0) =>
  ({ start_time_unix_nano: `${startMs}000000`, duration_nano, error_count }) as TraceSummary;

const bounds = { startMs: 1000, endMs: 2000 };

describe('scatter', () => {
  it('spans whole decades around the durations', () => {
    expect(durationScale([summary(0, 3e6), summary(0, 2e8)])).toEqual({ low: 1e6, high: 1e9 });
    expect(durationScale([summary(0, 1e6)])).toEqual({ low: 1e6, high: 1e7 });
    expect(durationScale([])).toEqual({ low: 1e6, high: 1e9 });
    expect(decadesOf({ low: 1e6, high: 1e9 })).toEqual([1e6, 1e7, 1e8, 1e9]);
  });

  it('puts each decade the same distance apart', () => {
    const scale = { low: 1e6, high: 1e8 };
    expect(heightOf(1e6, scale, 100)).toBe(100);
    expect(heightOf(1e7, scale, 100)).toBe(50);
    expect(heightOf(1e8, scale, 100)).toBe(0);
    expect(heightOf(0, scale, 100)).toBe(100);
  });

  it('turns times into pixels and back', () => {
    expect(timeToX(1500, bounds, 200)).toBe(100);
    expect(xToTime(100, bounds, 200)).toBe(1500);
  });

  it('finds the nearest dot within reach', () => {
    const dots = placeDots([summary(1100, 1e6), summary(1900, 1e8)], bounds, { low: 1e6, high: 1e8 }, 100, 100);
    expect(nearestDot(dots, 12, 98, 8)).toBe(dots[0]);
    expect(nearestDot(dots, 50, 50, 8)).toBeNull();
  });
});
