/**
 * One line, or more, in the search language. Completion comes from the server, which has the grammar; Enter runs what is
 * written, Tab takes an offer. Where a query is wrong it is underlined, with what to do below it.
 */
import { useCallback, useEffect, useId, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { ApiError } from '../../api/client';
import { useCompletions, type Signal } from '../../api/search';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { useDebounced } from '../../ui/useDebounced';
import { CheatSheet } from './CheatSheet';
import { OfferList, optionId, type Offer } from './OfferList';
import { QueryText } from './QueryText';
import { useRecent } from './recent';
import styles from './SearchBox.module.css';
import { accepted, charactersOf } from './text';

interface Props {
  signal: Signal;
  label: string;
  placeholder: string;
  /** The query of the address. */
  query: string;
  onRun: (query: string) => void;
  /** What the API said of the query, if it said no. */
  error: unknown;
  /** Buttons at the end of the box. */
  children?: ReactNode;
}

/** Faster than a server on this machine answers; slower than two keys of one word. */
const REST_MS = 40;

export function SearchBox({ signal, label, placeholder, query, onRun, error, children }: Props) {
  const id = useId();
  const input = useRef<HTMLTextAreaElement>(null);
  const [draft, setDraft] = useState({ text: query, cursor: query.length, from: query });
  if (draft.from !== query) setDraft({ text: query, cursor: query.length, from: query });
  const { text, cursor } = draft;
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const [helping, setHelping] = useState(false);
  const showHelp = useCallback(() => setHelping(true), []);
  const [recent, addRecent] = useRecent(signal);
  const typed = useDebounced(draft, REST_MS);
  const answer = useCompletions(signal, typed.text, charactersOf(typed.text, typed.cursor), open).data;
  const offers = open ? offersOf(text, recent, answer?.completions ?? []) : [];
  const place = error instanceof ApiError && text === query ? error.place : null;

  const moveTo = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (moveTo.current === null) return;
    input.current?.setSelectionRange(moveTo.current, moveTo.current);
    moveTo.current = null;
  });
  usePageKeys(input, showHelp);

  const write = (next: string, nextCursor: number) => {
    moveTo.current = nextCursor;
    setDraft({ text: next, cursor: nextCursor, from: query });
    setAt(-1);
  };
  const run = (next: string) => {
    setOpen(false);
    setAt(-1);
    addRecent(next.trim());
    onRun(next.trim());
  };
  const take = (offer: Offer) => {
    if (offer.kind === 'recent') {
      write(offer.text, offer.text.length);
      run(offer.text);
      return;
    }
    const next = answer && accepted(text, answer.asked, answer, offer.text);
    if (next) write(next.text, next.cursor);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const marked = offers[event.key === 'Tab' ? Math.max(at, 0) : at];
    if (step !== undefined && (open || event.key === 'ArrowDown')) {
      event.preventDefault();
      setOpen(true);
      setAt((old) => Math.min(Math.max(old + step, -1), offers.length - 1));
    } else if (event.key === ' ' && event.ctrlKey) {
      event.preventDefault();
      setOpen(true);
    } else if ((event.key === 'Enter' || event.key === 'Tab') && marked && !event.shiftKey) {
      event.preventDefault();
      take(marked);
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      run(text);
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      if (open) setOpen(false);
      else input.current?.blur();
    }
  };
  return (
    <div className={styles.search}>
      <div className={styles.box} data-invalid={place !== null || undefined}>
        <Icon name="search" />
        <div className={styles.field}>
          <QueryText text={text} place={place} />
          <textarea
            ref={input}
            rows={1}
            role="combobox"
            aria-label={label}
            aria-expanded={offers.length > 0}
            aria-controls={`${id}-list`}
            aria-autocomplete="list"
            aria-activedescendant={offers[at] ? optionId(id, at) : undefined}
            aria-invalid={place !== null}
            aria-describedby={place ? `${id}-problem` : undefined}
            aria-keyshortcuts="/"
            placeholder={placeholder}
            spellCheck={false}
            autoCapitalize="off"
            autoComplete="off"
            value={text}
            onFocus={() => setOpen(true)}
            onBlur={() => setOpen(false)}
            onChange={({ target }) => {
              setDraft({ text: target.value, cursor: target.selectionStart, from: query });
              setOpen(true);
              setAt(-1);
            }}
            onSelect={({ currentTarget }) => {
              const to = currentTarget.selectionStart;
              if (to !== cursor) setDraft({ text, cursor: to, from: query });
            }}
            onKeyDown={onKeyDown}
          />
          {offers.length > 0 && <OfferList id={id} offers={offers} at={at} onMark={setAt} onTake={take} />}
        </div>
        {text !== query && <kbd className={styles.hint}>Enter runs it</kbd>}
        {text !== '' && <Button bare small iconOnly icon="close" label="Clear the search" onClick={() => run('')} />}
        <Button bare small iconOnly icon="help" label="How to search" onClick={showHelp} />
        {children}
      </div>
      {place && (
        <p className={styles.problem} id={`${id}-problem`} role="alert">
          Found {place.found}, expected {place.expected}: <b>{place.advice}</b>
        </p>
      )}
      {helping && (
        <CheatSheet
          signal={signal}
          onClose={() => setHelping(false)}
          onTry={(example) => {
            setHelping(false);
            write(example, example.length);
            run(example);
          }}
        />
      )}
    </div>
  );
}

/** Before anything is typed, what was searched last comes first. */
function offersOf(text: string, recent: string[], completions: Offer[]): Offer[] {
  if (text !== '') return completions;
  const searches = recent.slice(0, 5).map((query): Offer => ({ kind: 'recent', label: query, text: query, detail: 'recent search', type: '', count: null }));
  return [...searches, ...completions];
}

/** From anywhere but a field `/` leads to the box and `?` to the help. */
function usePageKeys(input: { current: HTMLTextAreaElement | null }, onHelp: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: globalThis.KeyboardEvent) => {
      const target = event.target instanceof Element ? event.target : null;
      if ((event.key !== '/' && event.key !== '?') || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
      if (target?.closest('input, textarea, select, dialog, [contenteditable]')) return;
      event.preventDefault();
      if (event.key === '/') input.current?.focus();
      else onHelp();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [input, onHelp]);
}
