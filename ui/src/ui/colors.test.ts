import { expect, it } from 'vitest';
import { SERVICE_SLOTS, slotOf } from './colors';

it('gives a service one colour, and no colour twice while there are free ones', () => {
  const names = Array.from({ length: SERVICE_SLOTS }, (_, i) => `service-${i}`);
  const slots = names.map(slotOf);
  expect(new Set(slots).size).toBe(SERVICE_SLOTS);
  expect(names.map(slotOf)).toEqual(slots);
  expect(slotOf('one more')).toBeLessThan(SERVICE_SLOTS);
});
