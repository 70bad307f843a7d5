/** The map as a picture: every node is a button, wide edges carry many calls, red ones fail. */
import { useMemo } from 'react';
import type { ServiceCall, ServiceMap, ServiceNode } from '../../api/types';
import { formatDuration } from '../../format/duration';
import { formatNumber, formatRate } from '../../format/unit';
import { serviceColor } from '../../ui/colors';
import { NODE_HEIGHT, NODE_WIDTH, pathOf, place } from './model/layout';
import styles from './ServiceMapPage.module.css';

interface Props {
  map: ServiceMap;
  /** Id of a node, or "". */
  chosen: string;
  onChoose: (id: string) => void;
}

export const KIND_NAMES: Record<ServiceNode['kind'], string> = {
  service: 'service',
  database: 'database',
  messaging: 'queue',
  gen_ai: 'model provider',
  external: 'external',
};

export function errorShare(count: number, errors: number): string {
  if (errors === 0) return '';
  return `${formatNumber((errors / count) * 100)}% errors`;
}

export function MapGraph({ map, chosen, onChoose }: Props) {
  const placed = useMemo(() => place(map), [map]);
  const most = Math.max(1, ...map.calls.map((call) => call.call_count));
  return (
    <section className={styles.graph} aria-label="Service map">
      <div style={{ position: 'relative', width: placed.width, height: placed.height }}>
        <svg width={placed.width} height={placed.height} aria-hidden="true">
          <defs>
            <marker id="map-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto">
              <path d="M0 0L8 4L0 8Z" fill="context-stroke" />
            </marker>
          </defs>
          {placed.calls.map(({ call, points }) => (
            <path
              key={`${call.caller} ${call.callee} ${call.kind}`}
              className={edgeClass(call, chosen)}
              d={pathOf(points)}
              strokeWidth={1 + 3 * (Math.log1p(call.call_count) / Math.log1p(most))}
              markerEnd="url(#map-arrow)"
            />
          ))}
        </svg>
        {placed.nodes.map(({ node, x, y }) => (
          <button
            key={node.id}
            type="button"
            className={styles.node}
            data-kind={node.kind}
            aria-pressed={node.id === chosen}
            style={{ left: x - NODE_WIDTH / 2, top: y - NODE_HEIGHT / 2, width: NODE_WIDTH, height: NODE_HEIGHT, borderLeftColor: node.kind === 'service' ? serviceColor(node.name) : undefined }}
            onClick={() => onChoose(node.id)}
          >
            <span className={styles.name} title={node.name}>
              {node.name}
            </span>
            <span className={styles.facts}>
              {formatRate(node.requests_per_second)}, p95 {formatDuration(node.p95_nano)}
            </span>
            <span className={node.error_count > 0 ? styles.failing : styles.facts}>{errorShare(node.request_count, node.error_count) || KIND_NAMES[node.kind]}</span>
          </button>
        ))}
      </div>
    </section>
  );
}

function edgeClass(call: ServiceCall, chosen: string): string {
  const classes = [styles.edge];
  if (call.error_count > 0) classes.push(styles.failingEdge);
  if (call.kind === 'messaging') classes.push(styles.message);
  if (chosen && call.caller !== chosen && call.callee !== chosen) classes.push(styles.far);
  return classes.filter(Boolean).join(' ');
}
