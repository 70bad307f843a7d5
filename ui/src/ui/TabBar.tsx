/** Tabs with one stop for the Tab key; arrows move between them. */
import { useRef, type KeyboardEvent } from 'react';
import styles from './TabBar.module.css';

export interface TabItem<Id extends string> {
  id: Id;
  label: string;
  count?: number;
}

interface Props<Id extends string> {
  label: string;
  /** Tab x is for the element with the id panel-x. */
  tabs: readonly TabItem<Id>[];
  selected: Id;
  onSelect: (tab: Id) => void;
}

export function TabBar<Id extends string>({ label: barLabel, tabs, selected, onSelect }: Props<Id>) {
  const bar = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const at = tabs.findIndex(({ id }) => id === selected);
    const next = tabs[(at + step + tabs.length) % tabs.length]!;
    onSelect(next.id);
    bar.current?.querySelector<HTMLElement>(`#tab-${next.id}`)?.focus();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- the selected tab holds the focus
    <div ref={bar} className={styles.tabs} role="tablist" aria-label={barLabel} onKeyDown={onKeyDown}>
      {tabs.map(({ id, label, count }) => (
        <button
          key={id}
          type="button"
          role="tab"
          id={`tab-${id}`}
          className={styles.tab}
          aria-selected={id === selected}
          aria-controls={`panel-${id}`}
          tabIndex={id === selected ? 0 : -1}
          onClick={() => onSelect(id)}
        >
          {label}
          {count !== undefined && count > 0 && <span className={styles.count}>{count}</span>}
        </button>
      ))}
    </div>
  );
}
