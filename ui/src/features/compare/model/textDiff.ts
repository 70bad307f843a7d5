/** Texts compared for reading: a unified diff as lines, lines side by side, and the words in which two lines differ. */

export interface Line {
  kind: 'context' | 'removed' | 'added' | 'skip';
  text: string;
  /** Where a removed line has an added one in its place: the pieces in which they differ. */
  pieces: Piece[] | null;
}

export interface Piece {
  text: string;
  changed: boolean;
}

export interface LinePair {
  left: Line | null;
  right: Line | null;
}

const KINDS: Record<string, Line['kind']> = { '-': 'removed', '+': 'added', '@': 'skip' };

/** Lines of a unified diff without file names; removed and added lines that stand in one place get their pieces. */
export function readUnified(diff: string): Line[] {
  const lines = diff
    .split('\n')
    .map((line): Line => ({ kind: KINDS[line[0] ?? ''] ?? 'context', text: line.slice(1), pieces: null }));
  for (const { left, right } of sideBySide(lines)) {
    if (!left || !right || left.kind !== 'removed') continue;
    [left.pieces, right.pieces] = comparePieces(left.text, right.text);
  }
  // A hunk's numbers are those of lines the reader does not see.
  return lines.filter((line, at) => line.kind !== 'skip' || at > 0).map((line) => (line.kind === 'skip' ? skipOf(line) : line));
}

function skipOf(line: Line): Line {
  const note = /only the first.*characters/.exec(line.text);
  return { ...line, text: note ? note[0] : '' };
}

/** Two whole texts as one diff, line by line. */
export function compareTexts(left: string, right: string): Line[] {
  const before = left.split('\n');
  const after = right.split('\n');
  const lines = alignPieces(before, after).map(
    ({ kind, text }): Line => ({ kind: kind === 'same' ? 'context' : kind, text, pieces: null }),
  );
  for (const pair of sideBySide(lines)) {
    if (pair.left?.kind !== 'removed' || !pair.right) continue;
    [pair.left.pieces, pair.right.pieces] = comparePieces(pair.left.text, pair.right.text);
  }
  return lines;
}

/** A run of removed lines stands beside the run of added ones after it. */
export function sideBySide(lines: readonly Line[]): LinePair[] {
  const pairs: LinePair[] = [];
  for (let at = 0; at < lines.length; ) {
    const line = lines[at]!;
    if (line.kind === 'context' || line.kind === 'skip') {
      pairs.push({ left: line, right: line });
      at++;
      continue;
    }
    const removed: Line[] = [];
    const added: Line[] = [];
    while (lines[at]?.kind === 'removed') removed.push(lines[at++]!);
    while (lines[at]?.kind === 'added') added.push(lines[at++]!);
    for (let row = 0; row < Math.max(removed.length, added.length); row++) {
      pairs.push({ left: removed[row] ?? null, right: added[row] ?? null });
    }
  }
  return pairs;
}

/** Words, runs of white space, and every other sign by itself. */
const WORDS = /[\p{L}\p{N}_]+|\s+|./gsu;

/** The words of both lines, equal or changed; null where so little is equal that marking words would not help. */
export function comparePieces(left: string, right: string): [Piece[], Piece[]] | [null, null] {
  const aligned = alignPieces(left.match(WORDS) ?? [], right.match(WORDS) ?? []);
  const equal = aligned.reduce((sum, { kind, text }) => sum + (kind === 'same' ? text.trim().length : 0), 0);
  if (equal * 4 < Math.max(left.length, right.length)) return [null, null];
  const one: Piece[] = [];
  const other: Piece[] = [];
  for (const { kind, text } of aligned) {
    if (kind !== 'added') push(one, text, kind !== 'same');
    if (kind !== 'removed') push(other, text, kind !== 'same');
  }
  return [one, other];
}

function push(pieces: Piece[], text: string, changed: boolean): void {
  const last = pieces.at(-1);
  if (last?.changed === changed) last.text += text;
  else pieces.push({ text, changed });
}

interface Aligned {
  kind: 'same' | 'removed' | 'added';
  text: string;
}

/** Beyond this many cells of the table what is between equal beginning and end is taken as changed: 4 MB, 20 ms. */
const MOST_CELLS = 1_000_000;

/** Longest common subsequence, removed before added. */
function alignPieces(left: readonly string[], right: readonly string[]): Aligned[] {
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start++;
  let end = 0;
  while (end < left.length - start && end < right.length - start && left.at(-1 - end) === right.at(-1 - end)) end++;
  const as = (kind: Aligned['kind'], texts: readonly string[]) => texts.map((text) => ({ kind, text }));
  return [
    ...as('same', left.slice(0, start)),
    ...alignMiddle(left.slice(start, left.length - end), right.slice(start, right.length - end)),
    ...as('same', left.slice(left.length - end)),
  ];
}

function alignMiddle(left: readonly string[], right: readonly string[]): Aligned[] {
  const width = right.length + 1;
  const found: Aligned[] = [];
  const rest = (i: number, j: number) => {
    for (const text of left.slice(i)) found.push({ kind: 'removed', text });
    for (const text of right.slice(j)) found.push({ kind: 'added', text });
    return found;
  };
  if ((left.length + 1) * width > MOST_CELLS) return rest(0, 0);
  const length = new Uint32Array((left.length + 1) * width);
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      const at = i * width + j;
      length[at] = left[i] === right[j] ? length[at + width + 1]! + 1 : Math.max(length[at + width]!, length[at + 1]!);
    }
  }
  let i = 0;
  let j = 0;
  while (i < left.length && j < right.length) {
    const at = i * width + j;
    if (left[i] === right[j]) {
      found.push({ kind: 'same', text: left[i++]! });
      j++;
    } else if (length[at + width]! >= length[at + 1]!) found.push({ kind: 'removed', text: left[i++]! });
    else found.push({ kind: 'added', text: right[j++]! });
  }
  return rest(i, j);
}
