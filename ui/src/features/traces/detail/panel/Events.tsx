/** Events of the span in time order, each at its distance from the span's start. */
import type { Span } from '../../../../api/types';
import { formatDuration } from '../../../../format/duration';
import { plural } from '../../../../format/number';
import { formatExact } from '../../../../format/time';
import { Attributes } from './Attributes';
import styles from './Events.module.css';

export function Events({ span }: { span: Span }) {
  const start = BigInt(span.start_time_unix_nano);
  return (
    <>
      <ol>
        {span.events.map((event, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- two events of one span can be equal
          <li key={index} className={styles.event}>
            <div className={styles.head}>
              <h3>{event.name || 'unnamed event'}</h3>
              <span title={formatExact(event.time_unix_nano)}>
                +{formatDuration(Number(BigInt(event.time_unix_nano) - start))}
              </span>
            </div>
            <Attributes attributes={event.attributes} dropped={event.dropped_attributes_count} bare />
          </li>
        ))}
      </ol>
      {span.events.length === 0 && <p className={styles.none}>No events were recorded.</p>}
      {span.dropped_events_count > 0 && (
        <p className={styles.none}>{plural(span.dropped_events_count, 'event')} dropped by the sender.</p>
      )}
    </>
  );
}
