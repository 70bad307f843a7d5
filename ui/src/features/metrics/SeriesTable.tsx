/** The series as rows: last, least, mean and greatest value; a click hides a line, a second button leaves it alone. */
import type { MetricValues } from '../../api/types';
import { formatUnit } from '../../format/unit';
import { Button } from '../../ui/Button';
import type { Line } from '../../ui/chart/TimeSeriesChart';
import styles from './SeriesTable.module.css';

interface Props {
  answer: MetricValues;
  lines: Line[];
  hidden: ReadonlySet<string>;
  onHide: (hidden: ReadonlySet<string>) => void;
}

export function SeriesTable({ answer, lines, hidden, onHide }: Props) {
  const toggle = (label: string) => {
    const next = new Set(hidden);
    if (!next.delete(label)) next.add(label);
    onHide(next);
  };
  const isolate = (label: string) => {
    const others = lines.filter((line) => line.label !== label).map((line) => line.label);
    const isAlone = !hidden.has(label) && others.every((other) => hidden.has(other));
    onHide(new Set(isAlone ? [] : others));
  };
  return (
    <div className={styles.scroller}>
      <table className={styles.table} aria-label="Series">
        <thead>
          <tr>
            <th scope="col">Series</th>
            <th scope="col">Last</th>
            <th scope="col">Min</th>
            <th scope="col">Mean</th>
            <th scope="col">Max</th>
            <th aria-label="Actions" />
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.label} className={hidden.has(line.label) ? styles.hidden : undefined}>
              <th scope="row" aria-label={line.label}>
                <button type="button" aria-pressed={!hidden.has(line.label)} title="Show or hide" onClick={() => toggle(line.label)}>
                  <i style={{ background: `var(--svc-${line.color % 11})` }} />
                  <span>{line.label}</span>
                </button>
              </th>
              {Object.entries(factsOf(line.values)).map(([fact, value]) => (
                <td key={fact}>{value === null ? '' : formatUnit(value, answer.unit)}</td>
              ))}
              <td>{lines.length > 1 && <Button bare small label="Only" aria-label={`Only ${line.label}`} onClick={() => isolate(line.label)} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function factsOf(values: (number | null)[]): Record<'last' | 'least' | 'mean' | 'greatest', number | null> {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return { last: null, least: null, mean: null, greatest: null };
  const sum = known.reduce((total, value) => total + value, 0);
  return { last: known.at(-1)!, least: Math.min(...known), mean: sum / known.length, greatest: Math.max(...known) };
}
