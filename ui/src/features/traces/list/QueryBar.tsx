/** The question: every field writes the URL as soon as it is complete. */
import { useState } from 'react';
import { useServices } from '../../../api/server';
import { useOperations } from '../../../api/suggestions';
import { formatCompact } from '../../../format/number';
import { Button } from '../../../ui/Button';
import { Suggest } from '../../../ui/Suggest';
import { DEFAULT_QUERY, STATUSES, hasFilters, type TraceQuery } from '../model/listUrl';
import { AttributeFilters } from './AttributeFilters';
import { DurationField } from './DurationField';
import styles from './QueryBar.module.css';
import { TimePicker } from './TimePicker';

interface Props {
  query: TraceQuery;
  onChange: (change: Partial<TraceQuery>) => void;
  onRefresh: () => void;
  refreshing: boolean;
}

export function QueryBar({ query, onChange, onRefresh, refreshing }: Props) {
  const clear = () => onChange({ ...DEFAULT_QUERY, window: query.window, sort: query.sort, live: query.live });
  return (
    <form className={styles.bar} role="search" aria-label="Traces" onSubmit={(event) => event.preventDefault()}>
      <div className={styles.row}>
        <TextField value={query.text} onChange={(text) => onChange({ text })} />
        <ServiceField value={query.service} onChange={(service) => onChange({ service })} />
        <NameField service={query.service} value={query.name} onChange={(name) => onChange({ name })} />
        <select
          className={styles.field}
          aria-label="Status"
          value={query.status}
          onChange={(event) => onChange({ status: event.target.value as TraceQuery['status'] })}
        >
          <option value="">any status</option>
          {STATUSES.map((status) => (
            <option key={status}>{status}</option>
          ))}
        </select>
        <span className={styles.between}>
          <DurationField label="Shortest duration" placeholder="250ms" value={query.minDuration} onChange={(minDuration) => onChange({ minDuration })} />
          to
          <DurationField label="Longest duration" placeholder="any" value={query.maxDuration} onChange={(maxDuration) => onChange({ maxDuration })} />
        </span>
      </div>
      <div className={styles.row}>
        <TimePicker window={query.window} onChange={(window) => onChange({ window })} />
        <AttributeFilters attributes={query.attributes} onChange={(attributes) => onChange({ attributes })} />
        <span className={styles.right}>
          {hasFilters(query) && <Button bare label="Clear filters" onClick={clear} />}
          <Button icon="live" label="Live" pressed={query.live} onClick={() => onChange({ live: !query.live })} />
          <Button label="Refresh" disabled={refreshing} onClick={onRefresh} />
        </span>
      </div>
    </form>
  );
}

function TextField({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  return (
    <input
      key={value}
      type="search"
      className={`${styles.field} ${styles.text}`}
      aria-label="Free text"
      placeholder="Search names, services, attribute values"
      spellCheck={false}
      defaultValue={value}
      onBlur={(event) => onChange(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onChange(event.currentTarget.value);
      }}
    />
  );
}

interface FieldProps {
  value: string;
  onChange: (value: string) => void;
}

/** Text that follows the URL, and is its own while it is being typed. */
function useDraft(value: string): [string, (text: string) => void] {
  const [draft, setDraft] = useState({ text: value, from: value });
  if (draft.from !== value) setDraft({ text: value, from: value });
  return [draft.text, (text) => setDraft({ text, from: value })];
}

function ServiceField({ value, onChange }: FieldProps) {
  const services = useServices();
  const [text, setText] = useDraft(value);
  const wanted = text === value ? '' : text.toLowerCase();
  return (
    <Suggest
      className={styles.service}
      label="Service"
      placeholder="any service"
      text={text}
      onText={setText}
      onCommit={(service) => {
        setText(service);
        onChange(service.trim());
      }}
      suggestions={(services.data?.services ?? [])
        .filter(({ name }) => name.toLowerCase().includes(wanted))
        .map(({ name, span_count }) => ({ value: name, hint: formatCompact(span_count) }))}
    />
  );
}

function NameField({ service, value, onChange }: FieldProps & { service: string }) {
  const [text, setText] = useDraft(value);
  const [open, setOpen] = useState(false);
  const operations = useOperations(service, text === value ? '' : text, open);
  return (
    <Suggest
      className={styles.name}
      label="Span name"
      placeholder="any span name"
      text={text}
      onText={setText}
      onOpen={setOpen}
      onCommit={(name) => {
        setText(name);
        onChange(name.trim());
      }}
      suggestions={uniqueNames(operations.data?.operations ?? [])}
    />
  );
}

/** One name may come with several kinds. */
function uniqueNames(operations: { name: string; span_count: number }[]) {
  const counts = new Map<string, number>();
  for (const { name, span_count } of operations) counts.set(name, (counts.get(name) ?? 0) + span_count);
  return [...counts].map(([value, count]) => ({ value, hint: formatCompact(count) }));
}
