/** One aligned step: what it is, how long each took on one scale, and in what they differ. */
import { memo } from 'react';
import type { ComparedStep, StepPair, ValueDifference } from '../../api/types';
import { formatDuration } from '../../format/duration';
import { spanTitle } from '../../format/name';
import { formatCount, plural } from '../../format/number';
import { Icon, type IconName } from '../../ui/Icon';
import { serviceColor } from '../../ui/colors';
import { ServiceDot } from '../../ui/ServiceDot';
import { Delta, signed } from './Delta';
import { sideOf, type Row } from './model/steps';
import styles from './StepTable.module.css';

interface Props {
  row: Row;
  index: number;
  top: number;
  longest: number;
  selected: boolean;
  open: boolean;
  onStep: (index: number) => void;
}

/** A deeper step stands no further to the right, its name would have no room. */
const MOST_INDENT = 12;
const INDENT = 12;
/** A difference below this share of the longest step is no change worth a colour. */
const NOISE = 0.005;

const MATCHES: Record<StepPair['match'], { icon: IconName | null; words: string }> = {
  same: { icon: null, words: 'alike' },
  changed: { icon: 'changed', words: 'changed' },
  moved: { icon: 'moved', words: 'moved' },
  left_only: { icon: 'removed', words: 'only left' },
  right_only: { icon: 'added', words: 'only right' },
};

export const StepRow = memo(function StepRow({ row, index, top, longest, selected, open, onStep }: Props) {
  const { pair, context, repeat } = row;
  const step = sideOf(pair);
  const { icon, words } = MATCHES[pair.match];
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- useCompareKeys has the keys, for the whole page
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      aria-expanded={open}
      data-match={pair.match}
      className={context ? `${styles.row} ${styles.context}` : styles.row}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => onStep(index)}
    >
      <span role="cell" className={styles.step} style={{ paddingLeft: Math.min(pair.depth, MOST_INDENT) * INDENT }}>
        <span className={styles.mark} title={words}>
          {icon && <Icon name={icon} size={12} />}
          <span className="visually-hidden">{words}</span>
        </span>
        <ServiceDot service={step.service} titled />
        <b title={`${step.service}  ${spanTitle(step.name)}`}>{spanTitle(step.name)}</b>
        {repeat > 0 && <small>{ordinal(repeat)} time</small>}
        {pair.folded > 0 && <small>and {plural(pair.folded, 'step')} below</small>}
      </span>
      <span role="cell" className={styles.bars}>
        <Bar step={pair.left} longest={longest} hollow />
        <Bar step={pair.right} longest={longest} />
      </span>
      <span role="cell" className={styles.number}>
        {pair.left && formatDuration(pair.left.duration)}
      </span>
      <span role="cell" className={styles.number}>
        {pair.right && formatDuration(pair.right.duration)}
      </span>
      <span role="cell" className={styles.number}>
        {pair.left && pair.right && <Delta by={pair.duration_difference} unit="duration" noise={longest * NOISE} />}
      </span>
      <span role="cell" className={styles.number}>
        <Tokens pair={pair} />
      </span>
      <span role="cell" className={`${styles.number} ${styles.cost}`}>
        {pair.cost_difference !== null && <Delta by={pair.cost_difference} unit="cost" />}
      </span>
      <span role="cell" className={styles.differs}>
        <Differs pair={pair} />
      </span>
    </div>
  );
});

function ordinal(nth: number): string {
  const tens = nth % 100;
  const ending = tens > 10 && tens < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][nth % 10] ?? 'th');
  return `${formatCount(nth)}${ending}`;
}

function Bar({ step, longest, hollow = false }: { step: ComparedStep | null; longest: number; hollow?: boolean }) {
  if (!step) return <i className={styles.noBar} />;
  const width = `${longest > 0 ? Math.max((step.duration / longest) * 100, 0.5) : 0.5}%`;
  return <i data-hollow={hollow} style={{ width, color: serviceColor(step.service) }} />;
}

function total(step: ComparedStep | null): number {
  return step ? step.input_tokens + step.output_tokens : 0;
}

function Tokens({ pair }: { pair: StepPair }) {
  const input = pair.input_tokens_difference;
  const output = pair.output_tokens_difference;
  if (total(pair.left) + total(pair.right) === 0) return null;
  if (!pair.left || !pair.right) return <span>{formatCount(total(pair.left) + total(pair.right))}</span>;
  const exact = `in ${signedOr(input)}, out ${signedOr(output)}`;
  return (
    <span title={exact}>
      <Delta by={input + output} unit="tokens" />
    </span>
  );
}

function signedOr(by: number): string {
  return by === 0 ? 'alike' : signed(by, formatCount);
}

function Differs({ pair }: { pair: StepPair }) {
  const { left, right, content } = pair;
  const failed = (left ?? right)?.status === 'ERROR' || right?.status === 'ERROR';
  return (
    <>
      {failed && (
        <span className={styles.failed}>
          <Icon name="error" size={12} /> {failureOf(pair)}
        </span>
      )}
      {pair.match === 'moved' && <span>moved</span>}
      <Values values={pair.differences.filter(({ key }) => key !== 'status' && key !== 'name')} />
      {content && content.messages.length > 0 && <span>{plural(content.messages.length, 'message')}</span>}
      {content && content.tools.length > 0 && <span>{toolsOf(content.tools)}</span>}
      {content?.parameters.map(({ key }) => (
        <span key={key}>{shortKey(key)}</span>
      ))}
      {/* Last: it often only says again what the model or tool does. */}
      <Values values={pair.differences.filter(({ key }) => key === 'name')} />
    </>
  );
}

function Values({ values }: { values: ValueDifference[] }) {
  return values.map(({ key, left, right }) => (
    <span key={key} title={`${key}: ${left ?? 'none'} to ${right ?? 'none'}`}>
      {key} <i>{left || 'none'}</i> <Icon name="to" size={10} /> <i>{right || 'none'}</i>
    </span>
  ));
}

function failureOf({ left, right }: StepPair): string {
  if (!left || !right) return 'failed';
  if (left.status === right.status) return 'both failed';
  return right.status === 'ERROR' ? 'fails now' : 'failed before';
}

function toolsOf(tools: readonly { change: string }[]): string {
  const of = (change: string) => tools.filter((tool) => tool.change === change).length;
  const parts = [
    [of('added'), 'added'],
    [of('removed'), 'removed'],
    [of('changed'), 'changed'],
  ] as const;
  return `tools: ${parts.filter(([count]) => count > 0).map(([count, words]) => `${count} ${words}`).join(', ')}`;
}

/** "temperature" of gen_ai.request.temperature, "arguments" of gen_ai.tool.call.arguments. */
export function shortKey(key: string): string {
  return key.replace(/^gen_ai\.(request|tool\.call)\./, '');
}
