/** All keys of the trace page, from the table that binds them. */
import { Dialog } from '../../../ui/Dialog';
import { KEYS } from '../model/keys';
import { KeyCaps } from './KeyCaps';
import styles from './KeyHelp.module.css';

const GROUPS = ['Spans', 'Views', 'Timeline', 'Tree', 'Find'] as const;

export function KeyHelp({ onClose }: { onClose: () => void }) {
  return (
    <Dialog label="Keys" onClose={onClose}>
      <div className={styles.help}>
        {GROUPS.map((group) => (
          <section key={group}>
            <h2>{group}</h2>
            <ul>
              {KEYS.filter((key) => key.group === group).map((key) => (
                <li key={key.action}>
                  {key.label}
                  <span className={styles.keys}>
                    {key.chords.slice(0, 2).map((chord) => (
                      <KeyCaps key={chord} chord={chord} />
                    ))}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        ))}
        <p className={styles.mouse}>
          Drag over the minimap or the ruler to zoom. Ctrl with the wheel zooms at the pointer, Shift with the wheel
          pans, a double click on a span fits it. In the flame view the arrows lead where they point: up to the parent, down to
          the first child, sideways to siblings; in the transcript from card to card.
        </p>
      </div>
    </Dialog>
  );
}
