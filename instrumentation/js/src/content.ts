/**
 * What a program's prompts, answers and arguments become before they are written: plain JSON, redacted, of bounded length.
 *
 * Nothing is cut silently: a shortened text says how long it was, and bytes become a reference by size and digest.
 */

import { createHash } from 'node:crypto';

export type Redact = (text: string) => string;

/** Characters of one text; a longer one is shortened. The collector takes more, the page shows no more at once. */
export const CHARACTER_LIMIT = 32_768;
const ITEM_LIMIT = 1_000;
const DEPTH_LIMIT = 24;

const KEYS = new RegExp(
  [
    String.raw`\b(?:sk|rk|pk)[-_](?:[A-Za-z]+[-_])*[A-Za-z0-9_-]{16,}\b`,
    String.raw`\b(?:AKIA|ASIA)[A-Z0-9]{16}\b`,
    String.raw`\bAIza[A-Za-z0-9_-]{35}`,
    String.raw`\bgh[pousr]_[A-Za-z0-9]{36,}\b|\bgithub_pat_[A-Za-z0-9_]{40,}\b|\bglpat-[A-Za-z0-9_-]{20,}`,
    String.raw`\bxox[abprs]-[A-Za-z0-9-]{10,}|\bhf_[A-Za-z0-9]{30,}\b|\bgsk_[A-Za-z0-9]{40,}\b`,
    String.raw`\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}`,
    String.raw`-----BEGIN [A-Z ]*PRIVATE KEY-----(?:[^-]|-(?!----END))*(?:-----END [A-Z ]*PRIVATE KEY-----)?`,
  ].join('|'),
  'g',
);
const EMAIL = /\b[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}\b/g;
const CARD = /(?<![\d-])\d(?:[ -]?\d){12,18}(?![\d-])/g;

/** Name, as `instrument({ redact })` takes it, to what it removes. */
export const PATTERNS: Readonly<Record<string, Redact>> = {
  keys: (text) => text.replace(KEYS, '[key removed]'),
  email: (text) => (text.includes('@') ? text.replace(EMAIL, '[e-mail removed]') : text),
  cards: (text) => text.replace(CARD, (found) => (passesLuhn(found) ? '[card removed]' : found)),
};

/** ISO/IEC 7812-1 annex B; a number without it is no card. */
function passesLuhn(found: string): boolean {
  let sum = 0;
  const digits = found.replace(/\D/g, '');
  for (let place = 0; place < digits.length; place++) {
    const digit = Number(digits[digits.length - 1 - place]);
    const doubled = place % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** Whether and how content is written. `limit`: characters of one text. `redact`: called with every text, in order. */
export class ContentPolicy {
  constructor(
    readonly captured = true,
    readonly limit = CHARACTER_LIMIT,
    readonly redact: readonly Redact[] = [PATTERNS.keys!],
  ) {}

  /** `value` redacted, then shortened to `limit` characters, saying so. */
  text(value: string): string {
    const length = value.length;
    // A secret that straddles the limit must be seen whole to be removed.
    let shown = length <= this.limit ? value : value.slice(0, this.limit + 512);
    for (const redact of this.redact) shown = redact(shown);
    if (length <= this.limit) return shown;
    return `${shown.slice(0, this.limit)} … [${group(this.limit)} of ${group(length)} characters]`;
  }

  /** `value` as what JSON has; what has no place there is told in words. */
  plain(value: unknown, depth = 0, around: readonly object[] = []): unknown {
    if (typeof value === 'string') return this.text(value);
    if (value === null || typeof value === 'boolean' || typeof value === 'number') return value;
    if (typeof value === 'bigint') return value.toString();
    if (typeof value !== 'object') return value === undefined ? undefined : this.text(String(value));
    if (depth > DEPTH_LIMIT) return `… [deeper than ${DEPTH_LIMIT} levels]`;
    if (around.includes(value)) return '… [itself]';
    if (ArrayBuffer.isView(value)) return reference(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
    if (value instanceof ArrayBuffer) return reference(new Uint8Array(value));
    if (value instanceof Error) return this.text(`${value.name}: ${value.message}`);
    const inside = [...around, value];
    if (Array.isArray(value)) {
      const items = value.slice(0, ITEM_LIMIT).map((item) => this.plain(item, depth + 1, inside) ?? null);
      return value.length <= ITEM_LIMIT ? items : [...items, `… [${group(ITEM_LIMIT)} of ${group(value.length)} items]`];
    }
    if (value instanceof Map) return this.plain(Object.fromEntries(value), depth + 1, inside);
    if (value instanceof Set) return this.plain([...value], depth + 1, inside);
    const own = (value as { toJSON?: unknown }).toJSON;
    if (typeof own === 'function') return this.plain(own.call(value), depth + 1, inside);
    const fields = Object.entries(value).filter(([, item]) => typeof item !== 'function');
    return Object.fromEntries(fields.map(([key, item]) => [key, this.plain(item, depth + 1, inside)]));
  }

  /** `value` as compact JSON; a text as it is. */
  written(value: unknown): string {
    return typeof value === 'string' ? this.text(value) : (JSON.stringify(this.plain(value)) ?? 'null');
  }
}

function group(count: number): string {
  return count.toLocaleString('en-US');
}

/** What stands for bytes that are not written. */
export function reference(data: Uint8Array, mimeType = 'application/octet-stream'): Record<string, unknown> {
  return { mime_type: mimeType, byte_size: data.byteLength, sha256: createHash('sha256').update(data).digest('hex') };
}

/** A message part `blob` without its bytes; `data` as bytes or base64 text. */
export function blob(modality: string, data: Uint8Array | string, mimeType?: string): Record<string, unknown> {
  const bytes = typeof data === 'string' ? Buffer.from(data, 'base64') : data;
  return { type: 'blob', modality, ...reference(bytes, mimeType) };
}

/** A message part for an image or sound given by URL: `uri`, or `blob` by reference where the URL holds the data (RFC 2397). */
export function media(modality: string, url: string): Record<string, unknown> {
  if (!url.startsWith('data:')) return { type: 'uri', modality, uri: url };
  const comma = url.indexOf(',');
  const [mimeType, ...parameters] = url.slice(5, comma).split(';');
  const data = url.slice(comma + 1);
  return blob(modality, parameters.includes('base64') ? data : Buffer.from(data), mimeType || 'text/plain');
}
