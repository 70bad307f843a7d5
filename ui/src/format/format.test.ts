import { describe, expect, it } from 'vitest';
import { formatCost } from './cost';
import { formatDuration, parseDuration, writeDuration } from './duration';
import { spanTitle } from './name';
import { formatCompact } from './number';
import { formatAge, formatExact, formatUtc, msToNano, nanoToMs } from './time';

describe('parseDuration', () => {
  it.each([
    ['250ms', 250e6],
    ['1.5s', 1.5e9],
    ['1m 30s', 90e9],
    ['1m30s', 90e9],
    ['10us', 10e3],
    ['10µs', 10e3],
    ['42ns', 42],
    ['2h', 7200e9],
    ['.5s', 5e8],
    ['300', 300e6],
    [' 3 ms ', 3e6],
  ])('reads %s', (text, nano) => expect(parseDuration(text)).toBe(nano));

  it.each(['', 'abc', '5 parsecs', '1s,', '-3ms', '1..2s'])('refuses %j', (text) =>
    expect(parseDuration(text)).toBeNull(),
  );

  it.each([1, 999, 1000, 1500, 250e6, 1.5e9, 90e9, 3600e9, 123456789])('reads back what it wrote: %d', (nano) =>
    expect(parseDuration(writeDuration(nano))).toBe(nano),
  );
});

describe('formatDuration', () => {
  it.each([
    [0, '0 s'],
    [7, '7 ns'],
    [999, '999 ns'],
    [1000, '1 µs'],
    [1234, '1.23 µs'],
    [999_600, '1 ms'],
    [12_345_678, '12.3 ms'],
    [250e6, '250 ms'],
    [1.5e9, '1.5 s'],
    [59.999e9, '1m'],
    [90e9, '1m 30s'],
    [3660e9, '1h 1m'],
    [90000e9, '1d 1h'],
    [-2e6, '−2 ms'],
  ])('%d ns is %s', (nano, text) => expect(formatDuration(nano)).toBe(text));
});

describe('time', () => {
  it('keeps all nine digits of a nanosecond time', () => {
    expect(formatExact('1764000000123456789')).toMatch(/\.123456789$/);
    expect(nanoToMs('1764000000123456789')).toBe(1764000000123);
    expect(msToNano(1764000000123)).toBe('1764000000123000000');
  });

  it('says how old a time is and never shows a negative age', () => {
    expect(formatAge(1000, 66_000)).toBe('1m ago');
    expect(formatAge(5000, 1000)).toBe('now');
  });
});

describe('formatCompact', () => {
  it.each([
    [999, '999'],
    [1000, '1k'],
    [1234, '1.2k'],
    [100_000, '100k'],
    [999_600, '1M'],
  ])('%d is %s', (value, text) => expect(formatCompact(value)).toBe(text));
});

it('has words for a span without a name', () => {
  expect(['', ' \t ', ' GET /'].map(spanTitle)).toEqual(['unnamed span', 'unnamed span', ' GET /']);
});

it('writes a moment for every reader, to the nanosecond', () => {
  expect(formatUtc('1764000000000000042')).toBe('2025-11-24T16:00:00.000000042Z');
});

it.each([
  [0, '$0'],
  [12.3, '$12.30'],
  [1234.5, '$1,234.50'],
  [0.1234, '$0.12'],
  [0.0341, '$0.034'],
  [0.00345, '$0.0035'],
  [0.0000021, '$0.0000021'],
  [1e-9, '<$0.000001'],
  [-0.5, '−$0.50'],
])('writes %d US dollars as %s', (usd, text) => expect(formatCost(usd)).toBe(text));
