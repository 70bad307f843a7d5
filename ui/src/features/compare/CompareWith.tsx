/** "Compare with…" on the page of a trace: its button, and the choice of the other one. */
import { useState, useSyncExternalStore } from 'react';
import { useLocation } from 'wouter';
import { useRecentTraces } from '../../api/compare';
import { useProject, withProject } from '../../api/project';
import { formatDuration } from '../../format/duration';
import { plural } from '../../format/number';
import { formatAge, nanoToMs } from '../../format/time';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { intoView } from '../../ui/intoView';
import { useNow } from '../../ui/useNow';
import styles from './CompareWith.module.css';
import { comparePath, traceIdIn } from './model/compareUrl';

const listeners = new Set<() => void>();
let isOpen = false;

/** Opens the choice from elsewhere on the page: the list of commands does. */
export function openCompareWith(open = true): void {
  isOpen = open;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

interface Props {
  traceId: string;
  /** Of the root span: traces of the same name are offered. */
  name: string;
  service: string;
}

export function CompareWith(props: Props) {
  const open = useSyncExternalStore(subscribe, () => isOpen);
  return (
    <>
      <Button icon="swap" iconOnly label="Compare with another trace" onClick={() => openCompareWith()} />
      {open && <Choice {...props} />}
    </>
  );
}

function Choice({ traceId, name, service }: Props) {
  const project = useProject();
  const [, navigate] = useLocation();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const now = useNow(5000);
  const recent = useRecentTraces(name, service);
  const typed = traceIdIn(text);
  const wanted = text.trim().toLowerCase();
  const offered = (recent.data ?? []).filter(({ trace_id: id }) => id !== traceId && (typed !== null || id.startsWith(wanted)));
  const choose = (id: string | null | undefined) => {
    if (!id || id === traceId) return;
    openCompareWith(false);
    // The one on this page is what changed: it stands on the right, the older one on the left.
    navigate(withProject(comparePath(id, traceId), project));
  };
  return (
    <Dialog label="Compare with another trace" onClose={() => openCompareWith(false)} top>
      <div className={styles.choice}>
        <input
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the dialog was opened to choose here
          autoFocus
          role="combobox"
          aria-expanded="true"
          aria-controls="compare-with"
          aria-activedescendant={offered[at] && `compare-with-${at}`}
          aria-label="Id or address of a trace"
          placeholder="Paste the id or address of a trace, or choose one below"
          spellCheck={false}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
          }}
          onKeyDown={(event) => {
            const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
            if (step !== undefined) {
              event.preventDefault();
              setAt((old) => Math.min(Math.max(old + step, 0), offered.length - 1));
            } else if (event.key === 'Enter') choose(typed ?? offered[at]?.trace_id);
          }}
        />
        <div role="listbox" id="compare-with" aria-label={`Recent traces of ${name}`} className={styles.list}>
          {offered.map((trace, index) => (
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the input has the keys
            <div
              key={trace.trace_id}
              id={`compare-with-${index}`}
              ref={index === at ? intoView : undefined}
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              className={styles.option}
              onMouseMove={() => setAt(index)}
              onClick={() => choose(trace.trace_id)}
            >
              <code>{trace.trace_id.slice(0, 8)}</code>
              <span>{formatAge(nanoToMs(trace.start_time_unix_nano), now)}</span>
              <span>{formatDuration(trace.duration_nano)}</span>
              <span>{plural(trace.span_count, 'span')}</span>
              <span className={styles.error}>{trace.error_count > 0 && plural(trace.error_count, 'error')}</span>
            </div>
          ))}
        </div>
        <p className={styles.note}>
          {typed === traceId
            ? 'That is this trace.'
            : typed !== null
              ? 'Enter compares with the pasted trace.'
              : noteOf(recent.isPending, offered.length, name)}
        </p>
      </div>
    </Dialog>
  );
}

function noteOf(isPending: boolean, count: number, name: string): string {
  if (isPending) return 'Looking for traces of the same name';
  if (count === 0) return `No other trace of ${name} in the last 7 days; paste the id of any.`;
  return `The newest ${count === 1 ? 'trace' : `${count} traces`} of ${name} in the last 7 days.`;
}
