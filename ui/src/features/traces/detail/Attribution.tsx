/** What the wall clock of the trace was spent on, as one bar; a category steps through its segments. */
import type { CSSProperties } from 'react';
import { formatDuration } from '../../../format/duration';
import { formatCount } from '../../../format/number';
import { CATEGORY_LABELS, CATEGORY_NOTES, type Category } from '../model/criticalPath';
import styles from './Attribution.module.css';
import type { Explorer } from './useExplorer';

export function Attribution({ explorer }: { explorer: Explorer }) {
  const { critical, timeline, zoom, setZoom, select, change } = explorer;
  const { path, category: picked, index, count } = critical;
  const shares = path.attribution.filter(({ duration_nano }) => duration_nano > 0);
  if (path.duration === 0 || shares.length === 0) return <div className={styles.attribution} aria-hidden="true" />;
  const press = (category: Category) => critical.stepCategory(category, { zoom, setZoom, select, change, duration: timeline.duration });
  return (
    <section className={styles.attribution} aria-label="Wall clock by category">
      <div className={styles.bar} aria-hidden="true">
        {shares.map(({ category, duration_nano }) => (
          <span key={category} data-category={category} style={{ flexGrow: duration_nano / path.duration } as CSSProperties} />
        ))}
      </div>
      <ul className={styles.legend}>
        {shares.map(({ category, duration_nano }) => (
          <li key={category}>
            <button
              type="button"
              aria-pressed={category === picked}
              title={`${CATEGORY_NOTES[category]}. A click leads to its next segment on the critical path.`}
              onClick={() => press(category)}
            >
              <i data-category={category} />
              {CATEGORY_LABELS[category]} <b>{formatDuration(duration_nano)}</b>
              <span>{percent(duration_nano / path.duration)}</span>
              {category === picked && (
                <em>
                  {formatCount(index + 1)} of {formatCount(count)}
                </em>
              )}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function percent(share: number): string {
  const value = share * 100;
  return value < 0.1 ? '<0.1 %' : `${value < 10 ? value.toFixed(1).replace(/\.0$/, '') : Math.round(value)} %`;
}
