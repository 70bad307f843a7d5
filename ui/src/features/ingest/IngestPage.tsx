/** The ingest ledger: per sender, received = stored + rejected + deduplicated. */
import { useLedger } from '../../api/ingest';
import { formatCount } from '../../format/number';
import { ErrorNotice, Notice } from '../../ui/Notice';
import { useNow } from '../../ui/useNow';
import { useTitle } from '../../ui/useTitle';
import styles from './IngestPage.module.css';
import { SenderEntry } from './SenderEntry';

export function IngestPage() {
  useTitle('Ingest');
  const ledger = useLedger();
  const now = useNow(1000);
  const senders = ledger.data?.senders ?? [];
  const received = senders.reduce((sum, sender) => sum + sender.received, 0);
  const stored = senders.reduce((sum, sender) => sum + sender.stored, 0);
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h1>Ingest ledger</h1>
        <p>
          {senders.length > 0
            ? `${formatCount(received)} received, ${formatCount(stored)} stored. What was not stored is listed with its reason.`
            : 'What every sender sent, and what became of it.'}
        </p>
      </header>
      {ledger.isError && <ErrorNotice error={ledger.error} onRetry={() => void ledger.refetch()} />}
      {ledger.isPending && (
        <p className={styles.loading} role="status">
          Reading the ledger
        </p>
      )}
      {ledger.isSuccess && senders.length === 0 && (
        <Notice title="Nothing has been received">
          Once a program sends spans, logs or metrics to the OTLP endpoints, it gets a line here.
        </Notice>
      )}
      <ul>
        {senders.map((sender) => (
          <SenderEntry key={`${sender.project}/${sender.signal}/${sender.sender}`} sender={sender} now={now} />
        ))}
      </ul>
    </div>
  );
}
