import { describe, expect, it } from 'vitest';
import type { TranscriptCard } from '../../../api/types';
import { cardOf, cardTitle, countInside, shownCards } from './transcript';
import { skeletonOf } from './traceFixture';
import { buildTrace } from './tree';

const card = (span_id: string, depth: number, more: object = {}) =>
  ({ type: 'step', span_id, depth, name: span_id, operation: '', ...more }) as TranscriptCard;

/** agent(turn 1, sub-agent(turn 1), turn 2), alone */
const CARDS = [
  card('agent', 0, { type: 'agent', agent: 'support' }),
  card('t1', 1, { type: 'turn', agent: 'support', turn: 1 }),
  card('sub', 1, { type: 'agent', agent: '' }),
  card('s1', 2, { type: 'turn', agent: 'delivery', turn: 1 }),
  card('t2', 1, { type: 'turn', agent: 'support', turn: 2 }),
  card('alone', 0, { type: 'turn', agent: '', turn: 1 }),
];

describe('transcript', () => {
  it('hides what is inside a folded card', () => {
    const shown = (...folded: string[]) => shownCards(CARDS, new Set(folded)).map(({ span_id }) => span_id);
    expect(shown()).toEqual(['agent', 't1', 'sub', 's1', 't2', 'alone']);
    expect(shown('sub')).toEqual(['agent', 't1', 'sub', 't2', 'alone']);
    expect(shown('agent', 'sub')).toEqual(['agent', 'alone']);
    expect([...countInside(CARDS)]).toEqual([4, 0, 1, 0, 0, 0]);
  });

  it('finds the card that a span belongs to', () => {
    const trace = buildTrace(
      skeletonOf([
        { id: 'agent', parent: -1, start: 0, length: 100 },
        { id: 't1', parent: 0, start: 1, length: 10 },
        { id: 'POST', parent: 1, start: 2, length: 5 },
        { id: 'worker', parent: -1, start: 200, length: 5 },
      ]),
    );
    expect([0, 1, 2, 3].map((p) => cardOf(CARDS, trace, p))).toEqual([0, 1, 1, -1]);
    expect(cardOf(CARDS, trace, -1)).toBe(-1);
  });

  it('numbers turns of agents and calls outside of one', () => {
    expect(CARDS.map(cardTitle)).toEqual(['support', 'Turn 1', 'sub', 'Turn 1', 'Turn 2', 'Call 1']);
    expect(cardTitle(card('x', 0, { type: 'tool', tool: '', name: 'execute_tool lookup' }))).toBe('execute_tool lookup');
  });
});
