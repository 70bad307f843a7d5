/** The metrics of the window by name, narrowed by what is typed; arrow keys walk the list. */
import { useState, type KeyboardEvent } from 'react';
import type { Metric } from '../../api/types';
import { formatCount, plural } from '../../format/number';
import { unitName } from '../../format/unit';
import styles from './MetricPicker.module.css';

interface Props {
  metrics: Metric[];
  total: number;
  chosen: Metric | undefined;
  onChoose: (metric: Metric) => void;
}

const KINDS: Record<Metric['kind'], string> = {
  gauge: 'gauge',
  sum: 'sum',
  histogram: 'histogram',
  exponential_histogram: 'exp. histogram',
  summary: 'summary',
};

export function kindName(metric: Metric): string {
  return metric.kind === 'sum' && metric.is_monotonic ? 'counter' : KINDS[metric.kind];
}

function onKeyDown(event: KeyboardEvent<HTMLElement>) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('li button')];
  const at = buttons.indexOf(document.activeElement as HTMLElement);
  buttons[Math.min(Math.max(at + step, 0), buttons.length - 1)]?.focus();
}

export function MetricPicker({ metrics, total, chosen, onChoose }: Props) {
  const [text, setText] = useState('');
  const words = text.toLowerCase().split(/\s+/);
  const shown = metrics.filter((metric) => {
    const haystack = `${metric.name} ${kindName(metric)} ${metric.unit} ${metric.description}`.toLowerCase();
    return words.every((word) => haystack.includes(word));
  });
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrow keys move between its buttons
    <nav className={styles.picker} aria-label="Metrics" onKeyDown={onKeyDown}>
      <input
        type="search"
        className={styles.search}
        aria-label="Search metrics"
        placeholder="name, kind, unit or description"
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <p className={styles.count} role="status">
        {shown.length === total ? plural(total, 'metric') : `Showing ${formatCount(shown.length)} of ${plural(total, 'metric')}`}
      </p>
      <ul className={styles.list}>
        {shown.map((metric) => (
          <li key={`${metric.name}/${metric.kind}`}>
            <button
              type="button"
              className={styles.item}
              aria-current={metric === chosen}
              title={metric.description || metric.name}
              onClick={() => onChoose(metric)}
            >
              <span className={styles.name}>{metric.name}</span>
              <span className={styles.facts}>
                {kindName(metric)}
                {unitName(metric.unit) && ` in ${unitName(metric.unit)}`}, {formatCount(metric.series_count)} series
              </span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
