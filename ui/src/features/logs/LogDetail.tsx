/** All of a log record: where it belongs, its whole body, its attributes; each value can be searched for. */
import { Link } from 'wouter';
import { useLogRecord } from '../../api/logs';
import { withProject } from '../../api/project';
import type { Condition } from '../../api/search';
import type { Attribute, LogRecord } from '../../api/types';
import { formatCount } from '../../format/number';
import { formatExact, formatUtc } from '../../format/time';
import { Button } from '../../ui/Button';
import { CopyButton } from '../../ui/CopyButton';
import { ErrorNotice } from '../../ui/Notice';
import { prettyJson } from '../traces/model/pretty';
import styles from './LogDetail.module.css';

interface Props {
  record: LogRecord;
  project: string;
  onAdd: (condition: Condition) => void;
}

const COMPARED: ReadonlySet<Attribute['type']> = new Set(['string', 'int', 'double', 'bool'] as const);

export function LogDetail({ record, project, onAdd }: Props) {
  const isCut = record.body_length > record.body.length;
  const whole = useLogRecord(record.log_id, isCut);
  const body = whole.data?.body ?? record.body;
  const toTrace = `/trace/${record.trace_id}?${record.span_id ? `span=${record.span_id}&` : ''}log=${record.log_id}`;
  return (
    <div className={styles.detail}>
      <div className={styles.actions}>
        {record.trace_id !== '' && (
          <>
            <Link href={withProject(toTrace, project)}>Open in its trace</Link>
            <Button small bare label="Logs of this trace" onClick={() => onAdd({ field: 'trace_id', value: record.trace_id, replaces: true })} />
          </>
        )}
        <CopyButton text={JSON.stringify({ ...record, body }, null, 2)} label="Copy the record as JSON" />
        <time title={formatUtc(record.time_unix_nano)}>{formatExact(record.time_unix_nano)}</time>
      </div>
      {body !== '' && (
        <div className={styles.body}>
          <pre>{prettyJson(body) ?? body}</pre>
          <CopyButton text={body} label="Copy the body" />
        </div>
      )}
      {isCut && whole.isPending && <p className={styles.note}>Reading all {formatCount(record.body_length)} characters</p>}
      {whole.isError && <ErrorNotice error={whole.error} onRetry={() => void whole.refetch()} />}
      <dl className={styles.list}>
        <Item name="severity" value={record.severity} note={record.severity_number > 0 ? `number ${record.severity_number}` : ''} onAdd={onAdd} />
        <Item name="service" value={record.service} onAdd={onAdd} />
        <Item name="event_name" value={record.event_name} onAdd={onAdd} />
        <Item name="scope" value={record.scope} onAdd={onAdd} />
        {record.attributes.map((attribute) => (
          <AttributeLine key={attribute.key} attribute={attribute} scope="log" onAdd={onAdd} />
        ))}
        {record.resource_attributes.map((attribute) => (
          <AttributeLine key={`resource.${attribute.key}`} attribute={attribute} scope="resource" onAdd={onAdd} />
        ))}
      </dl>
    </div>
  );
}

interface AttributeProps {
  attribute: Attribute;
  scope: 'log' | 'resource';
  onAdd: (condition: Condition) => void;
}

function AttributeLine({ attribute: { key, type, value }, scope, onAdd }: AttributeProps) {
  const condition: Condition = { field: key, scope, value, type, operator: COMPARED.has(type) ? '=' : 'contains' };
  const name = scope === 'resource' ? `resource.${key}` : key;
  return <Line name={name} value={value} note={type === 'string' ? '' : type} condition={condition} onAdd={onAdd} />;
}

function Item({ name, value, note = '', onAdd }: { name: string; value: string; note?: string; onAdd: (condition: Condition) => void }) {
  if (value === '') return null;
  return <Line name={name} value={value} note={note} condition={{ field: name, value }} onAdd={onAdd} />;
}

interface LineProps {
  name: string;
  value: string;
  note: string;
  condition: Condition;
  onAdd: (condition: Condition) => void;
}

function Line({ name, value, note, condition, onAdd }: LineProps) {
  return (
    <div className={styles.line}>
      <dt>{name}</dt>
      <dd>
        <span>{value}</span>
        {note && <i>{note}</i>}
      </dd>
      <span className={styles.buttons}>
        <Button bare small iconOnly icon="with" label={`Only this ${name}`} onClick={() => onAdd(condition)} />
        <Button bare small iconOnly icon="without" label={`Without this ${name}`} onClick={() => onAdd({ ...condition, negated: true })} />
        <CopyButton text={value} label={`Copy ${name}`} />
      </span>
    </div>
  );
}
