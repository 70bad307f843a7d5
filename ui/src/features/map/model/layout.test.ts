import { expect, it } from 'vitest';
import type { ServiceCall, ServiceNode } from '../../../api/types';
import { pathOf, place } from './layout';

const node = (id: string): ServiceNode => ({
  id, name: id, kind: 'service', request_count: 1, error_count: 0, requests_per_second: 1, p50_nano: 1, p95_nano: 1,
});
const call = (caller: string, callee: string): ServiceCall => ({
  caller, callee, kind: 'call', call_count: 1, error_count: 0, calls_per_second: 1, p50_nano: 1, p95_nano: 1,
});

it('puts callers to the left of what they call, and no two nodes on one place', () => {
  const placed = place({ nodes: ['web', 'cart', 'db', 'alone'].map(node), calls: [call('web', 'cart'), call('cart', 'db'), call('db', 'web')] });
  const x = Object.fromEntries(placed.nodes.map((item) => [item.node.id, item.x]));
  expect(x.web!).toBeLessThan(x.cart!);
  expect(x.cart!).toBeLessThan(x.db!);
  expect(new Set(placed.nodes.map((item) => `${item.x}/${item.y}`)).size).toBe(4);
  expect(placed.calls.every((item) => item.points.length >= 2)).toBe(true);
});

it('draws a path through its points', () => {
  expect(pathOf([])).toBe('');
  expect(pathOf([{ x: 0, y: 0 }, { x: 10, y: 0 }, { x: 20, y: 10 }])).toBe('M0,0Q10,0 15,5L20,10');
});
