import { describe, expect, it } from 'vitest';
import { capsOf, chordOf } from '../../../ui/chord';
import { ACTIONS, KEYS, actionOf } from './keys';

const press = (key: string, held: Partial<Record<'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey', boolean>> = {}) => ({
  key,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...held,
});

describe('keys', () => {
  it('binds every action, and no chord twice', () => {
    expect(new Set(KEYS.map((k) => k.action))).toEqual(new Set(ACTIONS));
    const chords = KEYS.flatMap((k) => k.chords);
    expect(new Set(chords).size).toBe(chords.length);
  });

  it('tells a letter from its shifted form, whatever caps lock says', () => {
    expect(actionOf(press('f'))).toBe('nextVisible');
    expect(actionOf(press('F', { shiftKey: true }))).toBe('fit');
    expect(actionOf(press('F'))).toBe('nextVisible');
  });

  it('takes command for control and leaves alt chords alone', () => {
    expect(actionOf(press('k', { metaKey: true }))).toBe('commands');
    expect(actionOf(press('f', { ctrlKey: true }))).toBe('find');
    expect(actionOf(press('f', { altKey: true }))).toBeNull();
    expect(actionOf(press('c', { ctrlKey: true }))).toBeNull();
  });

  it('reads a sign by itself, however the keyboard makes it', () => {
    expect(chordOf(press('?', { shiftKey: true }))).toBe('?');
    expect(actionOf(press('/', { shiftKey: true }))).toBe('find');
  });

  it('names the caps', () => {
    expect(capsOf('Shift+ArrowUp')).toEqual(['Shift', 'ArrowUp']);
    expect(capsOf('+')).toEqual(['+']);
    expect(capsOf(' ')).toEqual(['Space']);
    expect(capsOf('g t')).toEqual(['G', 'T']);
  });
});
