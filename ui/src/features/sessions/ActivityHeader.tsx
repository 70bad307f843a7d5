/** Which session or user this is, and its totals over all of its traces. */
import type { ReactNode } from 'react';
import type { SessionSummary } from '../../api/types';
import { formatCost } from '../../format/cost';
import { formatDuration } from '../../format/duration';
import { formatCount } from '../../format/number';
import { formatExact, formatUtc } from '../../format/time';
import { CopyButton } from '../../ui/CopyButton';
import { TokenFlow } from '../../ui/TokenFlow';
import styles from './ConversationPage.module.css';

interface Props {
  kind: 'session' | 'user';
  id: string;
  activity: Omit<SessionSummary, 'session_id' | 'user_ids'>;
  children?: ReactNode;
}

export function ActivityHeader({ kind, id, activity, children }: Props) {
  const lasted = Number(BigInt(activity.end_time_unix_nano) - BigInt(activity.start_time_unix_nano));
  return (
    <header className={styles.header}>
      <h1>
        <span>{kind}</span> <b>{id}</b>
        <CopyButton text={id} label={`Copy the ${kind} id`} />
      </h1>
      <div className={styles.facts}>
        <Fact count={activity.trace_count} noun="trace" />
        {activity.turn_count > 0 && <Fact count={activity.turn_count} noun="model call" />}
        {activity.error_count > 0 && (
          <span className={styles.errors}>
            <Fact count={activity.error_count} noun="error" />
          </span>
        )}
        {activity.input_tokens + activity.output_tokens > 0 && (
          <span>
            <b>
              <TokenFlow input={activity.input_tokens} output={activity.output_tokens} />
            </b>{' '}
            tokens
          </span>
        )}
        {activity.cost !== null && (
          <span>
            <b>{formatCost(activity.cost)}</b>
          </span>
        )}
        {activity.models.length > 0 && <span>{activity.models.join(', ')}</span>}
        {children}
        <span>
          <time title={formatUtc(activity.start_time_unix_nano)}>{formatExact(activity.start_time_unix_nano).slice(0, 19)}</time>, over{' '}
          {formatDuration(lasted)}
        </span>
      </div>
    </header>
  );
}

function Fact({ count, noun }: { count: number; noun: string }) {
  return (
    <span>
      <b>{formatCount(count)}</b> {count === 1 ? noun : `${noun}s`}
    </span>
  );
}
