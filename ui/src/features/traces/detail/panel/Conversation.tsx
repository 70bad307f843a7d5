/** A GenAI span as people read it: what was said, what was called, what it cost in tokens. */
import type { GenAi, Message } from '../../../../api/types';
import { formatCount } from '../../../../format/number';
import { MessageView } from './MessageView';
import { CodeBlock } from './CodeBlock';
import styles from './Conversation.module.css';

export function Conversation({ genAi }: { genAi: GenAi }) {
  const messages: (Message & { output: boolean })[] = [
    ...(genAi.system_instructions.length > 0
      ? [{ role: 'system', parts: genAi.system_instructions, output: false }]
      : []),
    ...genAi.input_messages.map((message) => ({ ...message, output: false })),
    ...genAi.output_messages.map((message) => ({ ...message, output: true })),
  ];
  const isTool = genAi.tool_name !== '' || genAi.tool_arguments !== '';
  return (
    <>
      <Summary genAi={genAi} />
      <div className={styles.messages}>
        {isTool && <CodeBlock title={genAi.tool_name || 'tool'} icon="tool" note={genAi.tool_call_id} value={genAi.tool_arguments} />}
        {genAi.tool_result !== '' && <CodeBlock title="Result" icon="done" value={genAi.tool_result} />}
        {messages.map((message, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- a conversation may repeat a message
          <MessageView key={index} message={message} output={message.output} />
        ))}
        {messages.length === 0 && !isTool && (
          <p>
            No message content was recorded. OpenTelemetry leaves it out unless the program asks for it:{' '}
            <code>OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=true</code>
          </p>
        )}
      </div>
      {genAi.tool_definitions.length > 0 && (
        <details className={styles.tools}>
          <summary>
            {genAi.tool_definitions.length} {genAi.tool_definitions.length === 1 ? 'tool' : 'tools'} offered
          </summary>
          <pre>{JSON.stringify(genAi.tool_definitions, null, 2)}</pre>
        </details>
      )}
    </>
  );
}

function Summary({ genAi }: { genAi: GenAi }) {
  const model = genAi.response_model || genAi.request_model;
  const buckets: [string, number][] = [
    ['in', genAi.input_tokens],
    ['from cache', genAi.cache_read_tokens],
    ['to cache', genAi.cache_write_tokens],
    ['out', genAi.output_tokens],
    ['reasoning', genAi.reasoning_tokens],
  ];
  return (
    <div className={styles.summary}>
      {model && (
        <span title={model === genAi.request_model ? undefined : `asked for ${genAi.request_model}`}>
          <b>{model}</b> {genAi.provider}
        </span>
      )}
      {genAi.agent_name && (
        <span>
          agent <b>{genAi.agent_name}</b>
        </span>
      )}
      {buckets
        .filter(([, tokens]) => tokens > 0)
        .map(([name, tokens]) => (
          <span key={name}>
            <b>{formatCount(tokens)}</b> {name}
          </span>
        ))}
      {genAi.finish_reasons.length > 0 && (
        <span>
          finished: <b>{genAi.finish_reasons.join(', ')}</b>
        </span>
      )}
    </div>
  );
}
