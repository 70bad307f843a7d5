import { describe, expect, it } from 'vitest';
import { comparePieces, compareTexts, readUnified, sideBySide } from './textDiff';

const marked = (pieces: { text: string; changed: boolean }[] | null) =>
  pieces?.map(({ text, changed }) => (changed ? `[${text}]` : text)).join('');

const numbered = (word: string) => Array.from({ length: 2000 }, (_, at) => `${word} ${at}`).join('\n');

describe('readUnified', () => {
  it('tells lines apart and marks the words in which two lines in one place differ', () => {
    const lines = readUnified('@@ -1,3 +1,3 @@\n be brief\n-answer in two words\n+answer in three words\n end');
    expect(lines.map(({ kind, text }) => [kind, text])).toEqual([
      ['context', 'be brief'],
      ['removed', 'answer in two words'],
      ['added', 'answer in three words'],
      ['context', 'end'],
    ]);
    expect(marked(lines[1]!.pieces)).toBe('answer in [two] words');
    expect(marked(lines[2]!.pieces)).toBe('answer in [three] words');
  });

  it('says where lines are left out, and how much of a long text was compared', () => {
    const lines = readUnified(
      '@@ -1 +1 @@\n-a\n+b\n@@ -9 +9 @@\n-c\n+d\n@@ only the first 20000 compared: left 30000, right 20001 characters @@',
    );
    expect(lines.filter(({ kind }) => kind === 'skip').map(({ text }) => text)).toEqual([
      '',
      'only the first 20000 compared: left 30000, right 20001 characters',
    ]);
  });
});

describe('compareTexts', () => {
  it('keeps what is equal and pairs what is not', () => {
    const lines = compareTexts('{\n  "id": 1\n}', '{\n  "id": 2,\n  "again": true\n}');
    expect(lines.map(({ kind, text }) => [kind, text])).toEqual([
      ['context', '{'],
      ['removed', '  "id": 1'],
      ['added', '  "id": 2,'],
      ['added', '  "again": true'],
      ['context', '}'],
    ]);
    expect(sideBySide(lines).map(({ left, right }) => [left?.text ?? null, right?.text ?? null])).toEqual([
      ['{', '{'],
      ['  "id": 1', '  "id": 2,'],
      [null, '  "again": true'],
      ['}', '}'],
    ]);
  });

  it('takes two long texts without a line in common as changed as a whole', () => {
    const lines = compareTexts(numbered('a'), numbered('b'));
    expect(lines.filter(({ kind }) => kind === 'removed').length).toBe(2000);
    expect(lines.filter(({ kind }) => kind === 'added').length).toBe(2000);
  });

  it('is right about what it says: both texts can be read back', () => {
    const left = 'a\nb\nc\nd\ne\nf';
    const right = 'b\nx\nd\ne\ny\nf\nz';
    const lines = compareTexts(left, right);
    const without = (kind: string) => lines.filter((line) => line.kind !== kind).map(({ text }) => text).join('\n');
    expect(without('added')).toBe(left);
    expect(without('removed')).toBe(right);
  });
});

it('does not mark words where hardly one is the same', () => {
  expect(comparePieces('where is my parcel', 'delete all of them')).toEqual([null, null]);
});
