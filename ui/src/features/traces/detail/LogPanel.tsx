/** One log record in full, in the place of a span's details. */
import type { TraceLog } from '../../../api/types';
import { formatDuration } from '../../../format/duration';
import { formatCount } from '../../../format/number';
import { formatExact, formatUtc } from '../../../format/time';
import { Button } from '../../../ui/Button';
import { CopyButton } from '../../../ui/CopyButton';
import { ServiceDot } from '../../../ui/ServiceDot';
import { prettyJson } from '../model/pretty';
import { severityOf } from '../model/severity';
import { Attributes } from './panel/Attributes';
import { Fact } from './panel/Fact';
import facts from './panel/Facts.module.css';
import styles from './panel/SpanPanel.module.css';

interface Props {
  log: TraceLog;
  /** What the record's span is called; '' where it is not among the spans here. */
  spanName: string;
  onSpan: () => void;
  onClose: () => void;
}

export function LogPanel({ log, spanName, onSpan, onClose }: Props) {
  const severity = severityOf(log.severity_number, log.severity);
  const cut = log.attributes.filter(({ truncated }) => truncated !== null);
  const body = prettyJson(log.body.text) ?? log.body.text;
  return (
    <div className={styles.panel}>
      <header className={styles.head}>
        <h2>{log.event_name || 'Log record'}</h2>
        <Button bare iconOnly icon="close" label="Close details" onClick={onClose} />
        <div className={styles.facts}>
          <span className={styles.service}>
            <ServiceDot service={log.service} />
            {log.service}
          </span>
          <span>{severity.name}</span>
          <span>{formatDuration(log.start)} after start</span>
        </div>
      </header>
      <div className={styles.body} role="region" aria-label="Log record">
        <div className={styles.text}>
          <pre>{body || 'no text'}</pre>
          <CopyButton text={body} label="Copy text" />
        </div>
        {log.body.truncated && (
          <p className={facts.note}>
            Showing {formatCount(log.body.truncated.shown)} of {formatCount(log.body.truncated.of)} characters.
          </p>
        )}
        <dl className={facts.facts}>
          <Fact name="Time">
            <time title={formatUtc(log.time_unix_nano)}>{formatExact(log.time_unix_nano)}</time>
          </Fact>
          <Fact name="Severity">
            {severity.name} ({log.severity_number})
          </Fact>
          <Fact name="Span">
            {spanName === '' ? (
              log.span_id ? `${log.span_id} (not among the spans that arrived)` : 'none: it names the trace alone'
            ) : (
              <button type="button" data-link onClick={onSpan}>
                {spanName}
              </button>
            )}
          </Fact>
        </dl>
        {log.attributes.length > 0 && <h3 className={facts.heading}>Attributes</h3>}
        <Attributes attributes={log.attributes} dropped={0} bare />
        {cut.length > 0 && (
          <p className={facts.note}>
            Long values are cut: {cut.map(({ key, truncated }) => `${key}, ${formatCount(truncated!.shown)} of ${formatCount(truncated!.of)} characters`).join('; ')}.
          </p>
        )}
      </div>
    </div>
  );
}
