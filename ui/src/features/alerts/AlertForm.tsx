/** A rule: its SQL, when it fires, whom it tells; tried before it is saved. */
import { useState } from 'react';
import { usePreviewAlert, useTestAlert } from '../../api/alerts';
import type { AlertRule } from '../../api/types';
import { Button } from '../../ui/Button';
import styles from './Alerts.module.css';

interface Props {
  name: string;
  rule: AlertRule;
  onSave: (name: string, rule: AlertRule) => Promise<void>;
  onCancel: () => void;
}

const OPERATORS: AlertRule['condition']['operator'][] = ['>', '>=', '<', '<=', 'rows'];
const SEVERITIES: AlertRule['severity'][] = ['info', 'warning', 'critical'];

export function AlertForm({ name, rule, onSave, onCancel }: Props) {
  const [title, setTitle] = useState(name);
  const [draft, setDraft] = useState(rule);
  const preview = usePreviewAlert();
  const test = useTestAlert();
  const put = (part: Partial<AlertRule>) => setDraft({ ...draft, ...part });
  const { condition } = draft;
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void onSave(title.trim(), draft).catch(() => undefined);
      }}
    >
      <label>
        Name
        <input value={title} required maxLength={200} onChange={(event) => setTitle(event.target.value)} />
      </label>
      <label>
        SQL: one number, or rows
        <textarea value={draft.sql} required spellCheck={false} onChange={(event) => put({ sql: event.target.value })} />
      </label>
      <p className={styles.fields}>
        <label>
          Fires when
          <select value={condition.operator} onChange={(event) => put({ condition: { ...condition, operator: event.target.value as typeof condition.operator } })}>
            {OPERATORS.map((operator) => (
              <option key={operator} value={operator}>
                {operator === 'rows' ? 'there are rows' : `the number is ${operator}`}
              </option>
            ))}
          </select>
        </label>
        {condition.operator !== 'rows' && <Number label="Threshold" value={condition.threshold} least={-Infinity} onChange={(threshold) => put({ condition: { ...condition, threshold } })} />}
        <Number label="for seconds" value={draft.for_seconds} least={0} onChange={(for_seconds) => put({ for_seconds })} />
        <Number label="asked every seconds" value={draft.every_seconds} least={5} onChange={(every_seconds) => put({ every_seconds })} />
        <label>
          Severity
          <select value={draft.severity} onChange={(event) => put({ severity: event.target.value as typeof draft.severity })}>
            {SEVERITIES.map((severity) => (
              <option key={severity}>{severity}</option>
            ))}
          </select>
        </label>
      </p>
      <Channels channels={draft.channels} onChange={(channels) => put({ channels })} />
      {preview.data && (
        <p role="status" className={styles.result}>
          {preview.data.kind === 'error' ? preview.data.message : `${preview.data.kind}: ${preview.data.message || preview.data.value || 'no number in the first row'}`}
        </p>
      )}
      {test.data?.deliveries.map(({ channel, failure }) => (
        <p key={channel} role="status" className={styles.result}>
          {channel}: {failure || 'delivered'}
        </p>
      ))}
      {(preview.error ?? test.error) && (
        <p role="alert" className={styles.problem}>
          {(preview.error ?? test.error)?.message}
        </p>
      )}
      <footer>
        <Button label="Try the SQL" disabled={preview.isPending} onClick={() => preview.mutate(draft)} />
        <Button label="Test the channels" disabled={draft.channels.length === 0 || test.isPending} onClick={() => test.mutate({ name: title || 'a test', channels: draft.channels })} />
        <Button label="Close" onClick={onCancel} />
        <Button label="Save" type="submit" />
      </footer>
    </form>
  );
}

function Number({ label, value, least, onChange }: { label: string; value: number; least: number; onChange: (value: number) => void }) {
  return (
    <label>
      {label}
      <input type="number" step="any" min={least === -Infinity ? undefined : least} value={value} onChange={(event) => onChange(event.target.valueAsNumber || 0)} />
    </label>
  );
}

type ChannelList = AlertRule['channels'];

function Channels({ channels, onChange }: { channels: ChannelList; onChange: (channels: ChannelList) => void }) {
  const [kind, setKind] = useState<'webhook' | 'email'>('webhook');
  const [to, setTo] = useState('');
  const add = () => {
    const text = to.trim();
    if (!text) return;
    onChange([...channels, kind === 'webhook' ? { kind, url: text } : { kind, to: text.split(/[,;\s]+/).filter(Boolean) }]);
    setTo('');
  };
  return (
    <div>
      Tells
      {channels.map((channel) => {
        const address = channel.kind === 'webhook' ? channel.url : channel.to.join(', ');
        return (
          <p key={address} className={styles.channel}>
            {channel.kind} <code>{address}</code>
            <Button bare small iconOnly icon="close" label={`Do not tell ${address}`} onClick={() => onChange(channels.filter((one) => one !== channel))} />
          </p>
        );
      })}
      <p className={styles.fields}>
        <select aria-label="Kind of channel" value={kind} onChange={(event) => setKind(event.target.value as typeof kind)}>
          <option value="webhook">webhook</option>
          <option value="email">email</option>
        </select>
        <input
          aria-label={kind === 'webhook' ? 'Address of the webhook' : 'Mail addresses'}
          placeholder={kind === 'webhook' ? 'https://example.com/hook' : 'oncall@example.com'}
          value={to}
          onChange={(event) => setTo(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            add();
          }}
        />
        <Button label="Add" onClick={add} />
      </p>
    </div>
  );
}
