import { expect, it } from 'vitest';
import { sumTokens } from './tokens';
import { skeletonOf } from './traceFixture';
import { buildTrace } from './tree';

it('counts model calls and not the agent that sums them up', () => {
  const skeleton = skeletonOf([
    { id: 'agent', parent: -1, start: 0, length: 100 },
    { id: 'chat1', parent: 0, start: 1, length: 9 },
    { id: 'tool', parent: 0, start: 20, length: 9 },
    { id: 'chat2', parent: 2, start: 21, length: 9 },
    { id: 'alone', parent: -2, start: 50, length: 9 },
  ]);
  skeleton.spans.input_tokens = [300, 100, 0, 200, 7];
  skeleton.spans.output_tokens = [30, 10, 0, 20, 1];
  expect(sumTokens(buildTrace(skeleton))).toEqual({ input: 307, output: 31 });
});
