/** `{name:Type}` of a statement, and the values that a time window gives to `start` and `end`. */
import { PARAMETER, scan } from './scan';

export interface Parameter {
  name: string;
  type: string;
}

/** Each once, in the order of the statement. */
export function parametersOf(text: string): Parameter[] {
  const found = new Map<string, Parameter>();
  for (const { kind, from } of scan(text)) {
    if (kind !== 'parameter') continue;
    PARAMETER.lastIndex = from;
    const match = PARAMETER.exec(text)!;
    if (!found.has(match[1]!)) found.set(match[1]!, { name: match[1]!, type: match[2]! });
  }
  return [...found.values()];
}

export const WINDOWS = { '15m': 15, '1h': 60, '6h': 360, '24h': 1440, '7d': 10_080, '30d': 43_200 } as const;
export type WindowName = keyof typeof WINDOWS;

/** Whether a time window is offered for it instead of a field to type in. */
export function isBound({ name, type }: Parameter): boolean {
  return (name === 'start' || name === 'end') && /^(Nullable\()?DateTime/.test(type);
}

/** Seconds since 1970, which every DateTime reads alike whatever its time zone. */
export function boundValue(name: string, window: WindowName, nowMs: number): string {
  const ms = name === 'end' ? nowMs : nowMs - WINDOWS[window] * 60_000;
  return String(Math.round(ms / 1000));
}

export function valuesOf(
  parameters: Parameter[],
  typed: Record<string, string>,
  window: WindowName,
  nowMs: number,
): Record<string, string> {
  return Object.fromEntries(
    parameters.map((parameter) => [
      parameter.name,
      isBound(parameter) ? boundValue(parameter.name, window, nowMs) : (typed[parameter.name] ?? ''),
    ]),
  );
}
