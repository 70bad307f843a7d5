/** Which statement is meant: several stand in one editor, each ended by a semicolon. */
import { scan } from './scan';

export interface Statement {
  /** Where its first character stands, blanks and comments before it left out. */
  from: number;
  to: number;
  text: string;
}

export function splitStatements(text: string): Statement[] {
  const statements: Statement[] = [];
  let from = -1;
  let to = 0;
  const close = () => {
    if (from >= 0) statements.push({ from, to, text: text.slice(from, to) });
    from = -1;
  };
  for (const piece of scan(text)) {
    if (piece.kind === 'end') close();
    else if (piece.kind !== 'comment') {
      const body = text.slice(piece.from, piece.to);
      if (body.trim() === '') continue;
      const start = piece.from + (piece.kind === 'code' ? body.length - body.trimStart().length : 0);
      if (from < 0) from = start;
      to = piece.from + (piece.kind === 'code' ? body.trimEnd().length : body.length);
    }
  }
  close();
  return statements;
}

/** The statement that the cursor is in or right behind; between two, the one before; else the first. */
export function statementAt(text: string, position: number): Statement | null {
  const statements = splitStatements(text);
  return statements.findLast(({ from }) => from <= position) ?? statements[0] ?? null;
}
