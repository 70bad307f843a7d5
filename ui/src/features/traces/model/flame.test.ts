import { describe, expect, it } from 'vitest';
import { layoutFlame, spanAt } from './flame';
import { NOTHING_FOLDED, listRows, toggleFold } from './rows';
import { chainSkeleton, skeletonOf, type SpanLine } from './traceFixture';
import { buildTrace } from './tree';

const build = (lines: SpanLine[]) => buildTrace(skeletonOf(lines));
const bands = (lines: SpanLine[]) => {
  const trace = build(lines);
  const { band } = layoutFlame(trace, listRows(trace, NOTHING_FOLDED));
  return Object.fromEntries(trace.spanId.map((id, p) => [id, band[p]]));
};

describe('layoutFlame', () => {
  it('puts spans that follow each other side by side, below their parent', () => {
    expect(
      bands([
        { id: 'root', parent: -1, start: 0, length: 100 },
        { id: 'a', parent: 0, start: 0, length: 40 },
        { id: 'a1', parent: 1, start: 10, length: 10 },
        { id: 'b', parent: 0, start: 40, length: 60 },
      ]),
    ).toEqual({ root: 0, a: 1, a1: 2, b: 1 });
  });

  it('puts spans that run at once below each other, each with its own spans', () => {
    expect(
      bands([
        { id: 'root', parent: -1, start: 0, length: 100 },
        { id: 'a', parent: 0, start: 0, length: 50 },
        { id: 'b', parent: 0, start: 20, length: 60 },
        { id: 'a1', parent: 1, start: 25, length: 10 },
        { id: 'b1', parent: 2, start: 30, length: 10 },
        { id: 'c', parent: 0, start: 60, length: 10 },
      ]),
    ).toEqual({ root: 0, a: 1, a1: 2, b: 3, b1: 4, c: 1 });
  });

  it('keeps apart what outlives its parent, and instants', () => {
    expect(
      bands([
        { id: 'one', parent: -1, start: 0, length: 10 },
        { id: 'late', parent: 0, start: 5, length: 50 },
        { id: 'two', parent: -1, start: 20, length: 10 },
        { id: 'i', parent: 2, start: 20, length: 0 },
        { id: 'j', parent: 2, start: 20, length: 0 },
      ]),
    ).toEqual({ one: 0, late: 1, two: 2, i: 3, j: 4 });
  });

  it('hides what is below a folded span', () => {
    const trace = build([
      { id: 'root', parent: -1, start: 0, length: 100 },
      { id: 'a', parent: 0, start: 0, length: 50 },
      { id: 'a1', parent: 1, start: 0, length: 50 },
    ]);
    const flame = layoutFlame(trace, listRows(trace, toggleFold(trace, NOTHING_FOLDED, 1)));
    expect([flame.height, ...flame.band]).toEqual([2, 0, 1, -1]);
  });

  it('lays out 100,000 nested spans, and 20,000 that run at once', () => {
    const deep = buildTrace(chainSkeleton(100_000));
    expect(layoutFlame(deep, listRows(deep, NOTHING_FOLDED)).height).toBe(100_000);
    const wide = build(Array.from({ length: 20_000 }, (_, i) => ({ id: `${i}`, parent: -1, start: i, length: 50_000 })));
    expect(layoutFlame(wide, listRows(wide, NOTHING_FOLDED)).height).toBe(20_000);
  });
});

it('finds the span under the pointer', () => {
  const trace = build([
    { id: 'root', parent: -1, start: 0, length: 100 },
    { id: 'a', parent: 0, start: 10, length: 20 },
    { id: 'b', parent: 0, start: 50, length: 20 },
  ]);
  const flame = layoutFlame(trace, listRows(trace, NOTHING_FOLDED));
  const at = (band: number, place: number) => spanAt(flame, trace.start, trace.span, band, place, 1);
  expect([at(0, 0), at(1, 5), at(1, 9.5), at(1, 30), at(1, 40), at(1, 55), at(2, 55), at(-1, 5)]).toEqual([0, -1, 1, 1, -1, 2, -1, -1]);
});
