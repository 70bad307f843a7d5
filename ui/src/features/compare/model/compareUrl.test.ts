import { describe, expect, it } from 'vitest';
import { readCompare, swapped, traceIdIn, writeCompare } from './compareUrl';

const LEFT = '0a'.repeat(16);
const RIGHT = '0b'.repeat(16);

describe('the comparison in the URL', () => {
  it('reads back what it wrote, and leaves the project alone', () => {
    const search = `?project=shop&left=${LEFT}&right=${RIGHT}&only=differences,errors&step=01-02&open=1&diff=split`;
    expect(decodeURIComponent(writeCompare(readCompare(search), search))).toBe(search);
  });

  it('ignores what it cannot read', () => {
    expect(readCompare('?left=zz&right=1&only=nothing&step=<&open=1')).toEqual({
      left: '', right: '', only: new Set(), step: null, open: false, sideBySide: false,
    }); // prettier-ignore
  });

  it('exchanges the sides of the step too', () => {
    const view = readCompare(`?left=${LEFT}&right=${RIGHT}&step=01-02`);
    expect(swapped(view)).toMatchObject({ left: RIGHT, right: LEFT, step: '02-01' });
    expect(swapped({ ...view, step: '01-' }).step).toBe('-01');
  });
});

describe('traceIdIn', () => {
  it.each([
    [LEFT, LEFT],
    [` ${LEFT.toUpperCase()}\n`, LEFT],
    [`http://127.0.0.1:7070/trace/${LEFT}?view=transcript`, LEFT],
    [`${LEFT}00`, null],
    ['0a0a', null],
    ['', null],
  ])('%j', (text, id) => expect(traceIdIn(text)).toBe(id));
});
