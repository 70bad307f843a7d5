/** What was said and done, card by card. The next cards are asked for before the last one is reached. */
import { useEffect, useImperativeHandle, useMemo, useRef, useState, type RefObject, type Ref } from 'react';
import { useTranscript } from '../../../../api/traceAnalysis';
import type { TranscriptCard } from '../../../../api/types';
import { formatCount, plural } from '../../../../format/number';
import { Button } from '../../../../ui/Button';
import { ErrorNotice, Notice } from '../../../../ui/Notice';
import { cardOf, countInside, shownCards } from '../../model/transcript';
import type { Rollup } from '../../model/rollup';
import { findSpan, type Trace } from '../../model/tree';
import type { ViewHandle } from '../RowList';
import { Card } from './Card';
import styles from './Transcript.module.css';

interface Props {
  ref: Ref<ViewHandle>;
  trace: Trace;
  rollup: Rollup;
  version: number;
  selected: number;
  onSelect: (p: number) => void;
}

export default function TranscriptView({ ref, trace, rollup, version, selected, onSelect }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const answer = useTranscript(trace.id, version);
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = answer;
  const cards = useMemo(() => data?.pages.flatMap((page) => page.cards) ?? [], [data]);
  const shown = useMemo(() => shownCards(cards, folded), [cards, folded]);
  const inside = useMemo(() => new Map(cards.map((card, i) => [card.span_id, countInside(cards)[i]!])), [cards]);
  const at = cardOf(shown, trace, selected);
  useCardHandle(ref, scroller, shown, at, trace);
  useShowSelected(scroller, shown[at]?.span_id ?? null);
  useNearEnd(scroller, () => hasNextPage && !isFetchingNextPage && void fetchNextPage());

  if (error && !data) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <p className={styles.waiting} role="status">Reading the transcript</p>;
  const [{ card_count: total, usage }] = data.pages as [(typeof data.pages)[number]];
  if (total === 0) return <NoCards />;
  const toggle = (spanId: string) =>
    setFolded((old) => {
      const next = new Set(old);
      if (!next.delete(spanId)) next.add(spanId);
      return next;
    });
  const select = (spanId: string) => {
    const p = findSpan(trace, spanId);
    if (p >= 0) onSelect(p);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls
    <section ref={scroller} className={styles.view} aria-label="Transcript" tabIndex={0}>
      <p className={styles.sum}>
        {plural(usage.model_calls, 'model call')}, {plural(usage.tool_calls, 'tool call')}
        {usage.errors > 0 && <em>{plural(usage.errors, 'error')}</em>}
      </p>
      <ol className={styles.cards}>
        {shown.map((card, index) => (
          <Card
            key={`${card.span_id} ${card.start}`}
            card={card}
            trace={trace}
            rollup={rollup}
            selected={index === at}
            folded={folded.has(card.span_id)}
            inside={inside.get(card.span_id) ?? 0}
            onToggle={() => toggle(card.span_id)}
            onSelect={select}
          />
        ))}
      </ol>
      {hasNextPage && (
        <p className={styles.more}>
          Showing {formatCount(cards.length)} of {plural(total, 'card')}.
          <Button small label={isFetchingNextPage ? 'Reading more' : 'Show more'} onClick={() => void fetchNextPage()} />
        </p>
      )}
    </section>
  );
}

function NoCards() {
  return (
    <Notice title="Nothing was said in this trace">
      No span of it is a call of a model, a tool or an agent. The timeline <kbd>1</kbd> and the tree <kbd>2</kbd> have all of its
      spans. To record model calls, follow OpenTelemetry’s GenAI conventions or one of the dialects that are understood:
      OpenInference, OpenLLMetry, MLflow, Vercel AI SDK, Logfire, Langfuse.
    </Notice>
  );
}

function useCardHandle(
  ref: Ref<ViewHandle>,
  scroller: RefObject<HTMLElement | null>,
  shown: readonly TranscriptCard[],
  at: number,
  trace: Trace,
) {
  useImperativeHandle(ref, () => ({
    firstVisibleRow: () => 0,
    show: (p) => showCard(scroller.current, shown[cardOf(shown, trace, p)]?.span_id ?? null),
    scrollPages: (pages) => scroller.current?.scrollBy({ top: pages * scroller.current.clientHeight }),
    showNextVisible: (step) => scroller.current?.scrollBy({ top: step * 80 }),
    move: (direction) => {
      if (direction === 'left') return findSpan(trace, shown[at]?.parent_span_id || null);
      const next = direction === 'up' ? at - 1 : at + 1;
      return findSpan(trace, shown[Math.min(Math.max(next, 0), shown.length - 1)]?.span_id ?? null);
    },
  }));
}

function showCard(scroller: HTMLElement | null, spanId: string | null) {
  if (spanId) scroller?.querySelector(`[data-span="${spanId}"]`)?.scrollIntoView({ block: 'nearest' });
}

function useShowSelected(scroller: RefObject<HTMLElement | null>, spanId: string | null) {
  useEffect(() => showCard(scroller.current, spanId), [scroller, spanId]);
}

/** Calls once a screen or less is left below. */
function useNearEnd(scroller: RefObject<HTMLElement | null>, onNear: () => void) {
  const latest = useRef(onNear);
  useEffect(() => {
    latest.current = onNear;
    const element = scroller.current;
    if (!element) return undefined;
    const check = () => {
      if (element.scrollHeight - element.scrollTop < 2 * element.clientHeight) latest.current();
    };
    check();
    element.addEventListener('scroll', check, { passive: true });
    return () => element.removeEventListener('scroll', check);
  });
}
