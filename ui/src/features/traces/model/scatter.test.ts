import { describe, expect, it } from 'vitest';
import type { TraceSummary } from '../../../api/types';
import { decadesOf, durationScale, formatDecade, heightOf, nearestDot, placeDots, timeToX, xToTime } from './scatter';

const summary = (startMs: number, duration_nano: number, error_count = 0) =>
  ({ start_time_unix_nano: `${startMs}000000`, duration_nano, error_count }) as TraceSummary;

const bounds = { startMs: 1000, endMs: 2000 };

describe('scatter', () => {
  it('spans whole decades around the durations', () => {
    expect(durationScale([summary(0, 3e6), summary(0, 2e8)])).toEqual({ low: 1e6, high: 1e9 });
    expect(durationScale([summary(0, 1e6)])).toEqual({ low: 1e6, high: 1e7 });
    expect(durationScale([])).toEqual({ low: 1e6, high: 1e9 });
  });

  it('gives a line to as many decades as have room', () => {
    expect(decadesOf({ low: 1e6, high: 1e9 }, 60, 14)).toEqual([1e6, 1e7, 1e8, 1e9]);
    expect(decadesOf({ low: 1, high: 1e15 }, 68, 14).map(formatDecade)).toEqual(['1 ns', '10 µs', '100 ms', '1k s']);
    expect(decadesOf({ low: 1, high: 1e15 }, 108, 14).map(formatDecade)).toEqual([
      '1 ns', '100 ns', '10 µs', '1 ms', '100 ms', '10 s', '1k s', '100k s',
    ]); // prettier-ignore
  });

  it('puts each decade the same distance apart', () => {
    const scale = { low: 1e6, high: 1e8 };
    expect(heightOf(1e6, scale, 100)).toBe(100);
    expect(heightOf(1e7, scale, 100)).toBe(50);
    expect(heightOf(1e8, scale, 100)).toBe(0);
    expect(heightOf(0, scale, 100)).toBe(100);
  });

  it('turns times into pixels and back', () => {
    const plot = { left: 60, width: 200 };
    expect(timeToX(1500, bounds, plot)).toBe(160);
    expect(xToTime(160, bounds, plot)).toBe(1500);
    expect(xToTime(20, bounds, plot)).toBe(1000);
    expect(xToTime(300, bounds, plot)).toBe(2000);
  });

  it('keeps a trace that began before the window off the labels', () => {
    const [dot] = placeDots([summary(100, 1e6)], bounds, { low: 1e6, high: 1e8 }, { left: 60, width: 100 }, 100);
    expect(dot!.x).toBe(60);
  });

  it('finds the nearest dot within reach', () => {
    const dots = placeDots([summary(1100, 1e6), summary(1900, 1e8)], bounds, { low: 1e6, high: 1e8 }, { left: 0, width: 100 }, 100);
    expect(nearestDot(dots, 12, 98, 8)).toBe(dots[0]);
    expect(nearestDot(dots, 50, 50, 8)).toBeNull();
  });
});
