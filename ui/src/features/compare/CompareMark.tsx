/** A box in a trace's row that marks it to be compared; "x" presses it for the row with the focus or the pointer. */
import type { TraceSummary } from '../../api/types';
import { spanTitle } from '../../format/name';
import { toggleChosen, useChosen } from './chosen';
import styles from './CompareTray.module.css';

export function CompareMark({ trace, project }: { trace: TraceSummary; project: string }) {
  const chosen = useChosen(project);
  const at = chosen.findIndex(({ trace_id: id }) => id === trace.trace_id);
  const label = `${trace.root_service}  ${spanTitle(trace.root_name)}`.trim();
  return (
    <input
      type="checkbox"
      className={styles.mark}
      data-compare-mark
      // X presses it: a second stop in every row would make the list twice as long to go through.
      tabIndex={-1}
      data-any={chosen.length > 0}
      checked={at >= 0}
      aria-label={`Compare ${label}`}
      title="Mark to compare (X)"
      onChange={() => toggleChosen({ trace_id: trace.trace_id, project, label })}
    />
  );
}
