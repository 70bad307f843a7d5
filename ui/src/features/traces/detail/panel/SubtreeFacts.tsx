/** What the span and all below it come to. */
import { formatDuration } from '../../../../format/duration';
import { formatCount, plural } from '../../../../format/number';
import type { Totals } from '../../model/rollup';
import { CostText } from '../CostText';
import { Fact } from './Fact';
import styles from './Facts.module.css';

export interface Subtree {
  spans: number;
  errors: number;
  /** Nanoseconds of the span itself in which no child ran. */
  self: number;
  totals: Totals;
}

export function SubtreeFacts({ spans, errors, self, totals }: Subtree) {
  if (spans === 1 && totals.calls === 0) return null;
  const { input, output, cached, calls } = totals;
  return (
    <>
      <h3 className={styles.heading}>This subtree</h3>
      <dl className={styles.facts}>
        <Fact name="Self time">{formatDuration(self)}</Fact>
        <Fact name="Spans">
          {formatCount(spans)}
          {errors > 0 && `, ${plural(errors, 'error')}`}
        </Fact>
        {calls > 0 && <Fact name="Model calls">{formatCount(calls)}</Fact>}
        {input + output > 0 && (
          <Fact name="Tokens">
            {formatCount(input)} in{cached > 0 && ` (${formatCount(cached)} from cache)`}, {formatCount(output)} out
          </Fact>
        )}
        {calls > totals.unpriced && (
          <Fact name="Cost">
            <CostText totals={totals} />
          </Fact>
        )}
      </dl>
    </>
  );
}
