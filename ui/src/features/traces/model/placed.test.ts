import { expect, it } from 'vitest';
import { placeSpan } from './placed';
import { skeletonOf } from './traceFixture';
import { buildTrace } from './tree';

const trace = buildTrace(
  skeletonOf([
    { id: 'root', parent: -1, start: 3e9, length: 1e9 },
    { id: 'early', parent: 0, start: 0, length: 1e9 },
    { id: 'inside', parent: 0, start: 3e9, length: 1e9 },
    { id: 'over', parent: 0, start: 3.5e9, length: 1e9 },
    { id: 'late', parent: 0, start: 4.2e9, length: 1e9 },
    { id: 'orphan', parent: -2, start: 0, length: 9e9 },
    { id: 'twice', parent: 0, start: 3e9, length: 1 },
    { id: 'twice', parent: 0, start: 3e9, length: 2 },
  ]),
);
const place = (id: string) => placeSpan(trace, trace.spanId.indexOf(id));

it('says how a span leaves the time of its parent', () => {
  expect(place('early').outside).toBe('Starts 3 s before its parent: the clocks differ');
  expect(place('late').outside).toBe('Starts 200 ms after its parent ended');
  expect(place('over').outside).toBe('Ends 500 ms after its parent');
  expect(['root', 'inside', 'orphan'].map((id) => place(id).outside)).toEqual(['', '', '']);
});

it('knows whether the parent is here, and who else has the id', () => {
  expect(place('inside')).toMatchObject({ hasParent: true, sameId: 1 });
  expect(place('orphan')).toMatchObject({ hasParent: false, sameId: 1 });
  expect(place('twice').sameId).toBe(2);
});
