import { describe, expect, it } from 'vitest';
import { clampZoom, fitSpan, fullZoom, isFull, listTicks, panBy, placeBar, toNano, toPixel, zoomBy } from './layout';

const HOUR = 3600e9;

describe('zoom', () => {
  it('keeps the anchored moment in its place', () => {
    const zoomed = zoomBy({ from: 0, to: 1000 }, 0.5, 0.25, 1000);
    expect(zoomed).toEqual({ from: 125, to: 625 });
    expect(toPixel(250, zoomed, 800)).toBe(toPixel(250, { from: 0, to: 1000 }, 800));
  });

  it('never leaves the trace, and pans without changing width', () => {
    expect(panBy({ from: 0, to: 400 }, -0.5, 1000)).toEqual({ from: 0, to: 400 });
    expect(panBy({ from: 500, to: 900 }, 0.5, 1000)).toEqual({ from: 600, to: 1000 });
    expect(clampZoom({ from: -50, to: 5000 }, 1000)).toEqual(fullZoom(1000));
    expect(isFull(zoomBy({ from: 100, to: 900 }, 9, 0.5, 1000), 1000)).toBe(true);
    const there = panBy(zoomBy(fullZoom(239_314_076), 0.7, 0.5, 239_314_076), 0.5, 239_314_076);
    expect(isFull(zoomBy(there, 1 / 0.7, 0.5, 239_314_076), 239_314_076)).toBe(true);
  });

  it('stops at the narrowest range and copes with a trace shorter than that', () => {
    const tight = zoomBy({ from: 0, to: 1e6 }, 1e-9, 0.5, 1e6);
    expect(tight.to - tight.from).toBe(100);
    expect(clampZoom({ from: 0, to: 1 }, 1)).toEqual({ from: 0, to: 1 });
  });

  it('fits a span with air around it', () => {
    expect(fitSpan(10_000, 10_000, 100_000)).toEqual({ from: 9000, to: 21_000 });
  });

  it('turns pixels into nanoseconds and back', () => {
    const zoom = { from: 100, to: 300 };
    expect(toPixel(toNano(33, zoom, 640), zoom, 640)).toBeCloseTo(33);
  });
});

describe('placeBar', () => {
  const zoom = { from: 0, to: 1000 };
  it('draws what is too short to see two pixels wide', () => {
    expect(placeBar(500, 0, zoom, 100)).toEqual({ x: 50, width: 2 });
  });
  it('keeps a zero bar at the very end inside the view', () => {
    expect(placeBar(1000, 0, zoom, 100)).toEqual({ x: 98, width: 2 });
  });
  it('cuts what reaches outside and drops what lies there', () => {
    expect(placeBar(-1e9, 2e9, zoom, 100)).toEqual({ x: -1, width: 102 });
    expect(placeBar(2000, 10, zoom, 100)).toBeNull();
    expect(placeBar(-2000, 10, zoom, 100)).toBeNull();
  });
});

describe('listTicks', () => {
  it('uses round steps at least the gap apart', () => {
    expect(listTicks({ from: 0, to: 1e6 }, [], 1000, 190).map(({ time }) => time)).toEqual([0, 2e5, 4e5, 6e5, 8e5, 1e6]);
  });
  it('uses clock steps above a second', () => {
    expect(listTicks({ from: 0, to: HOUR }, [], 1000, 200).map(({ time }) => time)).toEqual([0, 900e9, 1800e9, 2700e9, HOUR]);
  });
  it('has none without a width', () => {
    expect(listTicks({ from: 0, to: 10 }, [], 0, 100)).toEqual([]);
  });

  it('go on with round times after a cut, and have none inside it', () => {
    const cuts = [{ from: 2000, to: 38_000, bandFrom: 2000, bandTo: 2100 }];
    expect(listTicks({ from: 0, to: 4100 }, cuts, 1000, 200)).toEqual([
      { time: 0, place: 0 },
      { time: 1000, place: 1000 },
      { time: 2000, place: 2000 },
      { time: 39_000, place: 3100 },
      { time: 40_000, place: 4100 },
    ]);
  });
});
