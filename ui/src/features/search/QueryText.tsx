/** The text of a query under the field that is typed in: it gives the field its height and underlines what is wrong. */
import styles from './SearchBox.module.css';
import { unitsOf, type Place } from './text';

export function QueryText({ text, place }: { text: string; place: Place | null }) {
  const from = place ? unitsOf(text, place.offset) : text.length;
  const to = place ? unitsOf(text, place.offset + place.length) : text.length;
  return (
    <div className={styles.under} aria-hidden="true">
      {text.slice(0, from)}
      {/* Where something is missing, the place behind the text is marked. */}
      {place && <mark>{text.slice(from, to) || '\u00a0\u00a0'}</mark>}
      {`${text.slice(to)}\u200b`}
    </div>
  );
}
