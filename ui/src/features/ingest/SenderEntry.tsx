/** One sender of one signal as a sum that either balances or says by how much it does not. */
import type { LedgerSender } from '../../api/types';
import { formatCount, plural } from '../../format/number';
import { formatAge, formatExact, nanoToMs } from '../../format/time';
import { Icon } from '../../ui/Icon';
import styles from './IngestPage.module.css';

export function SenderEntry({ sender, now }: { sender: LedgerSender; now: number }) {
  const missing = sender.received - sender.stored - sender.rejected - sender.deduplicated;
  return (
    <li className={styles.sender}>
      <div className={styles.name}>
        <h2>{sender.sender || 'unnamed sender'}</h2>
        <span>{sender.signal}</span>
        <span>{plural(sender.requests, 'request')}</span>
        <span title={formatExact(sender.last_time_unix_nano)}>
          last {formatAge(nanoToMs(sender.last_time_unix_nano), now)}
        </span>
      </div>
      <dl className={styles.sum}>
        <Term name="received" value={sender.received} />
        <span className={styles.sign}>=</span>
        <Term name="stored" value={sender.stored} />
        <span className={styles.sign}>+</span>
        <Term name="rejected" value={sender.rejected} bad />
        <span className={styles.sign}>+</span>
        <Term name="deduplicated" value={sender.deduplicated} />
        {missing === 0 ? (
          <span className={styles.balanced}>
            <Icon name="done" size={12} />
            balanced
          </span>
        ) : (
          <span className={styles.gap}>{formatCount(Math.abs(missing))} not accounted for yet</span>
        )}
      </dl>
      {sender.reasons.length > 0 && (
        <ul className={styles.reasons} aria-label="Reasons">
          {sender.reasons.map(({ reason, count }) => (
            <li key={reason}>
              <b>{formatCount(count)}</b>
              <span>{reason}</span>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

function Term({ name, value, bad = false }: { name: string; value: number; bad?: boolean }) {
  const tone = value === 0 ? styles.zero : bad ? styles.bad : '';
  return (
    <div className={`${styles.term} ${tone}`}>
      <dt>{name}</dt>
      <dd>{formatCount(value)}</dd>
    </div>
  );
}
