/** Which steps are shown, and how many of all of them; never silent about the rest. */
import type { Comparison } from '../../api/types';
import { formatCount, plural } from '../../format/number';
import { Button } from '../../ui/Button';
import styles from './ComparePage.module.css';
import type { CompareView } from './model/compareUrl';
import type { Row } from './model/steps';
import type { CompareAction } from './useCompareKeys';

interface Props {
  comparison: Comparison;
  rows: readonly Row[];
  view: CompareView;
  change: (part: Partial<CompareView>) => void;
  actions: Record<CompareAction, () => void>;
}

export function Toolbar({ comparison, rows, view, actions }: Props) {
  const found = rows.reduce((count, { context }) => count + (context ? 0 : 1), 0);
  const shown = found === comparison.step_count ? formatCount(found) : `${formatCount(found)} of ${formatCount(comparison.step_count)}`;
  return (
    <div className={styles.toolbar}>
      <div className={styles.filters} role="group" aria-label="Steps shown">
        <Button small label="Differences" pressed={view.only.has('differences')} title="Only differences (D)" onClick={actions.differences} />
        <Button small label="GenAI" pressed={view.only.has('model')} title="Only GenAI steps (M)" onClick={actions.model} />
        <Button small label="Errors" pressed={view.only.has('errors')} title="Only steps that failed (E)" onClick={actions.errors} />
      </div>
      <p role="status">
        <b>{shown}</b> {comparison.step_count === 1 ? 'step' : 'steps'}
        <span className={styles.counts}>
          {COUNTS.filter(([kind]) => comparison[kind] > 0)
            .map(([kind, words]) => `${formatCount(comparison[kind])} ${words}`)
            .join(', ')}
        </span>
      </p>
      <div className={styles.moves}>
        <Button small iconOnly icon="up" label="Previous difference (P)" onClick={actions.previousDifference} />
        <Button small iconOnly icon="down" label="Next difference (N)" onClick={actions.nextDifference} />
        <Button small iconOnly icon="help" label="Keys (?)" onClick={actions.help} />
      </div>
      <Notes comparison={comparison} />
    </div>
  );
}

const COUNTS = [
  ['same', 'alike'],
  ['changed', 'changed'],
  ['moved', 'moved'],
  ['left_only', 'only left'],
  ['right_only', 'only right'],
] as const;

function Notes({ comparison }: { comparison: Comparison }) {
  const notes = notesOf(comparison);
  return notes.length === 0 ? null : <p className={styles.note}>{notes.join(' ')}</p>;
}

function notesOf({ left, right, steps, step_count, alignment }: Comparison): string[] {
  const notes: string[] = [];
  for (const [side, trace] of [['left', left], ['right', right]] as const) {
    if (trace.shown_span_count < trace.span_count) {
      notes.push(`Of the ${side} trace ${formatCount(trace.shown_span_count)} of ${plural(trace.span_count, 'span')} are compared.`);
    }
  }
  if (steps.length < step_count) {
    notes.push(`Listed are the ${formatCount(steps.length)} of ${plural(step_count, 'step')} that differ most.`);
  }
  if (alignment.contents_compared < alignment.contents) {
    notes.push(`Texts were compared in ${formatCount(alignment.contents_compared)} of ${plural(alignment.contents, 'GenAI step')}.`);
  }
  if (alignment.by_occurrence > 0) {
    notes.push(
      `${plural(alignment.by_occurrence, 'list')} of children ${alignment.by_occurrence === 1 ? 'was' : 'were'} too long to ` +
        'be aligned by order; their steps are matched by the nth occurrence.',
    );
  }
  return notes;
}
