/** Values in UCUM units, as OpenTelemetry writes them: seconds, bytes, annotations in braces, rates of each. */
import { formatCost } from './cost';
import { formatDuration } from './duration';
import { formatCompact } from './number';

const NANO_OF: Record<string, number> = { ns: 1, us: 1e3, ms: 1e6, s: 1e9, min: 60e9, h: 3600e9, d: 86_400e9 };
const BYTES_OF: Record<string, number> = { By: 1, kBy: 1e3, KiBy: 1024, MBy: 1e6, MiBy: 1024 ** 2, GBy: 1e9, GiBy: 1024 ** 3 };
const BYTE_SCALES: [number, string][] = [
  [1024 ** 4, 'TiB'],
  [1024 ** 3, 'GiB'],
  [1024 ** 2, 'MiB'],
  [1024, 'KiB'],
];

/** Three significant digits; a thousand and more are compact. */
export function formatNumber(value: number): string {
  const size = Math.abs(value);
  const sign = value < 0 ? '−' : '';
  if (size >= 999.5) return sign + formatCompact(Math.round(size));
  if (size !== 0 && size < 0.001) return sign + size.toExponential(1);
  return sign + String(Number(size.toPrecision(3)));
}

export function formatUnit(value: number, unit: string): string {
  if (unit.endsWith('/s')) {
    const of = unit.slice(0, -2);
    // A second a second is a share of one, of a processor for example.
    if (of in NANO_OF) return `${formatNumber(value)} ${unit}`;
    return `${formatUnit(value, of)}/s`;
  }
  if (unit in NANO_OF) return formatDuration(value * NANO_OF[unit]!);
  if (unit in BYTES_OF) return formatBytes(value * BYTES_OF[unit]!);
  if (unit === 'USD') return formatCost(value);
  if (unit === '' || unit === '1') return formatNumber(value);
  if (unit === '%') return `${formatNumber(value)}%`;
  return `${formatNumber(value)} ${unitName(unit)}`;
}

/** "{token}" is "token"; what is no annotation stays as it is. */
export function unitName(unit: string): string {
  return unit === '1' ? '' : unit.replaceAll(/[{}]/g, '');
}

export function formatBytes(bytes: number): string {
  const size = Math.abs(bytes);
  const [scale, name] = BYTE_SCALES.find(([least]) => size >= least) ?? [1, 'B'];
  return `${bytes < 0 ? '−' : ''}${Number((size / scale).toPrecision(3))} ${name}`;
}

/** What happens so often a second, in the unit of time that leaves a number to read: 12/s, 2.4/min, 3/h. */
export function formatRate(perSecond: number): string {
  if (perSecond === 0 || perSecond >= 0.5) return `${formatNumber(perSecond)}/s`;
  if (perSecond * 60 >= 0.5) return `${formatNumber(perSecond * 60)}/min`;
  return `${formatNumber(perSecond * 3600)}/h`;
}
