/** Counts and token numbers: exact with thin grouping, or compact to three digits. */

const EXACT = new Intl.NumberFormat('en-US');

export function formatCount(value: number): string {
  return EXACT.format(value);
}

/** 999, 1.2k, 34.5k, 1.2M. */
export function formatCompact(value: number): string {
  if (value < 1000) return String(value);
  const [scale, unit] = value < 999_500 ? [1e3, 'k'] : value < 999_500_000 ? [1e6, 'M'] : [1e9, 'G'];
  const scaled = value / (scale as number);
  return `${scaled >= 99.95 ? Math.round(scaled) : scaled.toFixed(1).replace(/\.0$/, '')}${unit as string}`;
}

export function plural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}
