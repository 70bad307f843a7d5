/** /compare?left=&right=: two traces, step by step. */
import { useComparison } from '../../api/compare';
import { ErrorNotice, Notice } from '../../ui/Notice';
import { useTitle } from '../../ui/useTitle';
import { CompareExplorer } from './CompareExplorer';
import styles from './ComparePage.module.css';
import { TraceField } from './TraceField';
import { useCompareView } from './useCompareView';

export function ComparePage() {
  useTitle('Compare traces');
  const [view, change] = useCompareView();
  const { left, right } = view;
  const comparison = useComparison(left, right);
  if (left === '' || right === '') {
    return (
      <Notice title="Compare two traces">
        <p>
          In the list of traces, <kbd>X</kbd> marks the one under the pointer or the focus; with two marked, <kbd>C</kbd>{' '}
          compares them. Or paste their ids here.
        </p>
        <div className={styles.choose}>
          <TraceField label="Left trace" traceId={left} onTrace={(id) => change({ left: id })} />
          <TraceField label="Right trace" traceId={right} onTrace={(id) => change({ right: id })} />
        </div>
      </Notice>
    );
  }
  if (comparison.data) {
    return (
      <CompareExplorer
        comparison={comparison.data}
        view={view}
        change={change}
        stale={comparison.isPlaceholderData}
      />
    );
  }
  if (comparison.isError) {
    return (
      <>
        <ErrorNotice error={comparison.error} onRetry={() => void comparison.refetch()} />
        <div className={styles.chooseOther}>
          <TraceField label="Left trace" traceId={left} onTrace={(id) => change({ left: id })} />
          <TraceField label="Right trace" traceId={right} onTrace={(id) => change({ right: id })} />
        </div>
      </>
    );
  }
  return (
    <p className={styles.waiting} role="status">
      Aligning the steps of the two traces
    </p>
  );
}
