/** What a column of an answer is, from ClickHouse's type and the column's name: how it is aligned, written, drawn and linked. */
import { formatDuration } from '../../../format/duration';

export type ColumnKind = 'number' | 'time' | 'text' | 'nested';
export type Unit = 'nanoseconds' | 'milliseconds' | 'seconds' | 'bytes' | 'USD' | 'tokens' | null;

/** The type without what does not change its kind. */
export function bareType(type: string): string {
  const match = /^(?:Nullable|LowCardinality)\((.*)\)$/s.exec(type);
  return match ? bareType(match[1]!) : type;
}

export function kindOf(type: string): ColumnKind {
  const bare = bareType(type);
  if (/^(U?Int|Float|BFloat|Decimal)/.test(bare)) return 'number';
  if (/^Date/.test(bare)) return 'time';
  if (/^(Array|Map|Tuple|Nested|JSON|Variant|Dynamic|Object)/.test(bare)) return 'nested';
  return 'text';
}

const UNITS: [RegExp, Unit][] = [
  [/(^|[^a-z])duration$|_nano(seconds)?$|_ns$/i, 'nanoseconds'],
  [/_(ms|milliseconds)$/i, 'milliseconds'],
  [/_(s|seconds)$/i, 'seconds'],
  [/_?bytes$/i, 'bytes'],
  [/_usd$|(^|_)cost$/i, 'USD'],
  [/_?tokens$/i, 'tokens'],
];

/** What the name says the numbers count; null where it does not. */
export function unitOf(name: string, type: string): Unit {
  if (kindOf(type) !== 'number') return null;
  return UNITS.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

const GROUPED = new Intl.NumberFormat('en-US', { maximumFractionDigits: 20 });

/** A number as text: 64-bit integers come as text, and lose no digit here. */
export function formatNumber(value: unknown, unit: Unit): string {
  if (typeof value !== 'string' && typeof value !== 'number') return formatValue(value);
  const text = String(value);
  const number = Number(text);
  if (!Number.isFinite(number)) return text;
  if (unit === 'nanoseconds') return formatDuration(Math.round(number));
  if (unit === 'milliseconds') return formatDuration(Math.round(number * 1e6));
  if (unit === 'seconds') return formatDuration(Math.round(number * 1e9));
  if (unit === 'bytes') return formatBytes(number);
  const grouped = /^-?\d+$/.test(text) ? GROUPED.format(BigInt(text)) : GROUPED.format(number);
  return unit === 'USD' ? `$${grouped}` : grouped;
}

export function formatBytes(value: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let scale = 0;
  let left = Math.abs(value);
  while (left >= 999.5 && scale < units.length - 1) {
    left /= 1000;
    scale++;
  }
  const digits = scale === 0 || left >= 99.5 ? 0 : 1;
  return `${value < 0 ? '−' : ''}${left.toFixed(digits)} ${units[scale]}`;
}

/** One line of any value. */
export function formatValue(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value === 'object') return JSON.stringify(value);
  return String(value);
}

/** Any value over several lines: nested ones, and texts that are JSON, are indented. */
export function prettyValue(value: unknown): string {
  if (typeof value === 'object' && value !== null) return JSON.stringify(value, null, 2);
  const text = formatValue(value);
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

const TRACE_ID = /^[0-9a-f]{32}$/i;
const SPAN_ID = /^[0-9a-f]{16}$/i;
const isNamed = (name: string, as: string) => name.replaceAll('_', '').toLowerCase().endsWith(as);

/** Where a cell leads: a trace, or a span of the trace in the same row; null where nowhere. */
export function linkOf(columns: readonly { name: string }[], row: readonly unknown[], at: number): string | null {
  const value = String(row[at] ?? '');
  const name = columns[at]!.name;
  if (isNamed(name, 'traceid') && TRACE_ID.test(value)) return `/trace/${value.toLowerCase()}`;
  if (!isNamed(name, 'spanid') || !SPAN_ID.test(value)) return null;
  const trace = columns.findIndex((column) => isNamed(column.name, 'traceid'));
  const traceId = trace < 0 ? '' : String(row[trace] ?? '');
  return TRACE_ID.test(traceId) ? `/trace/${traceId.toLowerCase()}?span=${value.toLowerCase()}` : null;
}
