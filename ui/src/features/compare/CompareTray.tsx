/** The marked traces at the foot of the list, and the way to their comparison. Without any it is not there. */
import { useEffect, useRef } from 'react';
import { Link, useLocation } from 'wouter';
import { useProject, withProject } from '../../api/project';
import { Button } from '../../ui/Button';
import { isTyping } from '../../ui/chord';
import { KeyCaps } from '../../ui/KeyCaps';
import { clearChosen, toggleChosen, useChosen } from './chosen';
import styles from './CompareTray.module.css';
import { comparePath } from './model/compareUrl';

export function CompareTray() {
  const project = useProject();
  const chosen = useChosen(project);
  const [left, right] = chosen;
  const path = left && right ? withProject(comparePath(left.trace_id, right.trace_id), project) : null;
  useCompareKeys(path);
  if (!left) return null;
  return (
    <div className={styles.tray} role="region" aria-label="Traces to compare">
      {chosen.map((trace) => (
        <span key={trace.trace_id} className={styles.chosen} title={trace.trace_id}>
          <span>{trace.label}</span>
          <code>{trace.trace_id.slice(0, 8)}</code>
          <Button bare small iconOnly icon="close" label={`Do not compare ${trace.label}`} onClick={() => toggleChosen(trace)} />
        </span>
      ))}
      {path ? (
        <Link href={path} className={styles.go}>
          Compare <KeyCaps chord="c" />
        </Link>
      ) : (
        <span className={styles.hint}>
          mark another with <KeyCaps chord="x" />
        </span>
      )}
      <Button bare small label="Clear" onClick={clearChosen} />
    </div>
  );
}

/** "x" marks the row with the focus, or else under the pointer; "c" compares. */
function useCompareKeys(path: string | null): void {
  const [, navigate] = useLocation();
  const latest = useRef({ path, go: navigate });
  useEffect(() => {
    latest.current = { path, go: navigate };
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
      if (event.key === 'x') markedRow()?.querySelector<HTMLElement>('[data-compare-mark]')?.click();
      else if (event.key === 'c' && latest.current.path) latest.current.go(latest.current.path);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}

function markedRow(): Element | null {
  const row = document.activeElement?.closest('[role=row]');
  return row?.querySelector('[data-compare-mark]') ? row : document.querySelector('[role=row]:hover');
}
