import { expect, it } from 'vitest';
import { severityOf } from './severity';

it.each([
  [0, '', 'info', 'LOG'],
  [1, '', 'trace', 'TRACE'],
  [4, '', 'trace', 'TRACE'],
  [9, 'notice', 'info', 'notice'],
  [13, '', 'warn', 'WARN'],
  [17, 'ERROR', 'error', 'ERROR'],
  [24, '', 'fatal', 'FATAL'],
  [99, '', 'info', 'LOG'],
])('%d %j is %s, written %s', (number, text, level, name) => {
  expect(severityOf(number, text)).toEqual({ level, name });
});
