/** Exception events as the program would have printed them. */
import type { SpanEvent } from '../../../../api/types';
import { CopyButton } from '../../../../ui/CopyButton';
import styles from './Exceptions.module.css';

function read(event: SpanEvent, key: string): string {
  return event.attributes.find((attribute) => attribute.key === key)?.value ?? '';
}

export function Exceptions({ events }: { events: SpanEvent[] }) {
  return events
    .filter(({ name }) => name === 'exception')
    .map((event, index) => {
      const stack = read(event, 'exception.stacktrace');
      return (
        // oxlint-disable-next-line react/no-array-index-key -- two events of one span can be equal
        <section key={index} className={styles.exception} aria-label="Exception">
          <p className={styles.head}>
            <b>{read(event, 'exception.type') || 'Exception'}</b> {read(event, 'exception.message')}
          </p>
          {stack && (
            <div className={styles.stack}>
              <pre>{stack}</pre>
              <CopyButton text={stack} label="Copy stack trace" className={styles.copy} />
            </div>
          )}
        </section>
      );
    });
}
