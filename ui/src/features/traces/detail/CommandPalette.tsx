/** Ctrl+K: every action by name, and the spans of this trace by name or service. */
import { useMemo, useState, type KeyboardEvent, type ReactNode } from 'react';
import { formatDuration } from '../../../format/duration';
import { spanTitle } from '../../../format/name';
import { Dialog } from '../../../ui/Dialog';
import { intoView } from '../../../ui/intoView';
import { KeyCaps } from '../../../ui/KeyCaps';
import { toggleTheme } from '../../../ui/theme';
import { openCompareWith } from '../../compare/CompareWith';
import { KEYS } from '../model/keys';
import { searchTrace } from '../model/search';
import type { Trace } from '../model/tree';
import styles from './CommandPalette.module.css';
import type { TraceActions } from './useTraceKeys';

interface Command {
  id: string;
  label: string;
  hint: ReactNode;
  run: () => void;
}

interface Props {
  trace: Trace;
  actions: TraceActions;
  selected: number;
  onSelect: (p: number) => void;
  onClose: () => void;
}

const MOST_SPANS = 12;

export function CommandPalette({ trace, actions, selected, onSelect, onClose }: Props) {
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const commands = useMemo(
    () => [...matchingCommands(trace, actions, selected, text), ...matchingSpans(trace, onSelect, text)],
    [trace, actions, selected, onSelect, text],
  );
  const run = (command: Command | undefined) => {
    if (!command) return;
    onClose();
    command.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setAt((old) => Math.min(Math.max(old + step, 0), commands.length - 1));
    } else if (event.key === 'Enter') run(commands[at]);
  };
  return (
    <Dialog label="Commands" onClose={onClose} top>
      <div className={styles.palette}>
        <input
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the dialog was opened to type here
          autoFocus
          role="combobox"
          aria-expanded="true"
          aria-controls="command-list"
          aria-activedescendant={commands[at] && `command-${commands[at].id}`}
          aria-label="Command or span"
          placeholder="A command, or the name of a span"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
        <div className={styles.list} role="listbox" id="command-list" aria-label="Commands">
          {commands.map((command, index) => (
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the input has the keys
            <div
              key={command.id}
              id={`command-${command.id}`}
              ref={index === at ? intoView : undefined}
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              className={styles.item}
              onMouseMove={() => setAt(index)}
              onClick={() => run(command)}
            >
              <span>{command.label}</span>
              <span>{command.hint}</span>
            </div>
          ))}
          {commands.length === 0 && <p className={styles.none}>No command and no span of that name.</p>}
        </div>
      </div>
    </Dialog>
  );
}

function matchingCommands(trace: Trace, actions: TraceActions, selected: number, text: string): Command[] {
  const commands: Command[] = KEYS.filter(({ action }) => action !== 'commands').map((key) => ({
    id: key.action,
    label: key.label,
    hint: <KeyCaps chord={key.chords[0]!} />,
    run: actions[key.action],
  }));
  commands.push(
    { id: 'copy-link', label: 'Copy a link to this view', hint: '', run: copy(window.location.href) },
    { id: 'copy-id', label: 'Copy the trace id', hint: '', run: copy(trace.id) },
    ...(selected < 0
      ? []
      : [{ id: 'copy-span-id', label: 'Copy the id of the selected span', hint: '', run: copy(trace.spanId[selected]!) }]),
    {
      id: 'download',
      label: 'Download the trace as OTLP JSON',
      hint: '',
      run: () => window.open(`/api/traces/${trace.id}/otlp${window.location.search}`),
    },
    { id: 'compare', label: 'Compare with another trace', hint: '', run: () => openCompareWith() },
    { id: 'theme', label: 'Light or dark theme', hint: '', run: toggleTheme },
  );
  const wanted = text.trim().toLowerCase();
  return commands.filter(({ label }) => label.toLowerCase().includes(wanted));
}

function copy(what: string) {
  return () => void navigator.clipboard.writeText(what);
}

function matchingSpans(trace: Trace, onSelect: (p: number) => void, text: string): Command[] {
  if (text.trim() === '') return [];
  const found = searchTrace(trace, text);
  const spans: Command[] = [];
  for (let p = found.indexOf(1); p >= 0 && spans.length < MOST_SPANS; p = found.indexOf(1, p + 1)) {
    spans.push({
      id: `span-${p}`,
      label: `${spanTitle(trace.names[trace.name[p]!]!)}  ${trace.services[trace.service[p]!]}`,
      hint: formatDuration(trace.span[p]!),
      run: () => onSelect(p),
    });
  }
  return spans;
}
