/** OpenTelemetry's severity numbers as the few levels that look different. */

export type SeverityLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';

const LEVELS: readonly SeverityLevel[] = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];

/** Logs data model, "SeverityNumber": four numbers per level from 1 on; 0 is unspecified. */
export function severityOf(number: number, text: string): { level: SeverityLevel; name: string } {
  const level = LEVELS[Math.floor((number - 1) / 4)] ?? 'info';
  const named = number >= 1 && number <= 24 ? level.toUpperCase() : 'LOG';
  return { level, name: text === '' ? named : text };
}
