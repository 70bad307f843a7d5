/** What a call cost, and behind it why: each bucket of tokens times its price, and whose price that is. */
import { useSpanCost } from '../../../../api/traces';
import type { Cost } from '../../../../api/types';
import { formatCost } from '../../../../format/cost';
import { formatCount } from '../../../../format/number';
import styles from './SpanCost.module.css';

const NAMES: Record<string, string> = {
  input: 'input', cache_read: 'from cache', cache_write: 'to cache', cache_write_1h: 'to cache for an hour', input_audio: 'audio in',
  output: 'output', reasoning: 'reasoning', output_audio: 'audio out', request: 'call',
};

export function SpanCost({ traceId, spanId }: { traceId: string; spanId: string }) {
  const { data } = useSpanCost(traceId, spanId);
  const span = data?.spans[0];
  const left = data?.left_out[0];
  if (left && left.input_tokens + left.output_tokens > 0) {
    return <p className={styles.note}>Not in the totals: this span {left.reason}.</p>;
  }
  if (!span) return null;
  if (span.cost === null) return <p className={styles.note}>No price known for {span.model || 'a model without a name'}.</p>;
  return (
    <details className={styles.cost}>
      <summary>
        <b>{formatCost(Number(span.cost))}</b>{' '}
        {span.source === 'reported' ? 'as its sender reported; no price is known here' : `at the price of ${span.price_name}`}
      </summary>
      {span.lines.length > 0 && <Lines span={span} />}
      {span.source === 'price' && span.reported_cost !== null && (
        <p>Its sender reported {formatCost(Number(span.reported_cost))}; the price counts.</p>
      )}
    </details>
  );
}

function Lines({ span }: { span: Cost['spans'][number] }) {
  return (
    <table className={styles.lines}>
      <thead>
        <tr>
          <th>Bucket</th>
          <th>Tokens</th>
          <th>$ per million</th>
          <th>Amount</th>
        </tr>
      </thead>
      <tbody>
        {span.lines.map((line) => (
          <tr key={line.bucket}>
            <td>{NAMES[line.bucket]}</td>
            <td>{formatCount(line.quantity)}</td>
            <td>{Number((Number(line.unit_price) * 1e6).toPrecision(12))}</td>
            <td>${line.amount}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td colSpan={3}>
            {span.price_version}
            {span.over_input_tokens > 0 && `, price over ${formatCount(span.over_input_tokens)} input tokens`}
          </td>
          <td>${span.cost}</td>
        </tr>
      </tfoot>
    </table>
  );
}
