/** A cost in US dollars that says when it lacks calls without a price. */
import { formatCost } from '../../../format/cost';
import { plural } from '../../../format/number';
import type { Totals } from '../model/rollup';

export function CostText({ totals: { cost, calls, unpriced } }: { totals: Totals }) {
  if (calls === 0) return null;
  if (unpriced === calls) return <span title={`No price is known for ${plural(calls, 'model call')}`}>no price</span>;
  if (unpriced === 0) return formatCost(cost);
  return (
    <span title={`Without ${plural(unpriced, 'model call')} for which no price is known`}>
      {formatCost(cost)}
      {' +'}
    </span>
  );
}
