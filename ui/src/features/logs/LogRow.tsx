/** One log record: a line, and all of it when it is open. */
import { memo } from 'react';
import type { Condition } from '../../api/search';
import type { LogRecord } from '../../api/types';
import { formatClock, formatDay, formatExact, nanoToMs } from '../../format/time';
import { ServiceDot } from '../../ui/ServiceDot';
import { LogDetail } from './LogDetail';
import styles from './LogList.module.css';
import { severityOf } from './model/severity';

interface Props {
  record: LogRecord;
  open: boolean;
  project: string;
  /** Whether the day stands before the time. */
  dated: boolean;
  onToggle: (logId: string) => void;
  onAdd: (condition: Condition) => void;
}

export const LogRow = memo(function LogRow({ record, open, project, dated, onToggle, onAdd }: Props) {
  const severity = severityOf(record);
  return (
    <div role="listitem" className={styles.item} data-severity={severity} data-open={open}>
      <button type="button" className={styles.row} data-row aria-expanded={open} onClick={() => onToggle(record.log_id)}>
        <time title={formatExact(record.time_unix_nano)}>{clockOf(record.time_unix_nano, dated)}</time>
        <span className={styles.severity}>{record.severity || (severity === 'none' ? '' : severity)}</span>
        <span className={styles.service} title={record.service}>
          <ServiceDot service={record.service} />
          {record.service}
        </span>
        <span className={styles.body}>{lineOf(record)}</span>
      </button>
      {open && <LogDetail record={record} project={project} onAdd={onAdd} />}
    </div>
  );
});

function clockOf(nano: string, dated: boolean): string {
  const ms = nanoToMs(nano);
  const date = new Date(ms);
  return `${dated ? `${formatDay(date).slice(5)} ` : ''}${formatClock(date)}.${String(ms % 1000).padStart(3, '0')}`;
}

/** An event may have no body; then its name and attributes are what it says. */
function lineOf({ body, event_name, attributes }: LogRecord): string {
  if (body !== '') return event_name === '' ? body : `${event_name}  ${body}`;
  return [event_name, ...attributes.slice(0, 8).map(({ key, value }) => `${key}=${value}`)].filter(Boolean).join('  ') || '(empty)';
}
