/** The cards of a transcript beside the rows of the trace: what is folded, and which card a selection lies in. */
import type { TranscriptCard } from '../../../api/types';
import type { Trace } from './tree';

/** Without the cards inside those that are folded. */
export function shownCards(cards: readonly TranscriptCard[], folded: ReadonlySet<string>): TranscriptCard[] {
  const shown: TranscriptCard[] = [];
  let hiddenBelow = Infinity;
  for (const card of cards) {
    if (card.depth > hiddenBelow) continue;
    hiddenBelow = folded.has(card.span_id) ? card.depth : Infinity;
    shown.push(card);
  }
  return shown;
}

/** How many cards lie inside each card. */
export function countInside(cards: readonly TranscriptCard[]): Int32Array {
  const inside = new Int32Array(cards.length);
  const open: number[] = [];
  cards.forEach((card, i) => {
    while (open.length > 0 && cards[open.at(-1)!]!.depth >= card.depth) open.pop();
    for (const at of open) inside[at]!++;
    open.push(i);
  });
  return inside;
}

/** Index of the card of the span at p, or of its nearest ancestor that has one; -1 when none has. */
export function cardOf(cards: readonly TranscriptCard[], trace: Trace, p: number): number {
  const indexes = new Map(cards.map(({ span_id }, i) => [span_id, i]));
  for (let at = p; at >= 0; at = trace.parent[at]!) {
    const index = indexes.get(trace.spanId[at]!);
    if (index !== undefined) return index;
  }
  return -1;
}

/** What a card is called. */
export function cardTitle(card: TranscriptCard): string {
  switch (card.type) {
    case 'agent':
      return card.agent || card.name;
    case 'turn':
      return card.agent ? `Turn ${card.turn}` : `Call ${card.turn}`;
    case 'tool':
      return card.tool || card.name;
    case 'retrieval':
      return card.operation === 'embeddings' ? 'Embedding' : card.operation === 'rerank' ? 'Ranking' : 'Retrieval';
    case 'step':
      return card.name;
  }
}
