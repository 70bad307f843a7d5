/** Boxes and lines of a trace's graph, placed by dagre: layers from callers to called, few crossings. */
import { Graph, layout } from '@dagrejs/dagre';
import type { TraceGraph } from '../../../api/types';

export interface Point {
  x: number;
  y: number;
}

export interface PlacedNode extends Point {
  width: number;
  height: number;
}

export interface GraphLayout {
  width: number;
  height: number;
  /** As the graph's nodes; x and y are of the upper left corner. */
  nodes: PlacedNode[];
  /** As the graph's edges. */
  edges: { points: Point[]; label: Point }[];
}

export const NODE_HEIGHT = 46;
const LETTER = 7.2;
const NARROWEST = 132;
const WIDEST = 260;
const MARGIN = 24;

export function layoutGraph({ nodes, edges }: Pick<TraceGraph, 'nodes' | 'edges'>): GraphLayout {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', nodesep: 22, ranksep: 70, edgesep: 14, marginx: MARGIN, marginy: MARGIN });
  graph.setDefaultEdgeLabel(() => ({}));
  nodes.forEach((node, index) => {
    const width = Math.min(Math.max(node.name.length * LETTER + 48, NARROWEST), WIDEST);
    graph.setNode(String(index), { width, height: NODE_HEIGHT });
  });
  edges.forEach((edge, index) => {
    const label = { width: 8 + String(edge.count).length * LETTER, height: 16, labelpos: 'c' };
    graph.setEdge(String(edge.source), String(edge.target), label, String(index));
  });
  layout(graph);
  const size = graph.graph() as { width?: number; height?: number };
  return {
    width: Math.ceil(size.width ?? 0),
    height: Math.ceil(size.height ?? 0),
    nodes: nodes.map((_, index) => {
      const { x, y, width, height } = graph.node(String(index)) as PlacedNode;
      return { x: x - width / 2, y: y - height / 2, width, height };
    }),
    edges: edges.map((edge, index) => {
      const placed = graph.edge({ v: String(edge.source), w: String(edge.target), name: String(index) }) as {
        points: Point[];
        x?: number;
        y?: number;
      };
      const middle = placed.points[Math.floor(placed.points.length / 2)] ?? { x: 0, y: 0 };
      return { points: placed.points, label: { x: placed.x ?? middle.x, y: placed.y ?? middle.y } };
    }),
  };
}

/** A smooth line through all points. */
export function curveThrough(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (!first) return '';
  let path = `M${first.x},${first.y}`;
  for (let i = 0; i < rest.length; i++) {
    const to = rest[i]!;
    const from = points[i]!;
    const reach = (to.x - from.x) / 2;
    path += `C${from.x + reach},${from.y} ${to.x - reach},${to.y} ${to.x},${to.y}`;
  }
  return path;
}
