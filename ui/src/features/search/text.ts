/** Texts of queries: the API counts characters, the browser UTF-16 units. */

export function unitsOf(text: string, characters: number): number {
  return [...text].slice(0, characters).join('').length;
}

export function charactersOf(text: string, units: number): number {
  return Array.from(text.slice(0, units)).length;
}

export interface Place {
  offset: number;
  length: number;
}

/**
 * The text with an offer in the place that was answered for. What was typed since then, in the same place, is replaced
 * with it; null where the text before the place is another.
 */
export function accepted(text: string, asked: string, place: Place, offer: string): { text: string; cursor: number } | null {
  const from = unitsOf(asked, place.offset);
  const before = asked.slice(0, from);
  if (!text.startsWith(before)) return null;
  const to = Math.max(unitsOf(asked, place.offset + place.length) + text.length - asked.length, from);
  const after = text.slice(to);
  const isOpen = /[.(]$/.test(offer) || offer.endsWith(' ');
  const glue = isOpen || /^\s/.test(after) ? '' : ' ';
  const cursor = from + offer.length + (isOpen ? 0 : 1);
  return { text: before + offer + glue + after, cursor };
}
