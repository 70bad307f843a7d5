import { expect, it } from 'vitest';
import { formatNumber, formatUnit } from './unit';

it.each([
  [0.25, 's', '250 ms'],
  [1500, 'ms', '1.5 s'],
  [1536, 'By', '1.5 KiB'],
  [-2048, 'By', '−2 KiB'],
  [3, 'MiBy', '3 MiB'],
  [1234, '{token}', '1.2k token'],
  [12.34, '{request}/s', '12.3 request/s'],
  [0.5, '1/s', '0.5/s'],
  [2048, 'By/s', '2 KiB/s'],
  [0.5, 's/s', '0.5 s/s'],
  [42, '%', '42%'],
  [0.123456, '1', '0.123'],
  [7, '', '7'],
  [21.5, 'Cel', '21.5 Cel'],
])('%d %s is %s', (value, unit, text) => expect(formatUnit(value, unit)).toBe(text));

it.each([
  [0, '0'],
  [-3.14159, '−3.14'],
  [999.6, '1k'],
  [0.00004, '4.0e-5'],
])('%d is %s', (value, text) => expect(formatNumber(value)).toBe(text));
