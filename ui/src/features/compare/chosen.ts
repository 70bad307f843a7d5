/** The traces that are marked to be compared, the last two; they last as long as the browser's tab. */
import { useSyncExternalStore } from 'react';

export interface ChosenTrace {
  trace_id: string;
  project: string;
  /** As the list shows it. */
  label: string;
}

const KEY = 'spanhouse.compare';
const MOST = 2;
const listeners = new Set<() => void>();
let chosen: readonly ChosenTrace[] = read();

function read(): readonly ChosenTrace[] {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isChosen).slice(-MOST) : [];
  } catch {
    return [];
  }
}

function isChosen(item: unknown): item is ChosenTrace {
  const { trace_id: id, project, label } = (item ?? {}) as Record<string, unknown>;
  return typeof id === 'string' && typeof project === 'string' && typeof label === 'string';
}

function write(next: readonly ChosenTrace[]): void {
  chosen = next;
  try {
    sessionStorage.setItem(KEY, JSON.stringify(next));
  } catch {
    // Storage can be forbidden; the marks then last as long as the page.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Those of one project: traces of two are not compared. */
export function useChosen(project: string): readonly ChosenTrace[] {
  const all = useSyncExternalStore(subscribe, () => chosen);
  return all.every((trace) => trace.project === project) ? all : all.filter((trace) => trace.project === project);
}

/** Marks a trace, or takes its mark away; with two marked the older one gives way. */
export function toggleChosen(trace: ChosenTrace): void {
  const others = chosen.filter(({ trace_id: id }) => id !== trace.trace_id);
  const same = others.filter(({ project }) => project === trace.project);
  write(others.length < chosen.length ? others : [...same.slice(1 - MOST), trace]);
}

export function clearChosen(): void {
  write([]);
}
