/** When, how long, which kind, what came of it; the attributes follow at once, for they are read most. */
import type { Span } from '../../../../api/types';
import { formatDuration } from '../../../../format/duration';
import { formatExact, formatUtc } from '../../../../format/time';
import { CopyButton } from '../../../../ui/CopyButton';
import type { Placed } from '../../model/placed';
import { Attributes } from './Attributes';
import { Fact } from './Fact';
import { Failure } from './Failure';
import styles from './Facts.module.css';
import { Exceptions } from './Exceptions';
import { SubtreeFacts, type Subtree } from './SubtreeFacts';

interface Props {
  span: Span;
  placed: Placed | null;
  subtree: Subtree | null;
  traceStart: string;
  onSelect: (spanId: string) => void;
}

/** The sender's clock and the batch it waited in; more than this is worth a line. */
const LATE_NANO = 10n * 1_000_000_000n;

export function Overview({ span, placed, subtree, traceStart, onSelect }: Props) {
  const offset = Number(BigInt(span.start_time_unix_nano) - BigInt(traceStart));
  const delay = BigInt(span.received_time_unix_nano) - BigInt(span.end_time_unix_nano);
  return (
    <>
      <Failure status={span.status} />
      {placed && placed.sameId > 1 && (
        <p className={styles.note}>{placed.sameId} spans of this trace have the same id.</p>
      )}
      <Exceptions events={span.events} />
      <dl className={styles.facts}>
        <Fact name="Start">
          <time title={formatUtc(span.start_time_unix_nano)}>{formatExact(span.start_time_unix_nano)}</time>
        </Fact>
        <Fact name="After start">{formatDuration(offset)}</Fact>
        <Fact name="Duration">{formatDuration(span.duration_nano)}</Fact>
        <Fact name="Status">{span.status.code.toLowerCase()}</Fact>
        <Fact name="Span id" mono>
          {span.span_id} <CopyButton text={span.span_id} label="Copy span id" />
        </Fact>
        {span.parent_span_id && (
          <Fact name="Parent" mono>
            {placed?.hasParent === false ? (
              `${span.parent_span_id} (not among the spans that arrived)`
            ) : (
              <button type="button" data-link onClick={() => onSelect(span.parent_span_id)}>
                {span.parent_span_id}
              </button>
            )}
          </Fact>
        )}
        {span.trace_state && (
          <Fact name="Trace state" mono>
            {span.trace_state}
          </Fact>
        )}
        {placed?.outside && <Fact name="Order">{placed.outside}</Fact>}
        {(delay > LATE_NANO || delay < 0n) && (
          <Fact name="Received">
            {delay < 0n
              ? `${formatDuration(Number(-delay))} before it ended: the clocks differ`
              : `${formatDuration(Number(delay))} after it ended`}
          </Fact>
        )}
      </dl>
      {subtree && <SubtreeFacts {...subtree} />}
      {span.attributes.length > 0 && <h3 className={styles.heading}>Attributes</h3>}
      <Attributes attributes={span.attributes} dropped={span.dropped_attributes_count} filterable bare />
    </>
  );
}
