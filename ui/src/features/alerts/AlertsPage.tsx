/** /alerts: what fires, every rule with its state, and what each did. ?id= opens one, ?new=1 begins one. */
import { useLocation, useSearch } from 'wouter';
import { useAlertEvents, useAlerts } from '../../api/alerts';
import { useDeleteDocument, usePutDocument, newId } from '../../api/documents';
import type { Alert, AlertRule } from '../../api/types';
import { formatAge, formatExact, nanoToMs } from '../../format/time';
import { Button } from '../../ui/Button';
import { ErrorNotice, Notice } from '../../ui/Notice';
import { useNow } from '../../ui/useNow';
import { useTitle } from '../../ui/useTitle';
import { AlertForm } from './AlertForm';
import styles from './Alerts.module.css';

const HOUR_MS = 3600e3;

const BLANK: AlertRule = {
  sql: "SELECT countIf(StatusCode = 'Error') / count()\nFROM otel_traces\nWHERE Timestamp > now() - INTERVAL 5 MINUTE AND ParentSpanId = ''",
  condition: { operator: '>', threshold: 0.05 },
  for_seconds: 0,
  every_seconds: 60,
  severity: 'warning',
  channels: [],
  is_enabled: true,
  silenced_until_time_unix_nano: '0',
};

export function AlertsPage() {
  useTitle('Alerts');
  const alerts = useAlerts();
  const [path, navigate] = useLocation();
  const search = useSearch();
  const params = new URLSearchParams(search);
  const isNew = params.get('new') === '1';
  const chosen = alerts.data?.alerts.find(({ id }) => id === params.get('id'));
  const now = useNow(1000);
  const put = usePutDocument('alert');
  const open = (key: 'id' | 'new' | '', value = '') => {
    const next = new URLSearchParams(search);
    next.delete('id');
    next.delete('new');
    if (key) next.set(key, value);
    const text = next.toString();
    navigate(text ? `${path}?${text}` : path);
  };
  const save = async (id: string, name: string, rule: AlertRule, updated: string) => {
    await put.mutateAsync({ id, name, body: { ...rule }, if_updated_time_unix_nano: updated });
    open('id', id);
  };
  return (
    <div className={styles.page}>
      <div className={styles.bar}>
        <h1>Alerts</h1>
        <Button label="New alert" onClick={() => open('new', '1')} />
      </div>
      {alerts.isError && <ErrorNotice error={alerts.error} onRetry={() => void alerts.refetch()} />}
      {put.isError && <ErrorNotice error={put.error} />}
      {isNew && <AlertForm key="new" name="" rule={BLANK} onCancel={() => open('')} onSave={(name, rule) => save(newId(), name, rule, '0')} />}
      {alerts.data?.alerts.length === 0 && !isNew && (
        <Notice title="No alerts yet">An alert asks SQL every minute, and tells a webhook or a mailbox when the answer is not as it should be. New alert begins one.</Notice>
      )}
      <ul className={styles.list} aria-label="Alerts">
        {alerts.data?.alerts.map((alert) => (
          <li key={alert.id}>
            <button type="button" className={styles.alert} aria-expanded={alert === chosen} onClick={() => open(alert === chosen ? '' : 'id', alert.id)}>
              <StateMark alert={alert} />
              <b>{alert.name}</b>
              <span className={styles.message}>{alert.problem || alert.message || alert.value}</span>
              <span className={styles.since}>{alert.since_time_unix_nano !== '0' && formatAge(nanoToMs(alert.since_time_unix_nano), now)}</span>
            </button>
            {alert === chosen && (
              <Details
                alert={alert}
                now={now}
                onClose={() => open('')}
                onSave={(name, rule) => save(alert.id, name, rule, alert.updated_time_unix_nano)}
              />
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function StateMark({ alert }: { alert: Alert }) {
  const isOn = alert.rule?.is_enabled ?? true;
  return (
    <span className={styles.state} data-state={isOn ? alert.state : 'off'}>
      {isOn ? alert.state : 'off'}
      {alert.is_silenced && ', silenced'}
    </span>
  );
}

interface DetailsProps {
  alert: Alert;
  now: number;
  onClose: () => void;
  onSave: (name: string, rule: AlertRule) => Promise<void>;
}

function Details({ alert, now, onClose, onSave }: DetailsProps) {
  const remove = useDeleteDocument('alert');
  const { rule } = alert;
  const silence = (hours: number) => {
    if (rule) void onSave(alert.name, { ...rule, silenced_until_time_unix_nano: hours === 0 ? '0' : `${Math.round(now + hours * HOUR_MS)}000000` });
  };
  return (
    <div className={styles.details}>
      <p className={styles.actions}>
        {rule && (
          <>
            <Button label={rule.is_enabled ? 'Turn off' : 'Turn on'} onClick={() => void onSave(alert.name, { ...rule, is_enabled: !rule.is_enabled })} />
            {alert.is_silenced ? (
              <Button label="End the silence" onClick={() => silence(0)} />
            ) : (
              [1, 8, 24].map((hours) => <Button key={hours} label={`Silence ${hours} h`} onClick={() => silence(hours)} />)
            )}
          </>
        )}
        <Button label="Delete" onClick={() => confirm(`Delete the alert ${alert.name}?`) && remove.mutate(alert.id, { onSuccess: onClose })} />
        {alert.is_silenced && rule && <span>silenced until {formatExact(rule.silenced_until_time_unix_nano).slice(0, 16)}</span>}
      </p>
      {remove.isError && <ErrorNotice error={remove.error} />}
      {rule ? (
        <AlertForm key={alert.updated_time_unix_nano} name={alert.name} rule={rule} onCancel={onClose} onSave={onSave} />
      ) : (
        <Notice title="This alert cannot be read">{alert.problem}</Notice>
      )}
      <History id={alert.id} now={now} />
    </div>
  );
}

function History({ id, now }: { id: string; now: number }) {
  const events = useAlertEvents(id);
  if (events.isError) return <ErrorNotice error={events.error} />;
  const found = events.data?.events ?? [];
  return (
    <section aria-label="History">
      <h2>History</h2>
      {events.isSuccess && found.length === 0 && <p className={styles.message}>Nothing has happened yet.</p>}
      <ol className={styles.history}>
        {found.map((event) => (
          <li key={`${event.time_unix_nano} ${event.kind} ${event.channel} ${event.outcome}`}>
            <time title={formatExact(event.time_unix_nano)}>{formatAge(nanoToMs(event.time_unix_nano), now)}</time>
            <span className={styles.state} data-state={event.outcome === 'failed' ? 'error' : event.state}>
              {event.kind === 'state' ? event.state : `told ${event.state}`}
            </span>
            <span className={styles.message}>
              {event.kind === 'state' ? event.message || event.value : `${event.channel}: ${event.outcome}${event.message && `, ${event.message}`}`}
            </span>
          </li>
        ))}
      </ol>
      {events.data && !events.data.is_complete && <p className={styles.message}>Showing the last {found.length}.</p>}
    </section>
  );
}
