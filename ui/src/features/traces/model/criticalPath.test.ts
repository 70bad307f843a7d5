import { describe, expect, it } from 'vitest';
import type { CriticalPath as Answer } from '../../../api/types';
import { firstOf, listSegments, placePath, readCriticalPath } from './criticalPath';
import { cutTimeline } from './timeline';
import { skeletonOf } from './traceFixture';
import { buildTrace } from './tree';

/** In the skeleton by start: agent, first, other, below first; by tree: agent, first, below first, other. */
const trace = buildTrace(
  skeletonOf([
    { id: 'agent', parent: -1, start: 0, length: 100 },
    { id: 'first', parent: 0, start: 5, length: 40 },
    { id: 'other', parent: 0, start: 6, length: 60 },
    { id: 'below first', parent: 1, start: 10, length: 20 },
  ]),
);

const answer: Answer = {
  trace_id: 'a'.repeat(32),
  span_id: '',
  start_time_unix_nano: '1764000000000000000',
  duration_nano: 120,
  span_count: 4,
  shown_span_count: 4,
  attribution: [
    { category: 'agent', duration_nano: 55 },
    { category: 'tool', duration_nano: 45 },
    { category: 'idle', duration_nano: 20 },
  ],
  spans: { index: [0, 3], span_id: ['agent', 'below first'], duration: [55, 45] },
  segments: { span: [0, 1, 0, -1], start: [0, 10, 55, 100], duration: [10, 45, 45, 20], category: [0, 1, 0, 2] },
};

describe('the critical path', () => {
  const path = readCriticalPath(trace, answer);

  it('belongs to the spans on screen, in the order of the tree', () => {
    expect([...path.owner]).toEqual([-1, 0, 0, 2]);
    expect([...path.from]).toEqual([100, 0, 55, 10]);
    expect([...path.to]).toEqual([120, 10, 100, 55]);
    expect(path.category).toEqual(['idle', 'agent', 'agent', 'tool']);
    expect([firstOf(path, 0), firstOf(path, 1), firstOf(path, 3)]).toEqual([1, 3, 4]);
  });

  it('is stepped through by time, whole or by category', () => {
    expect(listSegments(path, null).map((i) => path.from[i])).toEqual([0, 10, 55, 100]);
    expect(listSegments(path, 'agent').map((i) => path.from[i])).toEqual([0, 55]);
  });

  it('follows the axis where stretches are cut out', () => {
    const { cuts } = cutTimeline(trace, [{ from: 60, to: 90 }]);
    const placed = placePath(path, cuts);
    expect(placed.to[3]).toBe(55);
    expect(placed.to[2]! - placed.from[2]!).toBeLessThan(45);
  });

  it('finds a span by its id where the trace has grown since', () => {
    const moved = readCriticalPath(trace, { ...answer, spans: { index: [9, 1], span_id: ['agent', 'below first'], duration: [55, 45] } });
    expect([...moved.owner]).toEqual([-1, 0, 0, 2]);
  });
});
