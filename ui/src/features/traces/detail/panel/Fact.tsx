/** A name and a value in the details. */
import type { ReactNode } from 'react';
import styles from './Facts.module.css';

export function Fact({ name, mono = false, children }: { name: string; mono?: boolean; children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd className={mono ? styles.mono : undefined}>{children}</dd>
    </div>
  );
}
