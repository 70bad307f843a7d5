/** The six classes of severity, from OTLP's number or, where none was sent, from the sender's word. */
import type { LogBucket, LogRecord } from '../../../api/types';

export const SEVERITIES = ['none', 'trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
export type Severity = (typeof SEVERITIES)[number];

const WORDS: [RegExp, Severity][] = [
  [/^(fatal|crit|emerg|alert|panic)/i, 'fatal'],
  [/^(err|severe)/i, 'error'],
  [/^warn/i, 'warn'],
  [/^(info|notice)/i, 'info'],
  [/^(debug|fine)/i, 'debug'],
  [/^trace/i, 'trace'],
];

export function severityOf({ severity, severity_number: number }: Pick<LogRecord, 'severity' | 'severity_number'>): Severity {
  if (number >= 1 && number <= 24) return SEVERITIES[Math.floor((number + 3) / 4)]!;
  return WORDS.find(([pattern]) => pattern.test(severity))?.[1] ?? 'none';
}

export function totalOf(bucket: LogBucket): number {
  return SEVERITIES.reduce((sum, severity) => sum + bucket[severity], 0);
}
