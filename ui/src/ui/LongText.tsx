/** Text of any length: its beginning, and all of it when asked for. */
import { useState } from 'react';
import { formatCount } from '../format/number';
import styles from './LongText.module.css';

/** A screen and a half of a narrow column. */
const BEGINNING = 3000;

export function LongText({ text }: { text: string }) {
  const [whole, setWhole] = useState(false);
  if (whole || text.length <= BEGINNING) return text;
  return (
    <>
      {beginningOf(text)}
      <button type="button" className={styles.more} onClick={() => setWhole(true)}>
        … show all {formatCount(text.length)} characters
      </button>
    </>
  );
}

/** Not in the middle of a character that takes two. */
function beginningOf(text: string): string {
  const last = text.charCodeAt(BEGINNING - 1);
  return text.slice(0, last >= 0xd800 && last < 0xdc00 ? BEGINNING - 1 : BEGINNING);
}
