/** What stands in the place of content: nothing here yet, nothing found, or what went wrong. */
import type { ReactNode } from 'react';
import { ApiError } from '../api/client';
import { Button } from './Button';
import styles from './Notice.module.css';

export function Notice({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <section className={styles.notice}>
      <h2 className={styles.title}>{title}</h2>
      <div className={styles.text}>{children}</div>
    </section>
  );
}

export function ErrorNotice({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const title = error instanceof ApiError ? error.title : 'Something went wrong';
  const detail = error instanceof Error ? error.message : String(error);
  return (
    <section className={`${styles.notice} ${styles.error}`} role="alert">
      <h2 className={styles.title}>{title}</h2>
      <p className={styles.text}>{detail}</p>
      {onRetry && <Button label="Try again" onClick={onRetry} />}
    </section>
  );
}
