/** Traces as a conversation: what was asked, what was answered, and folded what was done in between. */
import { useState } from 'react';
import { Link } from 'wouter';
import { useProject, withProject } from '../../api/project';
import type { ConversationTrace } from '../../api/types';
import { formatCost } from '../../format/cost';
import { formatDuration } from '../../format/duration';
import { spanTitle } from '../../format/name';
import { formatCount, plural } from '../../format/number';
import { formatExact, formatUtc } from '../../format/time';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { TokenFlow } from '../../ui/TokenFlow';
import styles from './Conversation.module.css';
import { InBetween } from './InBetween';
import { Said } from './Said';

interface Props {
  traces: ConversationTrace[];
  total: number;
  fetching: boolean;
  onMore: () => void;
}

export function Conversation({ traces, total, fetching, onMore }: Props) {
  return (
    <>
      <ol className={styles.turns} aria-label="Conversation">
        {traces.map((turn) => (
          <li key={turn.trace.trace_id}>
            <Turn turn={turn} />
          </li>
        ))}
      </ol>
      {traces.length < total && (
        <p className={styles.more} role="status">
          Showing {formatCount(traces.length)} of {plural(total, 'trace')}
          <Button label="Show more" disabled={fetching} onClick={onMore} />
        </p>
      )}
    </>
  );
}

function Turn({ turn: { trace, asked, answered } }: { turn: ConversationTrace }) {
  const [open, setOpen] = useState(false);
  const project = useProject();
  const isSilent = asked.length + answered.length === 0;
  return (
    <article className={styles.turn} data-failed={trace.error_count > 0}>
      <div className={styles.strip}>
        <time title={formatUtc(trace.start_time_unix_nano)}>{formatExact(trace.start_time_unix_nano).slice(5, 19)}</time>
        <b>{formatDuration(trace.duration_nano)}</b>
        {trace.error_count > 0 && (
          <span className={styles.errors}>
            <Icon name="error" size={12} /> {plural(trace.error_count, 'error')}
          </span>
        )}
        {trace.input_tokens + trace.output_tokens > 0 && (
          <span>
            <TokenFlow input={trace.input_tokens} output={trace.output_tokens} /> tokens
          </span>
        )}
        {trace.cost !== null && <span>{formatCost(trace.cost)}</span>}
        <button type="button" aria-expanded={open} className={styles.between} onClick={() => setOpen(!open)}>
          <Icon name={open ? 'down' : 'open'} size={11} /> {plural(trace.span_count, 'span')}
        </button>
        <Link href={withProject(`/trace/${trace.trace_id}?view=transcript`, project)}>
          {trace.root_name ? spanTitle(trace.root_name) : 'trace'}
        </Link>
      </div>
      {asked.map((message, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- a conversation may repeat a message
        <Said key={at} message={message} />
      ))}
      {open && <InBetween traceId={trace.trace_id} />}
      {answered.map((message, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- as above
        <Said key={at} message={message} answer />
      ))}
      {isSilent && <p className={styles.silent}>Nothing said was recorded in this trace.</p>}
    </article>
  );
}
