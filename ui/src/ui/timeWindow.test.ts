import { expect, it } from 'vitest';
import { boundsOf, widerWindows } from './timeWindow';

it('never offers a window that shows less', () => {
  expect(widerWindows({ last: '1h' })).toEqual(['24h', '7d']);
  expect(widerWindows({ last: '24h' })).toEqual(['7d']);
  expect(widerWindows({ last: '7d' })).toEqual([]);
  expect(widerWindows({ fromMs: 0, toMs: 1 })).toEqual(['24h', '7d']);
});

it('counts a relative window back from now', () => {
  expect(boundsOf({ last: '15m' }, 1_000_000)).toEqual({ startMs: 100_000, endMs: 1_000_000 });
});
