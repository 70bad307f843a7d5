/** JSON laid out for reading; null when the text is not an object or array in JSON. */

/** Beyond this, laying out costs more than it helps; the text is shown as it came. */
const LONGEST = 500_000;

export function prettyJson(text: string): string | null {
  const start = text.trimStart()[0];
  if ((start !== '{' && start !== '[') || text.length > LONGEST) return null;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return null;
  }
}

/** Any value as text: strings as they are (laid out when they hold JSON), the rest as JSON. */
export function showValue(value: unknown): string {
  if (typeof value === 'string') return prettyJson(value) ?? value;
  return value === undefined ? '' : JSON.stringify(value, null, 2);
}
