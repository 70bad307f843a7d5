/** Durations as people write and read them; every value is an integer number of nanoseconds. */

const UNIT_NANO: Record<string, number> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  min: 60e9,
  h: 3600e9,
  d: 86400e9,
};

const PART = /(\d+(?:\.\d+)?|\.\d+)\s*([a-zµμ]*)/giy;

/** Reads "250ms", "1.5s", "1m 30s"; a bare number means milliseconds. Null when it is not a duration. */
export function parseDuration(text: string): number | null {
  const source = text.trim();
  if (source === '') return null;
  let total = 0;
  let at = 0;
  while (at < source.length) {
    PART.lastIndex = at;
    const match = PART.exec(source);
    if (!match) return null;
    const unit = (match[2] ?? '').toLowerCase();
    const nano = UNIT_NANO[unit === '' ? 'ms' : unit];
    if (nano === undefined) return null;
    total += Number(match[1]) * nano;
    at = PART.lastIndex;
    while (source[at] === ' ') at++;
  }
  return Math.round(total);
}

const SCALES: [number, string][] = [
  [1e9, 's'],
  [1e6, 'ms'],
  [1e3, 'µs'],
];

/** Three significant digits at most, so that a column of durations stays narrow. */
export function formatDuration(nano: number): string {
  if (nano === 0) return '0 s';
  const sign = nano < 0 ? '−' : '';
  const size = Math.abs(nano);
  if (size >= 59.995e9) return sign + formatLong(size);
  for (let i = 0; i < SCALES.length; i++) {
    const [scale, unit] = SCALES[i]!;
    // 999.6 µs would round to "1000 µs"; it belongs to the scale above.
    if (size >= scale * 0.9995) return `${sign}${threeDigits(size / scale)} ${unit}`;
  }
  return `${sign}${Math.round(size)} ns`;
}

function threeDigits(value: number): string {
  const digits = value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
  const text = value.toFixed(digits);
  return digits === 0 ? text : text.replace(/\.?0+$/, '');
}

function formatLong(nano: number): string {
  const seconds = Math.round(nano / 1e9);
  const days = Math.floor(seconds / 86400);
  const hours = Math.floor((seconds % 86400) / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  if (days > 0) return hours ? `${days}d ${hours}h` : `${days}d`;
  if (hours > 0) return minutes ? `${hours}h ${minutes}m` : `${hours}h`;
  return seconds % 60 ? `${minutes}m ${seconds % 60}s` : `${minutes}m`;
}

/** The shortest text that parseDuration reads back to the same nanoseconds. */
export function writeDuration(nano: number): string {
  for (const unit of ['h', 'm', 's', 'ms', 'us'] as const) {
    const scale = UNIT_NANO[unit]!;
    if (nano >= scale && nano % (scale / (unit === 'h' || unit === 'm' ? 1 : 1000)) === 0) {
      return `${nano / scale}${unit}`;
    }
  }
  return `${nano}ns`;
}
