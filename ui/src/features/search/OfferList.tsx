/** What may be typed next. */
import type { Completion } from '../../api/types';
import { formatCompact } from '../../format/number';
import { intoView } from '../../ui/intoView';
import styles from './OfferList.module.css';

export interface Offer extends Omit<Completion, 'kind'> {
  kind: Completion['kind'] | 'recent';
}

interface Props {
  id: string;
  offers: Offer[];
  at: number;
  onMark: (at: number) => void;
  onTake: (offer: Offer) => void;
}

export function optionId(id: string, index: number): string {
  return `${id}-offer-${index}`;
}

export function OfferList({ id, offers, at, onMark, onTake }: Props) {
  return (
    <div className={styles.list} role="listbox" id={`${id}-list`} aria-label="What may be typed here">
      {offers.map((offer, index) => (
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the field has the keys
        <div
          // A value may come with two types, and a key be a field's name.
          key={`${offer.kind} ${offer.text} ${offer.type}`}
          id={optionId(id, index)}
          ref={index === at ? intoView : undefined}
          role="option"
          tabIndex={-1}
          aria-selected={index === at}
          className={styles.option}
          data-kind={offer.kind}
          onMouseMove={() => onMark(index)}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onTake(offer)}
        >
          <span className={styles.label}>{offer.label}</span>
          <span className={styles.detail}>{offer.detail}</span>
          <span className={styles.type}>{offer.type}</span>
          <span className={styles.count}>{offer.count !== null && formatCompact(offer.count)}</span>
        </div>
      ))}
      <p className={styles.keys}>Tab takes the first or the marked one, Enter runs the search</p>
    </div>
  );
}
