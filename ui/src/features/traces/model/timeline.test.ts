import { describe, expect, it } from 'vitest';
import { cutTimeline, findGaps, idleOf, isWorthCutting, toAxis, toTime } from './timeline';
import { skeletonOf } from './traceFixture';
import { buildTrace } from './tree';

/** An agent that waits 36 s for a person between two model calls. */
const waiting = buildTrace(
  skeletonOf([
    { id: 'agent', parent: -1, start: 0, length: 40_000 },
    { id: 'chat1', parent: 0, start: 0, length: 2000 },
    { id: 'chat2', parent: 0, start: 38_000, length: 2000 },
  ]),
);

describe('gaps', () => {
  it('are where no span without children runs', () => {
    const gaps = findGaps(waiting);
    expect(gaps).toEqual([{ from: 2000, to: 38_000 }]);
    expect(idleOf(gaps)).toBe(36_000);
    expect(isWorthCutting(waiting, gaps)).toBe(true);
  });

  it('are none while a call lasts, however long', () => {
    const busy = buildTrace(skeletonOf([{ id: 'call', parent: -1, start: 0, length: 40_000 }]));
    expect(findGaps(busy)).toEqual([]);
    expect(isWorthCutting(busy, [])).toBe(false);
  });

  it('leaves short pauses alone', () => {
    const paused = buildTrace(
      skeletonOf([
        { id: 'root', parent: -1, start: 0, length: 1000 },
        { id: 'a', parent: 0, start: 0, length: 490 },
        { id: 'b', parent: 0, start: 500, length: 500 },
      ]),
    );
    expect(findGaps(paused)).toEqual([]);
  });
});

describe('the axis with a cut', () => {
  const timeline = cutTimeline(waiting, findGaps(waiting));

  it('keeps the scale of what is busy, and a band for what is not', () => {
    const [cut] = timeline.cuts;
    const band = cut!.bandTo - cut!.bandFrom;
    expect(timeline.duration).toBeCloseTo(4000 + band, 6);
    expect(band / timeline.duration).toBeCloseTo(0.03, 6);
    expect([...timeline.span].slice(1).map(Math.round)).toEqual([2000, 2000]);
    expect(timeline.start[2]).toBeCloseTo(2000 + band, 6);
  });

  it('leads back to the same moment', () => {
    for (const time of [0, 1, 1999, 2000, 20_000, 37_999, 38_000, 40_000]) {
      expect(toTime(timeline.cuts, toAxis(timeline.cuts, time))).toBeCloseTo(time, 6);
    }
  });

  it('rises with time everywhere', () => {
    let before = -1;
    for (let time = 0; time <= 40_000; time += 500) {
      const place = toAxis(timeline.cuts, time);
      expect(place).toBeGreaterThan(before);
      before = place;
    }
  });
});

it('cuts many pauses of which none is long', () => {
  const turns = Array.from({ length: 40 }, (_, i) => ({ id: `t${i}`, parent: 0, start: i * 1000, length: 50 }));
  const trace = buildTrace(skeletonOf([{ id: 'root', parent: -1, start: 0, length: 40_000 }, ...turns]));
  const timeline = cutTimeline(trace, findGaps(trace));
  expect(timeline.cuts).toHaveLength(40);
  expect(timeline.duration).toBeLessThan(3000);
});
