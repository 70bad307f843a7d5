import { expect, it } from 'vitest';
import { findLog, nameLog } from './logs';

it('names a record by its time, and by its place among those of the same time', () => {
  const logs = ['5', '7', '7', '7', '9'].map((time_unix_nano) => ({ span_id: '', start: 0, time_unix_nano }));
  expect(logs.map((_, log) => nameLog(logs, log))).toEqual(['5', '7', '7.1', '7.2', '9']);
  expect(['5', '7', '7.1', '7.2', '9'].map((name) => findLog(logs, name))).toEqual([0, 1, 2, 3, 4]);
  expect([findLog(logs, '7.9'), findLog(logs, '6'), findLog(logs, null)]).toEqual([1, -1, -1]);
});
