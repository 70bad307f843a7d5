/** The labels and scores of a trace and its spans in a line of the list, each once; comments are counted. */
import type { Annotation } from '../../api/types';
import { Icon } from '../../ui/Icon';
import styles from './Annotations.module.css';
import { describe, shortOf } from './model';

const MOST = 3;

export function Chips({ annotations }: { annotations: Annotation[] }) {
  if (annotations.length === 0) return null;
  const comments = annotations.filter(({ kind }) => kind === 'comment');
  const shown = new Map(annotations.filter(({ kind }) => kind !== 'comment').map((one) => [shortOf(one), one]));
  return (
    <span className={styles.chips}>
      {[...shown].slice(0, MOST).map(([text, annotation]) => (
        <span key={text} className={`${styles.chip} ${styles[annotation.kind]}`} title={describe(annotation)}>
          {text}
        </span>
      ))}
      {shown.size > MOST && <span className={styles.more}>+{shown.size - MOST}</span>}
      {comments.length > 0 && (
        <span className={styles.more} title={comments.map(({ text }) => text).join('\n')}>
          <Icon name="comment" size={12} /> {comments.length}
        </span>
      )}
    </span>
  );
}
