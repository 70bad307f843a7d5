/** Where the nodes of a service map stand and how their edges run: callers on the left, in layers. */
import { graphlib, layout } from '@dagrejs/dagre';
import type { ServiceCall, ServiceMap, ServiceNode } from '../../../api/types';

export const NODE_WIDTH = 176;
export const NODE_HEIGHT = 56;

export interface PlacedNode {
  node: ServiceNode;
  x: number;
  y: number;
}

export interface PlacedCall {
  call: ServiceCall;
  points: { x: number; y: number }[];
}

export interface Placed {
  nodes: PlacedNode[];
  calls: PlacedCall[];
  width: number;
  height: number;
}

/** `x` and `y` are the centre of a node. */
export function place(map: Pick<ServiceMap, 'nodes' | 'calls'>): Placed {
  const graph = new graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', nodesep: 24, ranksep: 96, marginx: 16, marginy: 16 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id } of map.nodes) graph.setNode(id, { width: NODE_WIDTH, height: NODE_HEIGHT });
  for (const call of map.calls) graph.setEdge(call.caller, call.callee, {}, call.kind);
  layout(graph);
  const box = graph.graph();
  return {
    nodes: map.nodes.map((node) => ({ node, x: graph.node(node.id).x ?? 0, y: graph.node(node.id).y ?? 0 })),
    calls: map.calls.map((call) => ({
      call,
      points: graph.edge({ v: call.caller, w: call.callee, name: call.kind }).points ?? [],
    })),
    width: box.width ?? 0,
    height: box.height ?? 0,
  };
}

/** A path through the points with round corners. */
export function pathOf(points: { x: number; y: number }[]): string {
  const [first, ...rest] = points;
  if (!first) return '';
  let path = `M${first.x},${first.y}`;
  rest.forEach((point, at) => {
    const next = rest[at + 1];
    if (!next) path += `L${point.x},${point.y}`;
    else path += `Q${point.x},${point.y} ${(point.x + next.x) / 2},${(point.y + next.y) / 2}`;
  });
  return path;
}
