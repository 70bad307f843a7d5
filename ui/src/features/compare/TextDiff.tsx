/** Lines removed and added, as one text or side by side; a mark stands beside the colour. */
import { useState } from 'react';
import { formatCount } from '../../format/number';
import { sideBySide, type Line } from './model/textDiff';
import styles from './TextDiff.module.css';

/** Five screens; a longer difference is shown whole when asked for. */
const MOST_LINES = 300;

export function TextDiff({ lines, split }: { lines: readonly Line[]; split: boolean }) {
  const [whole, setWhole] = useState(false);
  const shown = whole ? lines : lines.slice(0, MOST_LINES);
  return (
    <div className={styles.diff}>
      {split ? (
        <div className={styles.split}>
          {sideBySide(shown).map(({ left, right }, at) => (
            // oxlint-disable-next-line react/no-array-index-key -- lines repeat, and have no other name
            <div key={at} className={styles.pair}>
              <DiffLine line={left} />
              <DiffLine line={right} />
            </div>
          ))}
        </div>
      ) : (
        // oxlint-disable-next-line react/no-array-index-key -- as above
        shown.map((line, at) => <DiffLine key={at} line={line} />)
      )}
      {shown.length < lines.length && (
        <button type="button" className={styles.more} onClick={() => setWhole(true)}>
          {formatCount(shown.length)} of {formatCount(lines.length)} lines; show all
        </button>
      )}
    </div>
  );
}

const MARKS = { context: ' ', removed: '\u2212', added: '+', skip: '' } as const;

function DiffLine({ line }: { line: Line | null }) {
  if (!line) return <div className={styles.empty} />;
  if (line.kind === 'skip') return <div className={styles.skip}>{line.text || 'lines that are alike'}</div>;
  return (
    <div className={styles.line} data-kind={line.kind}>
      <span className={styles.mark}>{MARKS[line.kind]}</span>
      <span className={styles.text}>
        {line.pieces
          ? line.pieces.map(({ text, changed }, at) => {
              // oxlint-disable-next-line react/no-array-index-key -- words repeat, and have no other name
              return changed ? <mark key={at}>{text}</mark> : <span key={at}>{text}</span>;
            })
          : line.text}
      </span>
    </div>
  );
}
