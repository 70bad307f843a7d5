/** Log records, one line each; j and k go from one to the next, Enter opens. Rows off the screen are not laid out. */
import { useEffect, useRef, useState } from 'react';
import { useProject } from '../../api/project';
import type { Condition } from '../../api/search';
import type { LogRecord } from '../../api/types';
import { LogRow } from './LogRow';
import styles from './LogList.module.css';

interface Props {
  records: LogRecord[];
  stale: boolean;
  wrap: boolean;
  dated: boolean;
  /** The id of the record that is open. */
  open: string;
  onOpen: (logId: string) => void;
  onAdd: (condition: Condition) => void;
  onEnd: () => void;
}

export function LogList({ records, stale, wrap, dated, open, onOpen, onAdd, onEnd }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const project = useProject();
  const keys = useRowKeys(records);
  const latest = useRef({ open, onOpen, onAdd, onEnd });
  useEffect(() => {
    latest.current = { open, onOpen, onAdd, onEnd };
  });
  const [handlers] = useState(() => ({
    toggle: (id: string) => latest.current.onOpen(latest.current.open === id ? '' : id),
    add: (condition: Condition) => latest.current.onAdd(condition),
    end: () => latest.current.onEnd(),
  }));
  useListKeys(list);
  return (
    <div className={styles.list} ref={list} role="list" aria-label="Log records" aria-busy={stale} data-wrap={wrap} data-dated={dated} data-stale={stale} data-live-rows>
      {records.map((record, index) => (
        <LogRow
          key={keys[index]}
          record={record}
          open={record.log_id === open}
          project={project}
          dated={dated}
          onToggle={handlers.toggle}
          onAdd={handlers.add}
        />
      ))}
      {/* Watched anew after each page: an end that stays on the screen is not told again. */}
      <End key={records.length} onEnd={handlers.end} />
    </div>
  );
}

function End({ onEnd }: { onEnd: () => void }) {
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!end.current) return undefined;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && onEnd(), { rootMargin: '600px' });
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [onEnd]);
  return <div ref={end} className={styles.end} />;
}

/** Records alike in everything have one id. */
function useRowKeys(records: LogRecord[]): string[] {
  const seen = new Map<string, number>();
  return records.toReversed().map(({ log_id: id }) => {
    const nth = seen.get(id) ?? 0;
    seen.set(id, nth + 1);
    return nth === 0 ? id : `${id} ${nth}`;
  }).toReversed();
}

/** The rows are buttons, so the browser's own focus is the place in the list. */
function useListKeys(list: { current: HTMLDivElement | null }): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
      const target = event.target instanceof Element ? event.target : null;
      if (step === undefined || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (target?.closest('input, textarea, select, dialog, [contenteditable]')) return;
      const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
      const at = rows.findIndex((row) => row.parentElement?.contains(document.activeElement));
      const next = rows[at < 0 ? 0 : Math.min(Math.max(at + step, 0), rows.length - 1)];
      event.preventDefault();
      next?.focus();
      next?.scrollIntoView({ block: 'nearest' });
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [list]);
}
