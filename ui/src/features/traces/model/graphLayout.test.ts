import { expect, it } from 'vitest';
import type { TraceGraph } from '../../../api/types';
import { curveThrough, layoutGraph } from './graphLayout';

const graph = (names: string[], edges: [number, number][]) =>
  ({
    nodes: names.map((name) => ({ name })),
    edges: edges.map(([source, target]) => ({ source, target, count: 1 })),
  }) as TraceGraph;

it('puts what is called right of its caller, boxes beside each other', () => {
  const { nodes, edges, width, height } = layoutGraph(graph(['support', 'gpt-5.1', 'lookup'], [[0, 1], [0, 2], [0, 0]]));
  const [agent, model, tool] = nodes;
  expect(model!.x).toBeGreaterThan(agent!.x + agent!.width);
  expect(Math.abs(model!.y - tool!.y)).toBeGreaterThanOrEqual(model!.height);
  for (const node of nodes) {
    expect(node.x).toBeGreaterThanOrEqual(0);
    expect(node.x + node.width).toBeLessThanOrEqual(width);
    expect(node.y + node.height).toBeLessThanOrEqual(height);
  }
  expect(edges.map(({ points }) => points.length > 1)).toEqual([true, true, true]);
});

it('has a place for agents that call each other', () => {
  expect(layoutGraph(graph(['a', 'b'], [[0, 1], [1, 0]])).edges).toHaveLength(2);
});

it('draws through every point', () => {
  expect(curveThrough([])).toBe('');
  expect(curveThrough([{ x: 0, y: 0 }, { x: 10, y: 4 }])).toBe('M0,0C5,0 5,4 10,4');
});
