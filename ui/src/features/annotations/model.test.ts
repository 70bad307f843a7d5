import { expect, it } from 'vitest';
import type { Annotation } from '../../api/types';
import { describe as tell, draftOf, EMPTY, shortOf, writeOf } from './model';

const annotation: Annotation = {
  id: 'a',
  trace_id: 'a'.repeat(32),
  span_id: 'b'.repeat(16),
  kind: 'score',
  name: 'relevance',
  score_value: 0.123456,
  score_label: '',
  text: 'half of it',
  error_type: '',
  source: 'llm',
  author: 'judge',
  created_time_unix_nano: '1',
  updated_time_unix_nano: '1',
};

it('says each kind in a few words', () => {
  expect(shortOf(annotation)).toBe('relevance 0.1235');
  expect(shortOf({ ...annotation, score_label: 'poor' })).toBe('relevance 0.1235 poor');
  expect(shortOf({ ...annotation, score_value: 1, score_label: 'true' })).toBe('relevance yes');
  expect(shortOf({ ...annotation, score_value: null, error_type: 'timeout' })).toBe('relevance timeout');
  expect(shortOf({ ...annotation, kind: 'label', name: 'to review' })).toBe('to review');
  expect(shortOf({ ...annotation, kind: 'comment', name: '', text: 'why?' })).toBe('why?');
  expect(tell(annotation)).toBe('relevance = 0.123456\nhalf of it\nllm, judge');
});

it.each<Annotation>([
  annotation,
  { ...annotation, score_value: 0, score_label: 'false' },
  { ...annotation, score_value: null, score_label: 'good' },
  { ...annotation, kind: 'label', score_value: null },
  { ...annotation, kind: 'comment', name: '', score_value: null },
])('keeps what it says through the form: %j', (said) => {
  const { kind, name, score_value, score_label, text, span_id } = said;
  expect(writeOf(draftOf(said), span_id, ' ann ')).toEqual({ kind, name, score_value, score_label, text, span_id, source: 'human', author: 'ann' });
});

it('writes nothing while something is missing', () => {
  expect(writeOf(EMPTY, null, '')).toBeNull();
  expect(writeOf({ ...EMPTY, kind: 'label', name: ' ' }, null, '')).toBeNull();
  expect(writeOf({ ...EMPTY, kind: 'score', name: 'x', value: '' }, null, '')).toBeNull();
  expect(writeOf({ ...EMPTY, kind: 'score', name: 'x', value: '1e400' }, null, '')).toBeNull();
  expect(writeOf({ ...EMPTY, kind: 'score', name: 'x', form: 'yes or no', value: 'maybe' }, null, '')).toBeNull();
});
