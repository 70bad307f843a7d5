import { describe, expect, it } from 'vitest';
import { chartOf, MOST_BARS, MOST_SERIES } from './chart';
import { formatBytes, formatNumber, kindOf, linkOf, prettyValue, unitOf } from './columns';
import { isBound, parametersOf, valuesOf } from './parameters';
import { splitStatements, statementAt } from './statements';

describe('statements', () => {
  it('are ended by semicolons that stand in no string and no comment', () => {
    const text = `-- one; two\nSELECT ';', "a;b", \`c;\` /* ; */ ;;\n SELECT 'it''s; \\'; x' -- end;\n`;
    expect(splitStatements(text).map((statement) => statement.text)).toEqual([
      `SELECT ';', "a;b", \`c;\``,
      `SELECT 'it''s; \\'; x'`,
    ]);
  });

  it('have the place of their first and last character', () => {
    const [first, second] = splitStatements('  SELECT 1 ;\n# note\nSELECT 2');
    expect([first!.from, first!.to]).toEqual([2, 10]);
    expect([second!.from, second!.to]).toEqual([20, 28]);
  });

  it('are chosen by the cursor', () => {
    const text = 'SELECT 1; SELECT 2';
    expect(statementAt(text, 3)!.text).toBe('SELECT 1');
    expect(statementAt(text, 9)!.text).toBe('SELECT 1');
    expect(statementAt(text, 10)!.text).toBe('SELECT 2');
    expect(statementAt('\n\nSELECT 1', 0)!.text).toBe('SELECT 1');
    expect(statementAt(' -- nothing', 2)).toBeNull();
  });

  it('may be cut off in a string', () => {
    expect(splitStatements("SELECT 'a; b").map(({ text }) => text)).toEqual(["SELECT 'a; b"]);
  });
});

describe('parameters', () => {
  it('are found once each, and not in strings and comments', () => {
    const text = `SELECT {a:String}, {at : DateTime64(9, 'UTC')}, '{b:String}' -- {c:String}\nWHERE x = {a:String} AND y = {'k': 1}`;
    expect(parametersOf(text)).toEqual([
      { name: 'a', type: 'String' },
      { name: 'at', type: "DateTime64(9, 'UTC')" },
    ]);
  });

  it('named start and end take the window', () => {
    const parameters = parametersOf("SELECT {start:DateTime64(9, 'UTC')}, {end:DateTime}, {limit:UInt32}, {start_:DateTime}");
    expect(parameters.map(isBound)).toEqual([true, true, false, false]);
    expect(valuesOf(parameters, { limit: '5', end: 'ignored' }, '1h', 7_200_000)).toEqual({
      start: '3600',
      end: '7200',
      limit: '5',
      start_: '',
    });
  });
});

describe('columns', () => {
  it('are told apart by type', () => {
    const types = ['UInt64', 'Nullable(Float64)', 'LowCardinality(Nullable(String))', "DateTime64(9, 'UTC')", 'Map(String, String)', 'Bool'];
    expect(types.map(kindOf)).toEqual(['number', 'number', 'text', 'time', 'nested', 'text']);
  });

  it('have the unit that their name says, if they are numbers', () => {
    expect(unitOf('Duration', 'UInt64')).toBe('nanoseconds');
    expect(unitOf('p95_ms', 'Float64')).toBe('milliseconds');
    expect(unitOf('read_bytes', 'UInt64')).toBe('bytes');
    expect(unitOf('cost', 'Float64')).toBe('USD');
    expect(unitOf('Duration', 'String')).toBeNull();
    expect(unitOf('items', 'UInt64')).toBeNull();
  });

  it('lose no digit of a 64-bit integer', () => {
    expect(formatNumber('18446744073709551615', null)).toBe('18,446,744,073,709,551,615');
    expect(formatNumber('0.1', null)).toBe('0.1');
    expect(formatNumber('nan', null)).toBe('nan');
    expect(formatNumber('1500000', 'nanoseconds')).toBe('1.5 ms');
    expect(formatNumber(0.25, 'USD')).toBe('$0.25');
    expect(formatNumber(null, null)).toBe('NULL');
  });

  it('write bytes in steps of a thousand', () => {
    expect([0, 999, 1000, 123_456, 999_500, 5e9].map(formatBytes)).toEqual(['0 B', '999 B', '1.0 kB', '123 kB', '1.0 MB', '5.0 GB']);
  });

  it('lead to traces and spans', () => {
    const columns = [{ name: 'trace_id' }, { name: 'SpanId' }, { name: 'x' }];
    const row = ['A'.repeat(32), 'b'.repeat(16), 'c'];
    expect(linkOf(columns, row, 0)).toBe(`/trace/${'a'.repeat(32)}`);
    expect(linkOf(columns, row, 1)).toBe(`/trace/${'a'.repeat(32)}?span=${'b'.repeat(16)}`);
    expect(linkOf(columns, row, 2)).toBeNull();
    expect(linkOf([{ name: 'SpanId' }], ['b'.repeat(16)], 0)).toBeNull();
  });

  it('are shown over several lines where they are nested or JSON', () => {
    expect(prettyValue({ a: [1] })).toBe('{\n  "a": [\n    1\n  ]\n}');
    expect(prettyValue('{"a":1}')).toBe('{\n  "a": 1\n}');
    expect(prettyValue('{not json')).toBe('{not json');
  });
});

