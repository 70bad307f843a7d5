/** The views of a trace as tabs, and what can be switched in the one on screen. */
import type { ReactNode } from 'react';
import { formatDuration } from '../../../format/duration';
import { formatCount } from '../../../format/number';
import { Button } from '../../../ui/Button';
import { TabBar } from '../../../ui/TabBar';
import { idleOf, isWorthCutting } from '../model/timeline';
import { VIEWS, type ViewName } from '../model/viewUrl';
import type { Explorer } from './useExplorer';
import styles from './ViewTabs.module.css';

const LABELS: Record<ViewName, string> = {
  timeline: 'Timeline',
  tree: 'Tree',
  flame: 'Flame',
  transcript: 'Transcript',
  graph: 'Graph',
};

const TABS = VIEWS.map((id) => ({ id, label: LABELS[id] }));

export function ViewTabs({ explorer }: { explorer: Explorer }) {
  const { view, change, actions } = explorer;
  const hasRows = view.name === 'timeline' || view.name === 'tree' || view.name === 'flame';
  return (
    <div className={styles.bar}>
      <TabBar label="Views" tabs={TABS} selected={view.name} onSelect={(name) => change({ name })} />
      <div className={styles.tools}>
        {view.name !== 'transcript' && view.name !== 'graph' && view.name !== 'tree' && <GapButton explorer={explorer} />}
        {view.name === 'timeline' && <LogsButton explorer={explorer} />}
        {(view.name === 'timeline' || view.name === 'flame') && (
          <Button bare small icon="critical" label="Critical path" title="Critical path (C)" pressed={view.criticalPath} onClick={actions.criticalPath} />
        )}
        {hasRows && (
          <>
            <Button bare small icon="foldAll" iconOnly label="Fold all ( ] )" onClick={actions.foldAll} />
            <Button bare small icon="unfoldAll" iconOnly label="Unfold all ( [ )" onClick={actions.unfoldAll} />
          </>
        )}
      </div>
    </div>
  );
}

function GapButton({ explorer: { trace, gaps, view, actions } }: { explorer: Explorer }): ReactNode {
  if (gaps.length === 0 || (!view.cutGaps && !isWorthCutting(trace, gaps))) return null;
  const idle = idleOf(gaps);
  const share = ((idle / trace.duration) * 100).toFixed(1).replace(/\.0$/, '');
  const label = `${formatDuration(idle)}, ${share} % idle: ${view.cutGaps ? 'cut out' : 'cut out?'}`;
  return <Button bare small label={label} title="Stretches in which no span without children runs (X)" pressed={view.cutGaps} onClick={actions.cutGaps} />;
}

function LogsButton({ explorer: { view, logs, actions } }: { explorer: Explorer }): ReactNode {
  const label = !view.logs || !logs ? 'Logs' : logs.shown < logs.total ? `Logs: ${formatCount(logs.shown)} of ${formatCount(logs.total)}` : `Logs: ${formatCount(logs.total)}`;
  return <Button bare small icon="log" label={label} title="Log records between the spans (L)" pressed={view.logs} onClick={actions.logs} />;
}
