/** Who called whom in the trace. Its layout engine comes with this view, not with the page. */
import { useImperativeHandle, useMemo, useRef, type KeyboardEvent, type Ref } from 'react';
import { useTraceGraph } from '../../../../api/traceAnalysis';
import type { GraphEdge, GraphNode, TraceGraph } from '../../../../api/types';
import { formatDuration } from '../../../../format/duration';
import { formatCompact, formatCount, plural } from '../../../../format/number';
import { serviceColor } from '../../../../ui/colors';
import { ErrorNotice, Notice } from '../../../../ui/Notice';
import { curveThrough, layoutGraph, type PlacedNode, type Point } from '../../model/graphLayout';
import { writeField } from '../../model/search';
import { findSpan, type Trace } from '../../model/tree';
import type { ViewHandle } from '../RowList';
import styles from './Graph.module.css';

interface Props {
  ref: Ref<ViewHandle>;
  trace: Trace;
  version: number;
  query: string;
  onSelect: (p: number) => void;
  onQuery: (query: string) => void;
}

export default function GraphView({ ref, trace, version, query, onSelect, onQuery }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const { data: graph, error, refetch } = useTraceGraph(trace.id, version);
  useImperativeHandle(ref, () => ({
    firstVisibleRow: () => 0,
    show: () => undefined,
    scrollPages: (pages) => scroller.current?.scrollBy({ top: pages * scroller.current.clientHeight }),
    showNextVisible: (step) => scroller.current?.scrollBy({ top: step * 60 }),
  }));
  if (error && !graph) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!graph) return <p className={styles.waiting} role="status">Reading the graph</p>;
  if (graph.nodes.length === 0) return <Notice title="Nothing to draw">No span of this trace is an agent, a model, a tool or a service.</Notice>;
  const select = (spanId: string) => {
    const p = findSpan(trace, spanId);
    if (p >= 0) onSelect(p);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls
    <section ref={scroller} className={styles.view} aria-label="Graph" tabIndex={0}>
      <Drawing
        graph={graph}
        query={query}
        onNode={(node) => {
          onQuery(writeField(node.kind, node.name));
          select(node.span_id);
        }}
        onEdge={(edge) => select(edge.span_id)}
      />
      <p className={styles.note}>
        {leftOut(graph)} A click on a box finds all of its spans; <kbd>N</kbd> leads to the next of them. A click on a line selects the
        first call.
      </p>
    </section>
  );
}

function leftOut({ nodes, node_count, edges, edge_count }: TraceGraph): string {
  const parts = [
    nodes.length < node_count && `Showing ${formatCount(nodes.length)} of ${plural(node_count, 'box').replace(/boxs$/, 'boxes')}.`,
    edges.length < edge_count && `Showing ${formatCount(edges.length)} of ${plural(edge_count, 'line')}.`,
  ];
  return parts.filter(Boolean).join(' ');
}

interface DrawingProps {
  graph: TraceGraph;
  query: string;
  onNode: (node: GraphNode) => void;
  onEdge: (edge: GraphEdge) => void;
}

function Drawing({ graph, query, onNode, onEdge }: DrawingProps) {
  const placed = useMemo(() => layoutGraph(graph), [graph]);
  return (
    <svg className={styles.drawing} width={placed.width} height={placed.height} role="group" aria-label="Agents, models and tools">
      <defs>
        <marker id="graph-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto-start-reverse">
          <path d="M0 .5 7.5 4 0 7.5Z" className={styles.tip} />
        </marker>
      </defs>
      {graph.edges.map((edge, index) => {
        const { points, label } = placed.edges[index]!;
        return (
          <Edge key={`${edge.source} ${edge.target}`} edge={edge} graph={graph} points={points} label={label} onPress={() => onEdge(edge)} />
        );
      })}
      {graph.nodes.map((node, index) => (
        <Node
          key={`${node.kind} ${node.name} ${node.service}`}
          node={node}
          place={placed.nodes[index]!}
          selected={query === writeField(node.kind, node.name)}
          onPress={() => onNode(node)}
        />
      ))}
    </svg>
  );
}

interface NodeProps {
  node: GraphNode;
  place: PlacedNode;
  selected: boolean;
  onPress: () => void;
}

function Node({ node, place: { x, y, width, height }, selected, onPress }: NodeProps) {
  const tokens = node.input_tokens + node.output_tokens;
  const facts = [
    `×${formatCompact(node.count)}`,
    formatDuration(node.duration_nano),
    tokens > 0 && `${formatCompact(tokens)} tokens`,
    node.error_count > 0 && plural(node.error_count, 'error'),
  ].filter(Boolean);
  return (
    <foreignObject x={x} y={y} width={width} height={height}>
      <button
        type="button"
        className={styles.node}
        data-kind={node.kind}
        aria-pressed={selected}
        title={`${node.kind} ${node.name}, ${node.service}`}
        onClick={onPress}
      >
        <span className={styles.name}>
          <i style={{ background: serviceColor(node.service) }} />
          <b>{node.name || 'unnamed'}</b>
          <small>{node.kind}</small>
        </span>
        <span className={node.error_count > 0 ? `${styles.facts} ${styles.failed}` : styles.facts}>{facts.join('  ')}</span>
      </button>
    </foreignObject>
  );
}

interface EdgeProps {
  edge: GraphEdge;
  graph: TraceGraph;
  points: Point[];
  label: Point;
  onPress: () => void;
}

function Edge({ edge, graph, points, label, onPress }: EdgeProps) {
  const [from, to] = [graph.nodes[edge.source]!, graph.nodes[edge.target]!];
  const told = `${from.name} called ${to.name} ${plural(edge.count, 'time')}, ${formatDuration(edge.duration_nano)}`;
  const path = curveThrough(points);
  return (
    <g
      role="button"
      tabIndex={0}
      aria-label={told}
      className={edge.error_count > 0 ? `${styles.edge} ${styles.failed}` : styles.edge}
      onClick={onPress}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        onPress();
      }}
    >
      <title>{edge.error_count > 0 ? `${told}, ${plural(edge.error_count, 'error')}` : told}</title>
      <path d={path} className={styles.wide} />
      <path d={path} strokeWidth={Math.min(1 + Math.log2(edge.count), 5)} markerEnd="url(#graph-arrow)" />
      <text x={label.x} y={label.y} dy="0.35em">
        {formatCompact(edge.count)}
      </text>
    </g>
  );
}