describe('charts', () => {
  const at = (hour: number) => `2026-01-01 0${hour}:00:00`;
  const second = (hour: number) => Date.UTC(2026, 0, 1, hour) / 1000;

  it('are lines over time, one for each number, gaps kept', () => {
    const columns = [{ name: 't', type: "DateTime('UTC')" }, { name: 'n', type: 'UInt64' }, { name: 'p95_ms', type: 'Float64' }];
    const chart = chartOf({ columns, rows: [[at(2), '5', 1.5], [at(1), '4', null]] });
    expect(chart).toEqual({
      kind: 'line',
      x: [second(1), second(2)],
      xName: 't',
      leftOut: 0,
      series: [
        { name: 'n', unit: null, values: [4, 5] },
        { name: 'p95_ms', unit: 'milliseconds', values: [null, 1.5] },
      ],
    });
  });

  it('are lines by text, and say how many are left out', () => {
    const columns = [{ name: 't', type: 'Date' }, { name: 'service', type: 'String' }, { name: 'n', type: 'UInt64' }];
    const rows = Array.from({ length: 15 }, (_, index) => ['2026-01-01', `s${index}`, String(index)]);
    const chart = chartOf({ columns, rows });
    expect(chart?.kind === 'line' && chart.series.map(({ name }) => name)[10]).toBe('s10');
    expect(chart?.leftOut).toBe(15 - MOST_SERIES);
  });

  it('are bars by text', () => {
    const columns = [{ name: 'service', type: 'LowCardinality(String)' }, { name: 'Duration', type: 'UInt64' }];
    const chart = chartOf({ columns, rows: Array.from({ length: MOST_BARS + 1 }, (_, index) => [`s${index}`, String(index)]) });
    expect(chart).toMatchObject({ kind: 'bar', unit: 'nanoseconds', valueName: 'Duration', leftOut: 1 });
    expect(chart?.kind === 'bar' && chart.bars[3]).toEqual({ label: 's3', value: 3 });
  });

  it('are points of two numbers', () => {
    const columns = [{ name: 'a', type: 'Float64' }, { name: 'b', type: 'Float64' }];
    const chart = chartOf({ columns, rows: [[2, 20], [1, 10], ['nan', 5]] });
    expect(chart).toMatchObject({ kind: 'scatter', x: [1, 2], xName: 'a', series: [{ name: 'b', values: [10, 20] }] });
  });

  it('are none of text alone, of one number alone, of nothing', () => {
    expect(chartOf({ columns: [{ name: 'a', type: 'String' }], rows: [['x']] })).toBeNull();
    expect(chartOf({ columns: [{ name: 'a', type: 'UInt8' }], rows: [[1]] })).toBeNull();
    expect(chartOf({ columns: [{ name: 'a', type: 'Date' }, { name: 'b', type: 'UInt8' }], rows: [] })).toBeNull();
  });
});
