/** The span as the API sent it. */
import { CopyButton } from '../../../../ui/CopyButton';
import styles from './RawJson.module.css';

export function RawJson({ value }: { value: unknown }) {
  const text = JSON.stringify(value, null, 2);
  return (
    <div className={styles.raw}>
      <CopyButton text={text} label="Copy JSON" wide className={styles.copy} />
      <pre>{text}</pre>
    </div>
  );
}
