import { describe, expect, it } from 'vitest';
import { SERVICE_SLOTS, contrast, readableOn, slotOf } from './colors';
import tokens from './tokens.css?raw';

it('gives a service one colour, and no colour twice while there are free ones', () => {
  const names = Array.from({ length: SERVICE_SLOTS }, (_, i) => `service-${i}`);
  const slots = names.map(slotOf);
  expect(new Set(slots).size).toBe(SERVICE_SLOTS);
  expect(names.map(slotOf)).toEqual(slots);
  expect(slotOf('one more')).toBeLessThan(SERVICE_SLOTS);
});

it('measures contrast as WCAG does', () => {
  expect(contrast('rgb(0, 0, 0)', 'rgb(255, 255, 255)')).toBeCloseTo(21, 5);
  expect(contrast('rgb(118, 118, 118)', 'rgb(255, 255, 255)')).toBeCloseTo(4.54, 2);
  expect(readableOn('rgb(69, 160, 88)', ['rgb(252, 252, 250)', 'rgb(26, 28, 32)'])).toBe('rgb(26, 28, 32)');
  expect(readableOn('rgb(39, 79, 120)', ['rgb(252, 252, 250)', 'rgb(26, 28, 32)'])).toBe('rgb(252, 252, 250)');
});

describe.each(['light', 'dark'] as const)('tokens, %s', (theme) => {
  const pairs = [...tokens.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)];
  const of = new Map(pairs.map(([, name, light, dark]) => [name!, rgb(theme === 'light' ? light! : dark!)]));
  const ratio = (one: string, other: string) => contrast(of.get(one)!, of.get(other)!);

  it('keep text readable on every surface', () => {
    for (const text of ['ink', 'ink-2', 'ink-3', 'lamp', 'error', 'good']) {
      for (const ground of ['ground', 'surface', 'raised', 'sunken', 'hover', 'lamp-ground', 'error-ground']) {
        expect(ratio(text, ground), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
      }
    }
  });

  it('let every bar be seen, and read what stands on it', () => {
    for (let slot = 0; slot < SERVICE_SLOTS; slot++) {
      expect(ratio(`svc-${slot}`, 'ground'), `svc-${slot}`).toBeGreaterThanOrEqual(3);
      const ink = Math.max(ratio(`svc-${slot}`, 'surface'), ratio(`svc-${slot}`, 'ink'));
      expect(ink, `label on svc-${slot}`).toBeGreaterThanOrEqual(4.5);
    }
  });
});

function rgb(hex: string): string {
  return `rgb(${[1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join(', ')})`;
}
