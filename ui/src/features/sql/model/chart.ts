/** The chart that an answer's columns ask for, and its data; null where they ask for none. */
import type { SqlAnswer } from '../../../api/types';
import { kindOf, unitOf, type Unit } from './columns';

export interface Series {
  name: string;
  unit: Unit;
  values: (number | null)[];
}

export interface XyChart {
  kind: 'line' | 'scatter';
  /** Seconds since 1970 of a line, numbers of a scatter; ascending. */
  x: number[];
  xName: string;
  series: Series[];
  /** Series beyond the most that can be told apart. */
  leftOut: number;
}

export interface BarChart {
  kind: 'bar';
  bars: { label: string; value: number }[];
  unit: Unit;
  valueName: string;
  leftOut: number;
}

export const MOST_SERIES = 11;
export const MOST_BARS = 50;

export function chartOf({ columns, rows }: Pick<SqlAnswer, 'columns' | 'rows'>): XyChart | BarChart | null {
  if (rows.length === 0) return null;
  const kinds = columns.map(({ type }) => kindOf(type));
  const numbers = indices(kinds, 'number');
  const time = kinds.indexOf('time');
  const text = kinds.indexOf('text');
  if (numbers.length === 0) return null;
  if (time >= 0) return lineOf(columns, rows, time, text, numbers);
  if (text >= 0) return barsOf(columns, rows, text, numbers[0]!);
  return numbers.length > 1 ? scatterOf(columns, rows, numbers) : null;
}

function indices(kinds: string[], wanted: string): number[] {
  return kinds.flatMap((kind, index) => (kind === wanted ? [index] : []));
}

type Columns = SqlAnswer['columns'];
type Rows = SqlAnswer['rows'];

function lineOf(columns: Columns, rows: Rows, time: number, text: number, numbers: number[]): XyChart | null {
  const byTime = new Map<number, Map<string, number | null>>();
  const names = new Map<string, Unit>();
  for (const row of rows) {
    const x = secondsOf(row[time]);
    if (x === null) continue;
    const at = byTime.get(x) ?? new Map<string, number | null>();
    byTime.set(x, at);
    for (const index of numbers) {
      const { name, type } = columns[index]!;
      const of = text < 0 ? '' : String(row[text]);
      const series = text < 0 ? name : numbers.length > 1 ? `${of} ${name}` : of;
      names.set(series, unitOf(name, type));
      at.set(series, numberOf(row[index]));
    }
  }
  const x = [...byTime.keys()].toSorted((a, b) => a - b);
  if (x.length === 0) return null;
  const all = [...names];
  const series = all.slice(0, MOST_SERIES).map(([name, unit]) => ({
    name,
    unit,
    values: x.map((second) => byTime.get(second)!.get(name) ?? null),
  }));
  return { kind: 'line', x, xName: columns[time]!.name, series, leftOut: all.length - series.length };
}

function scatterOf(columns: Columns, rows: Rows, [first, ...others]: number[]): XyChart {
  const points = rows
    .map((row) => ({ x: numberOf(row[first!]), row }))
    .filter((point): point is { x: number; row: Rows[number] } => point.x !== null)
    .toSorted((a, b) => a.x - b.x);
  const series = others.slice(0, MOST_SERIES).map((index) => ({
    name: columns[index]!.name,
    unit: unitOf(columns[index]!.name, columns[index]!.type),
    values: points.map(({ row }) => numberOf(row[index])),
  }));
  return {
    kind: 'scatter',
    x: points.map((point) => point.x),
    xName: columns[first!]!.name,
    series,
    leftOut: others.length - series.length,
  };
}

function barsOf(columns: Columns, rows: Rows, text: number, number: number): BarChart | null {
  const bars = rows.flatMap((row) => {
    const value = numberOf(row[number]);
    return value === null ? [] : [{ label: String(row[text]), value }];
  });
  if (bars.length === 0) return null;
  const { name, type } = columns[number]!;
  return {
    kind: 'bar',
    bars: bars.slice(0, MOST_BARS),
    unit: unitOf(name, type),
    valueName: name,
    leftOut: Math.max(0, bars.length - MOST_BARS),
  };
}

function numberOf(value: unknown): number | null {
  const number = typeof value === 'number' ? value : typeof value === 'string' && value !== '' ? Number(value) : NaN;
  return Number.isFinite(number) ? number : null;
}

/** "2026-01-31" or "2026-01-31 12:00:00.123456789", which the store writes in UTC. */
function secondsOf(value: unknown): number | null {
  const match = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d:\d\d)(\.\d+)?)?$/.exec(String(value));
  if (!match) return null;
  return Date.parse(`${match[1]}T${match[2] ?? '00:00:00'}Z`) / 1000 + Number(match[3] ?? 0);
}
