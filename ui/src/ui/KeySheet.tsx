/** The keys of a page, group by group; the tables that bind them are the ones that are shown. */
import type { ReactNode } from 'react';
import { Dialog } from './Dialog';
import { KeyCaps } from './KeyCaps';
import styles from './KeySheet.module.css';

export interface KeyGroup {
  title: string;
  /** Of a key's chords the first two are shown; "g t" is pressed one after the other. */
  keys: readonly { label: string; chords: readonly string[] }[];
}

interface Props {
  groups: readonly KeyGroup[];
  onClose: () => void;
  children?: ReactNode;
}

export function KeySheet({ groups, onClose, children }: Props) {
  return (
    <Dialog label="Keys" onClose={onClose}>
      <div className={styles.help}>
        {groups.map(({ title, keys }) => (
          <section key={title}>
            <h2>{title}</h2>
            <ul>
              {keys.map(({ label, chords }) => (
                <li key={label}>
                  {label}
                  <span className={styles.keys}>
                    {chords.slice(0, 2).map((chord) => (
                      <KeyCaps key={chord} chord={chord} />
                    ))}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        ))}
        {children && <p className={styles.mouse}>{children}</p>}
      </div>
    </Dialog>
  );
}
