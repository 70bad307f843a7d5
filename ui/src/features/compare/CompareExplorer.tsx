/** A comparison on screen: the two as wholes, what is shown of their steps, the steps; holds the keys. */
import { useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import { GO_KEYS } from '../../app/pages';
import { useProject, withProject } from '../../api/project';
import type { Comparison } from '../../api/types';
import { KeySheet } from '../../ui/KeySheet';
import styles from './ComparePage.module.css';
import { COMPARE_KEYS } from './model/compareKeys';
import { swapped, type CompareView, type Filter } from './model/compareUrl';
import { listRows, longestStep, nextDifference } from './model/steps';
import { StepTable } from './StepTable';
import { Summary } from './Summary';
import { Toolbar } from './Toolbar';
import { useCompareKeys, type CompareAction } from './useCompareKeys';

interface Props {
  comparison: Comparison;
  view: CompareView;
  change: (part: Partial<CompareView>) => void;
  stale: boolean;
}

export function CompareExplorer({ comparison, view, change, stale }: Props) {
  const [help, setHelp] = useState(false);
  const rows = useMemo(() => listRows(comparison.steps, view.only), [comparison, view.only]);
  const longest = useMemo(() => longestStep(comparison.steps), [comparison]);
  const at = useMemo(() => rows.findIndex(({ key }) => key === view.step), [rows, view.step]);
  const actions = useActions({ comparison, view, change, rows, at, showHelp: () => setHelp(true) });
  useCompareKeys(actions, !help);
  return (
    <div className={styles.explorer} aria-busy={stale}>
      <Summary
        comparison={comparison}
        onSwap={actions.swap}
        onStep={(key) => change({ step: key, open: true, only: new Set() })}
      />
      <Toolbar comparison={comparison} rows={rows} view={view} change={change} actions={actions} />
      <StepTable
        comparison={comparison}
        rows={rows}
        longest={longest}
        at={at}
        open={view.open}
        sideBySide={view.sideBySide}
        onStep={(row) => change(row === at ? { open: !view.open } : { step: rows[row]!.key, open: true })}
        onSideBySide={(sideBySide) => change({ sideBySide })}
      />
      {help && <KeySheet groups={[COMPARE_KEYS, GO_KEYS]} onClose={() => setHelp(false)} />}
    </div>
  );
}

interface Context {
  comparison: Comparison;
  view: CompareView;
  change: (part: Partial<CompareView>) => void;
  rows: ReturnType<typeof listRows>;
  at: number;
  showHelp: () => void;
}

function useActions({ comparison, view, change, rows, at, showHelp }: Context): Record<CompareAction, () => void> {
  const [, navigate] = useLocation();
  const project = useProject();
  const go = (row: number) => {
    if (row >= 0) change({ step: rows[row]!.key });
  };
  const step = (by: 1 | -1) => go(at < 0 ? Math.min(0, rows.length - 1) : Math.min(Math.max(at + by, 0), rows.length - 1));
  const toggle = (filter: Filter) => {
    const only = new Set(view.only);
    if (!only.delete(filter)) only.add(filter);
    change({ only });
  };
  return {
    nextDifference: () => go(nextDifference(rows, at, 1)),
    previousDifference: () => go(nextDifference(rows, at < 0 ? rows.length : at, -1)),
    nextStep: () => step(1),
    previousStep: () => step(-1),
    toggle: () => at >= 0 && change({ open: !view.open }),
    swap: () => change(swapped(view)),
    sideBySide: () => change({ sideBySide: !view.sideBySide }),
    differences: () => toggle('differences'),
    model: () => toggle('model'),
    errors: () => toggle('errors'),
    help: showHelp,
    back: () => {
      if (view.open) change({ open: false });
      else if (window.history.length > 1) window.history.back();
      else navigate(withProject(`/trace/${comparison.right.trace_id}`, project));
    },
  };
}
