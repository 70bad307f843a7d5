/** One message: its parts in the order they came. */
import type { Message, Part } from '../../../../api/types';
import { LongText } from '../../../../ui/LongText';
import { showValue } from '../../model/pretty';
import { CodeBlock } from './CodeBlock';
import styles from './Conversation.module.css';

export function MessageView({ message, output }: { message: Message; output: boolean }) {
  return (
    <article className={styles.message} data-role={message.role}>
      <h3 className={styles.role}>
        {message.role || 'unknown role'}
        {message.name && <span>{message.name}</span>}
        {output && <span>answer{message.finish_reason ? `, ${message.finish_reason}` : ''}</span>}
      </h3>
      {message.parts.map((part, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a message may repeat a part
        <PartView key={index} part={part} />
      ))}
    </article>
  );
}

function PartView({ part }: { part: Part }) {
  switch (part.type) {
    case 'text':
      return <p className={styles.text}><LongText text={showValue(part.content)} /></p>;
    case 'reasoning':
      return <p className={styles.reasoning}><LongText text={showValue(part.content)} /></p>;
    case 'tool_call':
      return <CodeBlock title={part.name ?? 'tool'} icon="tool" note={part.id ?? ''} value={part.arguments} />;
    case 'tool_call_response':
      return <CodeBlock title="Result" icon="done" note={part.id ?? ''} value={part.response} />;
    default:
      return <CodeBlock title={part.type || 'unknown part'} icon="help" value={part} />;
  }
}
