/** A difference, right minus left: its sign says which way, its colour whether that is worse. */
import { formatCost } from '../../format/cost';
import { formatDuration } from '../../format/duration';
import { formatCompact, formatCount } from '../../format/number';
import styles from './Delta.module.css';

export type Unit = 'duration' | 'count' | 'tokens' | 'cost';

interface Props {
  by: number;
  unit: Unit;
  /** What it is a difference of, on the left; adds the difference in percent. */
  from?: number;
  /** Less than this is no change worth a colour. */
  noise?: number;
}

export function signed(by: number, format: (size: number) => string): string {
  return `${by > 0 ? '+' : '\u2212'}${format(Math.abs(by))}`;
}

export const FORMATS: Record<Unit, (value: number) => string> = {
  duration: formatDuration, count: formatCount, tokens: formatCompact, cost: formatCost,
}; // prettier-ignore

export function Delta({ by, unit, from, noise = 0 }: Props) {
  if (by === 0) return <span className={styles.none}>=</span>;
  const tone = Math.abs(by) < noise ? styles.none : by > 0 ? styles.worse : styles.better;
  const exact = unit === 'tokens' ? signed(by, formatCount) : undefined;
  return (
    <span className={tone} title={exact}>
      {signed(by, FORMATS[unit])}
      {from !== undefined && from > 0 && <small>{percent(by / from)}</small>}
    </span>
  );
}

function percent(share: number): string {
  const size = Math.abs(share) * 100;
  if (size >= 1000) return `${Math.round(1 + share)} times`;
  return `${share > 0 ? '+' : '\u2212'}${size >= 9.95 ? Math.round(size) : size.toFixed(1)} %`;
}
