/** Keys pressed together as one text, which the tables of keys, their handlers and the help share. */

export interface Pressed {
  key: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

/** Command counts as Ctrl. Shift is named for letters and named keys only: "?" already holds its Shift. */
export function chordOf({ key, shiftKey, ctrlKey, metaKey }: Pressed): string {
  const isLetter = key.length === 1 && key.toLowerCase() !== key.toUpperCase();
  const name = isLetter ? key.toLowerCase() : key;
  const shift = shiftKey && (isLetter || key.length > 1) ? 'Shift+' : '';
  return `${ctrlKey || metaKey ? 'Ctrl+' : ''}${shift}${name}`;
}

const SHOWN: Record<string, string> = { ' ': 'Space', Escape: 'Esc', PageDown: 'PgDn', PageUp: 'PgUp' };

/** The caps of a chord, or of keys pressed one after the other ("g t"), for KeyCaps, which draws the arrows. */
export function capsOf(chord: string): string[] {
  const parts = chord.length === 1 ? [chord] : chord.split(/[+ ]/);
  return parts.map((part) => SHOWN[part] ?? (/^[a-z]$/.test(part) ? part.toUpperCase() : part));
}

const TYPING = 'input:not([type=checkbox]), textarea, select, [contenteditable]';

/** Whether the key goes into a field. */
export function isTyping(event: KeyboardEvent): boolean {
  return event.target instanceof Element && event.target.closest(TYPING) !== null;
}
