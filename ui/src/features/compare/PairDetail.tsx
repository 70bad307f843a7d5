/** How two steps differ: numbers, messages, tools offered, parameters, what a tool was given and gave. */
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useProject, withProject } from '../../api/project';
import { useSpan } from '../../api/traces';
import type { Comparison, MessageDifference, StepContent, StepPair, ToolDifference, ValueDifference } from '../../api/types';
import { formatCount, plural } from '../../format/number';
import { Button } from '../../ui/Button';
import { Conversation } from '../traces/detail/panel/Conversation';
import { showValue } from '../traces/model/pretty';
import { sideOf } from './model/steps';
import { compareTexts, readUnified, type Line } from './model/textDiff';
import styles from './PairDetail.module.css';
import { PairNumbers } from './PairNumbers';
import { shortKey } from './StepRow';
import { TextDiff } from './TextDiff';

interface Props {
  pair: StepPair;
  comparison: Comparison;
  sideBySide: boolean;
  onSideBySide: (sideBySide: boolean) => void;
}

export function PairDetail({ pair, comparison, sideBySide, onSideBySide }: Props) {
  const { left, right, content } = pair;
  return (
    <div className={styles.detail}>
      <div className={styles.head}>
        <SpanLink side="left" traceId={comparison.left.trace_id} spanId={left?.span_id} />
        <SpanLink side="right" traceId={comparison.right.trace_id} spanId={right?.span_id} />
        {content && left && right && (
          <span className={styles.choice} role="group" aria-label="Texts">
            <Button small label="One text" pressed={!sideBySide} onClick={() => onSideBySide(false)} />
            <Button small label="Side by side" pressed={sideBySide} onClick={() => onSideBySide(true)} />
          </span>
        )}
      </div>
      <PairNumbers pair={pair} />
      {left && right ? (
        <Content pair={pair} comparison={comparison} split={sideBySide} />
      ) : (
        <OneSided
          traceId={left ? comparison.left.trace_id : comparison.right.trace_id}
          spanId={(left ?? right)!.span_id}
        />
      )}
    </div>
  );
}

function SpanLink({ side, traceId, spanId }: { side: string; traceId: string; spanId: string | undefined }) {
  const project = useProject();
  if (spanId === undefined) return <span className={styles.absent}>not in the {side} trace</span>;
  return (
    <Link href={withProject(`/trace/${traceId}?span=${spanId}`, project)}>
      {side} span <code>{spanId}</code>
    </Link>
  );
}

interface ContentProps {
  pair: StepPair;
  comparison: Comparison;
  split: boolean;
}

function Content({ pair, comparison, split }: ContentProps) {
  const { content } = pair;
  if (!content) {
    const saysNothing = sideOf(pair).operation === '';
    return (
      <p className={styles.quiet}>
        {saysNothing
          ? 'Neither is a model call or a tool: there is nothing said to compare.'
          : 'The texts of these steps were not compared, or none were recorded.'}
      </p>
    );
  }
  return (
    <>
      {content.messages.map((message) => (
        <MessageDiff key={`${message.place} ${message.change} ${message.index}`} message={message} split={split} />
      ))}
      {content.tools.length > 0 && <Tools tools={content.tools} split={split} />}
      {content.parameters.map((parameter) => (
        <Parameter key={parameter.key} parameter={parameter} pair={pair} comparison={comparison} split={split} />
      ))}
      <p className={styles.quiet}>{restOf(content)}</p>
    </>
  );
}

function restOf({ messages, tools, parameters, equal_messages }: StepContent): string {
  if (messages.length + tools.length + parameters.length === 0) return 'What was said, offered and asked for is alike.';
  return equal_messages > 0 ? `Alike: ${plural(equal_messages, 'message')}.` : '';
}

function Block({ title, note, children }: { title: ReactNode; note?: string; children?: ReactNode }) {
  return (
    <section className={styles.block}>
      <h3>
        {title}
        {note && <span>{note}</span>}
      </h3>
      {children}
    </section>
  );
}

const PLACES = { system: 'System instructions', input: 'Message', output: 'Answer' } as const;

function MessageDiff({ message, split }: { message: MessageDifference; split: boolean }) {
  const { change, place, role, index, text } = message;
  const lines = change === 'changed' ? readUnified(text.text) : wholeText(text.text, change);
  const number = place === 'input' ? ` ${index + 1}` : '';
  const cut = text.truncated && `${formatCount(text.truncated.shown)} of ${formatCount(text.truncated.of)} characters`;
  return (
    <Block title={`${PLACES[place]}${number}`} note={[role, change, cut].filter(Boolean).join(', ')}>
      <TextDiff lines={lines} split={split && change === 'changed'} />
    </Block>
  );
}

function wholeText(text: string, kind: 'added' | 'removed'): Line[] {
  return text.split('\n').map((line) => ({ kind, text: line, pieces: null }));
}

function Tools({ tools, split }: { tools: readonly ToolDifference[]; split: boolean }) {
  return (
    <Block title="Tools offered">
      <ul className={styles.tools}>
        {tools.map(({ name, change, diff }) => (
          <li key={name} data-change={change}>
            <span>
              {change === 'added' ? '+ ' : change === 'removed' ? '\u2212 ' : ''}
              <code>{name}</code> {change}
            </span>
            {diff && <TextDiff lines={readUnified(diff.text)} split={split} />}
          </li>
        ))}
      </ul>
    </Block>
  );
}

interface ParameterProps extends ContentProps {
  parameter: ValueDifference;
}

function Parameter({ parameter, pair, comparison, split }: ParameterProps) {
  const { key } = parameter;
  if (key.startsWith('gen_ai.tool.call.')) {
    return <ToolValue parameter={parameter} pair={pair} comparison={comparison} split={split} />;
  }
  return (
    <Block title={shortKey(key)} note={key}>
      <TextDiff lines={compareTexts(parameter.left ?? '', parameter.right ?? '')} split={split} />
    </Block>
  );
}

/** The comparison cuts what a tool was given and gave; the spans have it whole. */
function ToolValue({ parameter, pair, comparison, split }: ParameterProps) {
  const left = useSpan(comparison.left.trace_id, pair.left?.span_id ?? null, 0);
  const right = useSpan(comparison.right.trace_id, pair.right?.span_id ?? null, 0);
  const isResult = parameter.key.endsWith('.result');
  const whole = (span: typeof left.data) => span?.gen_ai && (isResult ? span.gen_ai.tool_result : span.gen_ai.tool_arguments);
  const one = showValue(whole(left.data) ?? parameter.left ?? '');
  const other = showValue(whole(right.data) ?? parameter.right ?? '');
  return (
    <Block title={isResult ? 'Result' : 'Arguments'} note={parameter.key}>
      <TextDiff lines={compareTexts(one, other)} split={split} />
    </Block>
  );
}

function OneSided({ traceId, spanId }: { traceId: string; spanId: string }) {
  const span = useSpan(traceId, spanId, 0);
  if (!span.data?.gen_ai) return null;
  return (
    <div className={styles.alone}>
      <Conversation genAi={span.data.gen_ai} />
    </div>
  );
}
