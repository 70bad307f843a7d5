import { describe, expect, it } from 'vitest';
import { accepted, charactersOf, unitsOf } from './text';

describe('accepted', () => {
  it('puts an offer in its place and goes on behind it', () => {
    expect(accepted('stat', 'stat', { offset: 0, length: 4 }, 'status')).toEqual({ text: 'status ', cursor: 7 });
    expect(accepted('a = 1 and stxx = 2', 'a = 1 and stxx = 2', { offset: 10, length: 4 }, 'status')).toEqual({
      text: 'a = 1 and status = 2',
      cursor: 17,
    });
  });

  it('leaves what is not finished open', () => {
    expect(accepted('re', 're', { offset: 0, length: 2 }, 'resource.')).toEqual({ text: 'resource.', cursor: 9 });
    expect(accepted('ex', 'ex', { offset: 0, length: 2 }, 'exists(')).toEqual({ text: 'exists(', cursor: 7 });
  });

  it('replaces what was typed since the answer came', () => {
    expect(accepted('statu', 'st', { offset: 0, length: 2 }, 'status')).toEqual({ text: 'status ', cursor: 7 });
    expect(accepted('other', 'x = st', { offset: 4, length: 2 }, 'status')).toBeNull();
  });

  it('counts characters as the server does', () => {
    expect(accepted('"😀" sta', '"😀" sta', { offset: 4, length: 3 }, 'status')?.text).toBe('"😀" status ');
    expect(unitsOf('😀x', 1)).toBe(2);
    expect(charactersOf('😀x', 3)).toBe(2);
  });
});
