/** No session, or user, in the window: where else to look, and what makes a trace belong to one. */
import { Button } from '../../ui/Button';
import { CopyButton } from '../../ui/CopyButton';
import { Notice } from '../../ui/Notice';
import { widerWindows } from '../../ui/timeWindow';
import type { Kind } from './ActivityPage';
import styles from './ActivityPage.module.css';
import type { ActivityQuery } from './model/activityUrl';

interface Props {
  kind: Kind;
  query: ActivityQuery;
  onChange: (change: Partial<ActivityQuery>) => void;
}

const SNIPPETS = {
  session: `from opentelemetry import trace

span = trace.get_current_span()
span.set_attribute("gen_ai.conversation.id", conversation_id)
span.set_attribute("user.id", user_id)`,
  user: `from opentelemetry import trace

trace.get_current_span().set_attribute("user.id", user_id)`,
};

export function NoActivity({ kind, query, onChange }: Props) {
  const wider = widerWindows(query.window);
  return (
    <Notice title={query.text ? `No ${kind} with "${query.text}" in its id or its ${kind === 'session' ? 'user' : 'session'}s' in this window` : `No ${kind}s in this window`}>
      <p className={styles.choices}>
        {query.text && <Button label="Any id" onClick={() => onChange({ text: '' })} />}
        {wider.map((last) => (
          <Button key={last} label={`Last ${last}`} onClick={() => onChange({ window: { last } })} />
        ))}
      </p>
      <p>
        {kind === 'session' ? (
          <>
            A trace belongs to a session when any of its spans says <code>gen_ai.conversation.id</code> or{' '}
            <code>session.id</code>:
          </>
        ) : (
          <>
            A trace belongs to a user when any of its spans says <code>user.id</code>:
          </>
        )}
      </p>
      <div className={styles.snippet}>
        <pre>{SNIPPETS[kind]}</pre>
        <CopyButton text={SNIPPETS[kind]} />
      </div>
    </Notice>
  );
}
