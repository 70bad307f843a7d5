/** A message of a conversation: its text as it was written, anything else by its kind. */
import type { TranscriptMessage, TranscriptPart } from '../../api/types';
import { formatCount } from '../../format/number';
import { LongText } from '../../ui/LongText';
import { prettyJson } from '../traces/model/pretty';
import styles from './Conversation.module.css';

export function Said({ message, answer = false }: { message: TranscriptMessage; answer?: boolean }) {
  return (
    <div className={styles.said} data-side={answer ? 'answer' : 'asked'}>
      <span className={styles.role}>
        {message.role || (answer ? 'answer' : 'asked')}
        {message.name && ` ${message.name}`}
      </span>
      <div className={styles.parts}>
        {message.parts.map((part, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- a message may repeat a part
          <PartOf key={at} part={part} />
        ))}
      </div>
    </div>
  );
}

const WORDS: Record<string, string> = { tool_call: 'calls', tool_call_response: 'result', reasoning: 'reasoning' };

function PartOf({ part }: { part: TranscriptPart }) {
  const { text, truncated } = part.text;
  const rest = truncated && (
    <span className={styles.rest}>
      {' '}
      showing {formatCount(truncated.shown)} of {formatCount(truncated.of)} characters; the trace has all
    </span>
  );
  if (part.type === 'text') {
    return (
      <p className={styles.text}>
        <LongText text={text} />
        {rest}
      </p>
    );
  }
  return (
    <details className={styles.part}>
      <summary>
        {WORDS[part.type] ?? part.type} {part.name}
      </summary>
      <pre>
        {prettyJson(text) ?? text}
        {rest}
      </pre>
    </details>
  );
}
