import { expect, it } from 'vitest';
import { prettyJson, showValue } from './pretty';

it('lays out JSON objects and arrays, and leaves other text alone', () => {
  expect(prettyJson('{"a":[1]}')).toBe('{\n  "a": [\n    1\n  ]\n}');
  expect(prettyJson('42')).toBeNull();
  expect(prettyJson('{not json')).toBeNull();
  expect(prettyJson('')).toBeNull();
});

it('shows any value as text', () => {
  expect(showValue('plain')).toBe('plain');
  expect(showValue({ a: 1 })).toBe('{\n  "a": 1\n}');
  expect(showValue(undefined)).toBe('');
  expect(showValue(null)).toBe('null');
});
