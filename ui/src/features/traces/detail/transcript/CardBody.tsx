/** The inside of a card, by its kind. */
import type { ShownText, TranscriptCard, TranscriptMessage, TranscriptPart } from '../../../../api/types';
import { formatDuration } from '../../../../format/duration';
import { formatCount, plural } from '../../../../format/number';
import { CopyButton } from '../../../../ui/CopyButton';
import { Icon } from '../../../../ui/Icon';
import { prettyJson } from '../../model/pretty';
import styles from './Transcript.module.css';

interface Props {
  card: TranscriptCard;
  onSelect: (spanId: string) => void;
}

export function CardBody({ card, onSelect }: Props) {
  return (
    <div className={styles.body}>
      {card.error && (
        <div className={styles.error}>
          <b>{card.error.type || 'error'}</b> <Shown text={card.error.message} />
          {card.error.stack && (
            <details>
              <summary>Stack trace</summary>
              <pre>
                <Shown text={card.error.stack} />
              </pre>
            </details>
          )}
        </div>
      )}
      <Content card={card} onSelect={onSelect} />
    </div>
  );
}

function Content({ card, onSelect }: Props) {
  switch (card.type) {
    case 'agent':
      return (
        <>
          <Messages label="Asked" messages={card.input} onSelect={onSelect} />
          <Messages label="Answered" messages={card.output} onSelect={onSelect} folded />
        </>
      );
    case 'turn':
      return <Turn card={card} onSelect={onSelect} />;
    case 'tool':
      return (
        <>
          <Block label="Arguments" text={card.arguments} missing="No arguments were recorded." />
          <Block label="Result" text={card.result} missing={card.error ? '' : 'No result was recorded.'} />
        </>
      );
    case 'retrieval':
      return <Retrieval card={card} />;
    case 'step':
      return null;
  }
}

function Turn({ card, onSelect }: { card: Extract<TranscriptCard, { type: 'turn' }>; onSelect: Props['onSelect'] }) {
  const said = card.new_messages.length + card.output.length + card.system.length;
  return (
    <>
      <Context card={card} />
      {card.system.length > 0 && (
        <details className={styles.system}>
          <summary>System instructions</summary>
          <Parts parts={card.system} onSelect={onSelect} />
        </details>
      )}
      {card.new_messages.map((message, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a conversation may repeat a message
        <Message key={index} message={message} onSelect={onSelect} />
      ))}
      {card.output.map((message, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- as above
        <Message key={index} message={message} answer onSelect={onSelect} />
      ))}
      {said === 0 && card.repeated_messages === 0 && <p className={styles.none}>No message content was recorded.</p>}
    </>
  );
}

/** How much of what the model read was sent before: what makes long conversations dear. */
function Context({ card }: { card: Extract<TranscriptCard, { type: 'turn' }> }) {
  const { repeated_messages: repeated, dropped_messages: dropped, repeated_tokens: tokens } = card;
  const facts = [
    repeated > 0 && `${plural(repeated, 'message')} sent again${tokens === null ? '' : `, ${formatCount(tokens)} of ${formatCount(card.input_tokens)} tokens in`}`,
    dropped > 0 && `${plural(dropped, 'earlier message')} dropped`,
    card.cache_read_tokens > 0 && `${formatCount(card.cache_read_tokens)} tokens from cache`,
    card.reasoning_tokens > 0 && `${formatCount(card.reasoning_tokens)} reasoning`,
    card.first_chunk > 0 && `first chunk after ${formatDuration(card.first_chunk)}`,
  ].filter(Boolean);
  if (facts.length === 0) return null;
  const share = tokens !== null && card.input_tokens > 0 ? Math.min(tokens / card.input_tokens, 1) : null;
  return (
    <p className={styles.context}>
      {share !== null && (
        <span className={styles.growth} aria-hidden="true">
          <span style={{ width: `${share * 100}%` }} />
        </span>
      )}
      {facts.join(' · ')}
    </p>
  );
}

interface MessagesProps {
  label: string;
  messages: TranscriptMessage[];
  onSelect: Props['onSelect'];
  /** Its last turn says the same, so it is there to be opened. */
  folded?: boolean;
}

