/** What the program said when the span failed. */
import type { Span } from '../../../../api/types';
import { LongText } from '../../../../ui/LongText';
import styles from './Facts.module.css';

export function Failure({ status }: { status: Span['status'] }) {
  if (status.code !== 'ERROR') return null;
  return (
    <p className={styles.message}>
      <LongText text={status.message || 'The span ended with an error and no message.'} />
    </p>
  );
}
