/** The two traces as wholes: what they are, what of them differs, and where it differs most. */
import { Link } from 'wouter';
import { useProject, withProject } from '../../api/project';
import type { ComparedTrace, Comparison } from '../../api/types';
import { spanTitle } from '../../format/name';
import { formatExact, formatUtc } from '../../format/time';
import { Button } from '../../ui/Button';
import { ServiceDot } from '../../ui/ServiceDot';
import { Delta, FORMATS, type Unit } from './Delta';
import { largestChanges, sideOf, type Change } from './model/steps';
import styles from './Summary.module.css';

interface Props {
  comparison: Comparison;
  onSwap: () => void;
  onStep: (key: string) => void;
}

/** Of latency; the largest change of tokens and of cost come on top. */
const MOST_CHANGES = 3;

export function Summary({ comparison, onSwap, onStep }: Props) {
  const { left, right } = comparison;
  const changes = largestChanges(comparison.steps, MOST_CHANGES);
  return (
    <header className={styles.summary}>
      <h1 className="visually-hidden">Two traces compared</h1>
      <div className={styles.sides}>
        <Side side="left" trace={left} comparison={comparison} />
        <Button iconOnly icon="swap" label="Swap left and right (S)" onClick={onSwap} />
        <Side side="right" trace={right} comparison={comparison} />
      </div>
      <div className={styles.scroll}>
        <table className={styles.totals}>
          <thead>
            <tr>
              <th aria-label="Side" />
              {TOTALS.map(({ label }) => (
                <th key={label}>{label}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {(['left', 'right'] as const).map((side) => (
              <tr key={side}>
                <th>{side}</th>
                {TOTALS.map(({ label, of, unit }) => (
                  <td key={label}>{valueOf(of(comparison[side]), unit)}</td>
                ))}
              </tr>
            ))}
            <tr>
              <th>change</th>
              {TOTALS.map(({ label, of, unit }) => (
                <td key={label}>
                  <Change left={of(left)} right={of(right)} unit={unit} />
                </td>
              ))}
            </tr>
          </tbody>
        </table>
      </div>
      {changes.length > 0 && (
        <div className={styles.changes}>
          <h2>Changed most</h2>
          {changes.map((change) => (
            <ChangeButton key={`${change.what} ${change.key}`} change={change} onStep={onStep} />
          ))}
        </div>
      )}
    </header>
  );
}

interface Total {
  label: string;
  unit: Unit;
  /** Null where it is not known. */
  of: (trace: ComparedTrace) => number | null;
}

const TOTALS: Total[] = [
  { label: 'Duration', unit: 'duration', of: (trace) => trace.duration_nano },
  { label: 'Tokens in', unit: 'count', of: (trace) => trace.input_tokens },
  { label: 'Tokens out', unit: 'count', of: (trace) => trace.output_tokens },
  { label: 'Cost', unit: 'cost', of: (trace) => (trace.model_calls === 0 ? 0 : trace.cost) },
  { label: 'Model calls', unit: 'count', of: (trace) => trace.model_calls },
  { label: 'Spans', unit: 'count', of: (trace) => trace.span_count },
  { label: 'Errors', unit: 'count', of: (trace) => trace.error_count },
];

function valueOf(value: number | null, unit: Unit): string {
  return value === null ? 'not known' : FORMATS[unit](value);
}

function Change({ left, right, unit }: { left: number | null; right: number | null; unit: Unit }) {
  if (left === null || right === null) return null;
  return <Delta by={right - left} unit={unit} from={left} />;
}

function Side({ side, trace, comparison }: { side: 'left' | 'right'; trace: ComparedTrace; comparison: Comparison }) {
  const project = useProject();
  const root = comparison.steps.find((pair) => pair.depth === 0 && pair[side] !== null)?.[side];
  return (
    <div className={styles.side} data-side={side}>
      <span className={styles.label}>{side}</span>
      <Link href={withProject(`/trace/${trace.trace_id}`, project)} className={styles.name} title={trace.trace_id}>
        {root && <ServiceDot service={root.service} />}
        {root ? (
          <>
            <span>{root.service}</span> <b>{spanTitle(root.name)}</b>
          </>
        ) : (
          trace.trace_id
        )}
      </Link>
      <time title={formatUtc(trace.start_time_unix_nano)}>{formatExact(trace.start_time_unix_nano).slice(0, 23)}</time>
      <code title={trace.trace_id}>{trace.trace_id.slice(0, 8)}</code>
    </div>
  );
}

function ChangeButton({ change, onStep }: { change: Change; onStep: (key: string) => void }) {
  const { name } = sideOf(change.pair);
  return (
    <button type="button" className={styles.change} title="Show this step" onClick={() => onStep(change.key)}>
      <span>{spanTitle(name)}</span>
      <Delta by={change.by} unit={change.what} />
      {change.what === 'tokens' && <i>tokens</i>}
    </button>
  );
}