function Messages({ label, messages, onSelect, folded = false }: MessagesProps) {
  if (messages.length === 0) return null;
  const list = messages.map((message, index) => (
    // oxlint-disable-next-line react/no-array-index-key -- a conversation may repeat a message
    <Message key={index} message={message} label={messages.length === 1 ? label : undefined} onSelect={onSelect} />
  ));
  if (!folded) return list;
  return (
    <details className={styles.system}>
      <summary>{label}</summary>
      {list}
    </details>
  );
}

interface MessageProps {
  message: TranscriptMessage;
  answer?: boolean;
  label?: string | undefined;
  onSelect: Props['onSelect'];
}

function Message({ message, answer = false, label, onSelect }: MessageProps) {
  return (
    <div className={styles.message} data-role={message.role}>
      <span className={styles.role}>
        {label ?? message.role}
        {message.name && ` ${message.name}`}
        {answer && message.finish_reason && message.finish_reason !== 'stop' && !/^tool_calls?$/.test(message.finish_reason) && (
          <em> {message.finish_reason}</em>
        )}
      </span>
      <Parts parts={message.parts} onSelect={onSelect} />
    </div>
  );
}

function Parts({ parts, onSelect }: { parts: TranscriptPart[]; onSelect: Props['onSelect'] }) {
  return (
    <div className={styles.parts}>
      {parts.map((part, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a message may repeat a part
        <Part key={index} part={part} onSelect={onSelect} />
      ))}
    </div>
  );
}

function Part({ part, onSelect }: { part: TranscriptPart; onSelect: Props['onSelect'] }) {
  const isCall = part.type === 'tool_call';
  if (isCall || part.type === 'tool_call_response') {
    // What ran has a card of its own, with all of it.
    if (part.span_id) {
      const to = part.span_id;
      return (
        <button type="button" className={styles.call} onClick={() => onSelect(to)}>
          <Icon name={isCall ? 'tool' : 'done'} size={12} />
          {isCall ? 'calls ' : 'reads the result of '}
          <b>{part.name || 'a tool'}</b>
        </button>
      );
    }
    return <Block label={isCall ? `Calls ${part.name ?? 'a tool'}` : `Result ${part.name ?? ''}`} text={part.text} missing="" />;
  }
  if (part.type === 'text') return <Prose text={part.text} />;
  if (part.type === 'reasoning') return <Prose text={part.text} reasoning />;
  return <Block label={part.type || 'unknown part'} text={part.text} missing="" />;
}

function Prose({ text, reasoning = false }: { text: ShownText; reasoning?: boolean }) {
  const json = prettyJson(text.text);
  if (json !== null) return <Block label="JSON" text={text} missing="" />;
  return (
    <p className={reasoning ? styles.reasoning : styles.text}>
      <Shown text={text} />
    </p>
  );
}

function Block({ label, text, missing }: { label: string; text: ShownText | null; missing: string }) {
  if (!text || text.text === '') return missing ? <p className={styles.none}>{missing}</p> : null;
  const pretty = prettyJson(text.text) ?? text.text;
  return (
    <section className={styles.block} aria-label={label}>
      <header>
        {label}
        <CopyButton text={pretty} label={`Copy ${label.toLowerCase()}`} />
      </header>
      <pre>
        {pretty}
        <Rest text={text} />
      </pre>
    </section>
  );
}

function Shown({ text }: { text: ShownText }) {
  return (
    <>
      {text.text}
      <Rest text={text} />
    </>
  );
}

function Rest({ text: { truncated } }: { text: ShownText }) {
  if (!truncated) return null;
  return (
    <span className={styles.rest}>
      {' '}
      showing {formatCount(truncated.shown)} of {formatCount(truncated.of)} characters; the details have all
    </span>
  );
}

function Retrieval({ card }: { card: Extract<TranscriptCard, { type: 'retrieval' }> }) {
  return (
    <>
      <Block label="Query" text={card.query} missing="" />
      {card.documents.length > 0 && (
        <ol className={styles.documents}>
          {card.documents.map((document, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- a document may be found twice
            <li key={index}>
              <span>
                <b>{document.id || `document ${index + 1}`}</b>
                {document.score !== null && ` ${document.score.toPrecision(3)}`}
              </span>
              {document.content && <Shown text={document.content} />}
            </li>
          ))}
        </ol>
      )}
      {card.document_count > card.documents.length && (
        <p className={styles.none}>
          Showing {card.documents.length} of {plural(card.document_count, 'document')}.
        </p>
      )}
    </>
  );
}
