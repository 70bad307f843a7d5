/** SQL as pieces that a reader must tell apart: only in code does a semicolon end a statement and a brace begin a parameter. */

export type PieceKind = 'code' | 'string' | 'comment' | 'parameter' | 'end';

export interface Piece {
  kind: PieceKind;
  from: number;
  to: number;
}

// A type may hold strings: DateTime64(9, 'UTC').
export const PARAMETER = /\{\s*([A-Za-z_]\w*)\s*:\s*([^{}]+?)\s*\}/y;
const STRING = /'(?:[^'\\]|\\[^]|'')*(?:'|$)|"(?:[^"\\]|\\[^]|"")*(?:"|$)|`(?:[^`\\]|\\[^]|``)*(?:`|$)/y;
const COMMENT = /--[^\n]*|#[ !][^\n]*|\/\*[^]*?(?:\*\/|$)/y;

function matchAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  return match ? at + match[0].length : -1;
}

export function scan(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  let at = 0;
  const end = (kind: PieceKind, to: number) => {
    if (at > from) pieces.push({ kind: 'code', from, to: at });
    pieces.push({ kind, from: at, to });
    from = at = to;
  };
  while (at < text.length) {
    const tries: [PieceKind, number][] = [
      ['string', matchAt(STRING, text, at)],
      ['comment', matchAt(COMMENT, text, at)],
      ['parameter', text[at] === '{' ? matchAt(PARAMETER, text, at) : -1],
      ['end', text[at] === ';' ? at + 1 : -1],
    ];
    const found = tries.find(([, to]) => to > at);
    if (found) end(...found);
    else at++;
  }
  if (at > from) pieces.push({ kind: 'code', from, to: at });
  return pieces;
}
