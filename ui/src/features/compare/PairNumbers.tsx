/** A pair's numbers and names, left beside right. */
import type { ReactNode } from 'react';
import type { ComparedStep, StepPair } from '../../api/types';
import { formatCost } from '../../format/cost';
import { formatDuration } from '../../format/duration';
import { formatCount } from '../../format/number';
import { Delta } from './Delta';
import styles from './PairDetail.module.css';

const TEXTS = ['name', 'service', 'operation', 'model', 'agent', 'tool', 'status'] as const;

interface Line {
  label: string;
  left: string;
  right: string;
  change: ReactNode;
}

export function PairNumbers({ pair }: { pair: StepPair }) {
  const lines = linesOf(pair);
  const isPair = pair.left !== null && pair.right !== null;
  return (
    <table className={styles.numbers}>
      <thead>
        <tr>
          <th aria-label="Value" />
          {pair.left && <th>left</th>}
          {pair.right && <th>right</th>}
          {isPair && <th>change</th>}
        </tr>
      </thead>
      <tbody>
        {lines.map(({ label, left, right, change }) => (
          <tr key={label}>
            <th>{label}</th>
            {pair.left && <td>{left}</td>}
            {pair.right && <td>{right}</td>}
            {isPair && <td>{change}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function costText(step: ComparedStep | null): string {
  if (!step) return '';
  return step.cost === null ? 'not known' : formatCost(step.cost);
}

function linesOf({ left, right }: StepPair): Line[] {
  const number = (label: string, of: (step: ComparedStep) => number, unit: 'duration' | 'count'): Line => {
    const format = unit === 'duration' ? formatDuration : formatCount;
    return {
      label,
      left: left ? format(of(left)) : '',
      right: right ? format(of(right)) : '',
      change: left && right && <Delta by={of(right) - of(left)} unit={unit} from={of(left)} />,
    };
  };
  const hasTokens = [left, right].some((step) => step && step.input_tokens + step.output_tokens > 0);
  const costs = [left?.cost ?? null, right?.cost ?? null];
  const cost: Line = {
    label: 'cost',
    left: costText(left),
    right: costText(right),
    change: left && right && left.cost !== null && right.cost !== null && (
      <Delta by={right.cost - left.cost} unit="cost" from={left.cost} />
    ),
  };
  const texts = TEXTS.map((label) => ({ label, left: left?.[label] ?? '', right: right?.[label] ?? '' }));
  return [
    number('duration', (step) => step.duration, 'duration'),
    number('starts after', (step) => step.start, 'duration'),
    ...(hasTokens ? [number('tokens in', (step) => step.input_tokens, 'count'), number('tokens out', (step) => step.output_tokens, 'count')] : []),
    ...(costs.some((known) => known !== null) ? [cost] : []),
    ...texts
      .filter((text) => (left && right ? text.left !== text.right : (text.left || text.right) !== ''))
      .map((text) => ({ ...text, change: left && right ? 'differs' : '' })),
  ];
}
