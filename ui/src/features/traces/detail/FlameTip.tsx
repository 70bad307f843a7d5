/** What the span under the pointer is, beside the pointer. */
import { formatDuration } from '../../../format/duration';
import { spanTitle } from '../../../format/name';
import { plural } from '../../../format/number';
import { ServiceDot } from '../../../ui/ServiceDot';
import { TokenFlow } from '../../../ui/TokenFlow';
import { totalsAt, type Rollup } from '../model/rollup';
import { STATUS_ERROR, type Trace } from '../model/tree';
import { CostText } from './CostText';
import styles from './FlameView.module.css';

interface Props {
  trace: Trace;
  rollup: Rollup;
  p: number;
  x: number;
  y: number;
  width: number;
  height: number;
}

const WIDTH = 300;
const HEIGHT = 96;

export function FlameTip({ trace, rollup, p, x, y, width, height }: Props) {
  const service = trace.services[trace.service[p]!]!;
  const totals = totalsAt(rollup, p);
  const left = Math.max(Math.min(x + 12, width - WIDTH - 8), 8);
  const top = y + 20 + HEIGHT > height ? Math.max(y - HEIGHT - 12, 4) : y + 20;
  return (
    <div className={styles.tip} style={{ left, top, maxWidth: WIDTH }} role="tooltip">
      <b>{spanTitle(trace.names[trace.name[p]!]!)}</b>
      <span>
        <ServiceDot service={service} /> {service}
      </span>
      <span>
        {formatDuration(trace.span[p]!)}, {formatDuration(rollup.self[p]!)} of it self, at {formatDuration(trace.start[p]!)}
      </span>
      {(totals.calls > 0 || trace.size[p]! > 1 || trace.status[p] === STATUS_ERROR) && (
        <span className={styles.sums}>
          {trace.status[p] === STATUS_ERROR && <em>error</em>}
          {trace.size[p]! > 1 && plural(trace.size[p]!, 'span')}
          {totals.input + totals.output > 0 && <TokenFlow input={totals.input} output={totals.output} />}
          {totals.calls > totals.unpriced && <CostText totals={totals} />}
        </span>
      )}
    </div>
  );
}
