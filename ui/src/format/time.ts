/** Absolute times: the wire's nanosecond strings to local text, and back, without losing a digit. */

const PAD = (value: number, width = 2) => String(value).padStart(width, '0');

/** Milliseconds of a nanosecond string; the digits below are dropped. */
export function nanoToMs(nano: string): number {
  return Number(BigInt(nano) / 1_000_000n);
}

export function msToNano(ms: number): string {
  return (BigInt(Math.round(ms)) * 1_000_000n).toString();
}

/** "2026-11-23 04:10:54.123456789" in local time, all nine digits. */
export function formatExact(nano: string): string {
  const date = new Date(nanoToMs(nano));
  const fraction = (BigInt(nano) % 1_000_000_000n).toString().padStart(9, '0');
  return `${formatDay(date)} ${formatClock(date)}.${fraction}`;
}

/** "2026-11-23T03:10:54.123456789Z": the same moment for every reader. */
export function formatUtc(nano: string): string {
  const fraction = (BigInt(nano) % 1_000_000_000n).toString().padStart(9, '0');
  return `${new Date(nanoToMs(nano)).toISOString().slice(0, 19)}.${fraction}Z`;
}

export function formatDay(date: Date): string {
  return `${date.getFullYear()}-${PAD(date.getMonth() + 1)}-${PAD(date.getDate())}`;
}

export function formatClock(date: Date): string {
  return `${PAD(date.getHours())}:${PAD(date.getMinutes())}:${PAD(date.getSeconds())}`;
}

/** Short local time; the day is added only when it is not today. */
export function formatShort(ms: number, now: number): string {
  const date = new Date(ms);
  const clock = formatClock(date);
  return formatDay(date) === formatDay(new Date(now)) ? clock : `${formatDay(date).slice(5)} ${clock}`;
}

const AGES: [number, string][] = [
  [86400e3, 'd'],
  [3600e3, 'h'],
  [60e3, 'm'],
  [1e3, 's'],
];

/** "12s ago"; a clock that runs ahead of ours reads "now" rather than a negative age. */
export function formatAge(ms: number, now: number): string {
  const age = now - ms;
  for (const [size, unit] of AGES) {
    if (age >= size) return `${Math.floor(age / size)}${unit} ago`;
  }
  return 'now';
}

/** Value for a datetime-local input, seconds included. */
export function toLocalInput(ms: number): string {
  const date = new Date(ms);
  return `${formatDay(date)}T${formatClock(date)}`;
}

export function fromLocalInput(text: string): number | null {
  const ms = new Date(text).getTime();
  return Number.isNaN(ms) ? null : ms;
}
