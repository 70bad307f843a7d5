/** One card: what ran, what it took, and by its kind what was said or done. */
import { memo } from 'react';
import type { TranscriptCard } from '../../../../api/types';
import { formatDuration } from '../../../../format/duration';
import { plural } from '../../../../format/number';
import { Icon, type IconName } from '../../../../ui/Icon';
import { TokenFlow } from '../../../../ui/TokenFlow';
import { totalsAt, type Rollup } from '../../model/rollup';
import { cardTitle } from '../../model/transcript';
import { findSpan, type Trace } from '../../model/tree';
import { CostText } from '../CostText';
import { CardBody } from './CardBody';
import styles from './Transcript.module.css';

interface Props {
  card: TranscriptCard;
  trace: Trace;
  rollup: Rollup;
  selected: boolean;
  folded: boolean;
  /** Cards inside this one. */
  inside: number;
  onToggle: () => void;
  onSelect: (spanId: string) => void;
}

const ICONS: Record<TranscriptCard['type'], IconName> = {
  agent: 'agent',
  turn: 'chat',
  tool: 'tool',
  retrieval: 'search',
  step: 'to',
};

/** Deeper cards are not indented further, so that they can be read on a phone. */
const MOST_INDENT = 6;

export const Card = memo(
  function Card({ card, trace, rollup, selected, folded, inside, onToggle, onSelect }: Props) {
    const title = cardTitle(card);
    return (
      <li style={{ '--depth': Math.min(card.depth, MOST_INDENT) } as React.CSSProperties} className={styles.item}>
        <article
          className={styles.card}
          data-type={card.type}
          data-span={card.span_id}
          aria-label={`${card.type} ${title}`}
          aria-current={selected || undefined}
        >
          <header className={styles.head}>
            {inside > 0 ? (
              <button
                type="button"
                className={styles.fold}
                aria-expanded={!folded}
                aria-label={folded ? `Unfold ${plural(inside, 'card')}` : `Fold ${plural(inside, 'card')}`}
                onClick={onToggle}
              >
                <Icon name={folded ? 'open' : 'down'} size={12} />
              </button>
            ) : (
              <span className={styles.sign}>
                <Icon name={ICONS[card.type]} size={13} />
              </span>
            )}
            <button type="button" className={styles.title} onClick={() => onSelect(card.span_id)}>
              <b>{title}</b>
              <span>{subtitle(card)}</span>
            </button>
            <Badges card={card} trace={trace} rollup={rollup} folded={folded} inside={inside} />
          </header>
          {!(folded && inside > 0) && <CardBody card={card} onSelect={onSelect} />}
        </article>
      </li>
    );
  },
  (before, after) =>
    before.card === after.card && before.selected === after.selected && before.folded === after.folded &&
    before.inside === after.inside && before.rollup === after.rollup,
); // prettier-ignore

function subtitle(card: TranscriptCard): string {
  switch (card.type) {
    case 'turn':
      return [card.agent, card.model, card.provider].filter(Boolean).join(', ');
    case 'agent':
      return card.name === card.agent ? card.service : `${card.name}, ${card.service}`;
    case 'tool':
      return 'tool';
    case 'retrieval':
      return [card.model, card.name].filter(Boolean).join(', ');
    case 'step':
      return [card.operation, card.service].filter(Boolean).join(', ');
  }
}

function Badges({ card, trace, rollup, folded, inside }: Pick<Props, 'card' | 'trace' | 'rollup' | 'folded' | 'inside'>) {
  const p = findSpan(trace, card.span_id);
  const totals = p < 0 ? null : totalsAt(rollup, p);
  const tokens = card.type === 'agent' ? card.usage : card.type === 'turn' ? card : null;
  return (
    <span className={styles.badges}>
      {card.status === 'ERROR' && <em>error</em>}
      {folded && inside > 0 && <span>{plural(inside, 'card')} folded</span>}
      {card.type === 'agent' && (
        <span>
          {plural(card.usage.model_calls, 'call')}, {plural(card.usage.tool_calls, 'tool')}
        </span>
      )}
      {tokens && tokens.input_tokens + tokens.output_tokens > 0 && (
        <TokenFlow input={tokens.input_tokens} output={tokens.output_tokens} />
      )}
      {tokens && totals && totals.calls > totals.unpriced && <CostText totals={totals} />}
      <span title={`At ${formatDuration(card.start)}`}>{formatDuration(card.duration)}</span>
    </span>
  );
}
