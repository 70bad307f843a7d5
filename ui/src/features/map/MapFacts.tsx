/** The same as a table: all nodes, or what the chosen one calls and is called by. */
import { Link } from 'wouter';
import { useProject, withProject } from '../../api/project';
import type { ServiceCall, ServiceMap, ServiceNode } from '../../api/types';
import { formatDuration } from '../../format/duration';
import { formatCount } from '../../format/number';
import { formatRate } from '../../format/unit';
import { Button } from '../../ui/Button';
import { writeWindow, type TimeWindow } from '../../ui/timeWindow';
import { KIND_NAMES, errorShare } from './MapGraph';
import styles from './ServiceMapPage.module.css';

interface Props {
  map: ServiceMap;
  chosen: string;
  onChoose: (id: string) => void;
  window: TimeWindow;
}

export function MapFacts({ map, chosen, onChoose, window }: Props) {
  const project = useProject();
  const node = map.nodes.find(({ id }) => id === chosen);
  if (!node) return <NodeTable nodes={map.nodes} onChoose={onChoose} />;
  const names = new Map(map.nodes.map(({ id, name }) => [id, name]));
  const tracesOf = (query: string) => {
    const params = new URLSearchParams({ query });
    writeWindow(window, params);
    return withProject(`/?${params}`, project);
  };
  const service = JSON.stringify(node.name);
  return (
    <aside className={styles.facts} aria-label={node.name}>
      <header className={styles.head}>
        <h2>{node.name}</h2>
        <Button bare small iconOnly icon="close" label="All nodes" onClick={() => onChoose('')} />
      </header>
      <p>
        {KIND_NAMES[node.kind]}: {formatCount(node.request_count)} {node.kind === 'service' ? 'requests' : 'calls'}, {formatRate(node.requests_per_second)},{' '}
        {errorShare(node.request_count, node.error_count) || 'no errors'}, p50 {formatDuration(node.p50_nano)}, p95 {formatDuration(node.p95_nano)}
      </p>
      {node.kind === 'service' && (
        <p className={styles.links}>
          <Link href={tracesOf(`service = ${service}`)}>Traces</Link>
          <Link href={tracesOf(`service = ${service} and status = error`)}>Traces with errors</Link>
        </p>
      )}
      <Calls title="Calls" calls={map.calls.filter(({ caller }) => caller === chosen)} other={(call) => call.callee} names={names} onChoose={onChoose} />
      <Calls title="Called by" calls={map.calls.filter(({ callee }) => callee === chosen)} other={(call) => call.caller} names={names} onChoose={onChoose} />
    </aside>
  );
}

interface CallsProps {
  title: string;
  calls: ServiceCall[];
  other: (call: ServiceCall) => string;
  names: Map<string, string>;
  onChoose: (id: string) => void;
}

function Calls({ title, calls, other, names, onChoose }: CallsProps) {
  if (calls.length === 0) return null;
  return (
    <table className={styles.table} aria-label={title}>
      <thead>
        <tr>
          <th scope="col">{title}</th>
          <th scope="col">Calls</th>
          <th scope="col">Errors</th>
          <th scope="col">p95</th>
        </tr>
      </thead>
      <tbody>
        {calls.map((call) => (
          <tr key={`${other(call)} ${call.kind}`}>
            <td>
              <button type="button" onClick={() => onChoose(other(call))}>
                {names.get(other(call))}
              </button>
            </td>
            <td>{formatCount(call.call_count)}</td>
            <td className={call.error_count > 0 ? styles.failing : undefined}>{formatCount(call.error_count)}</td>
            <td>{formatDuration(call.p95_nano)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function NodeTable({ nodes, onChoose }: { nodes: ServiceNode[]; onChoose: (id: string) => void }) {
  return (
    <aside className={styles.facts} aria-label="All nodes">
      <table className={styles.table} aria-label="Nodes">
        <thead>
          <tr>
            <th scope="col">Node</th>
            <th scope="col">Rate</th>
            <th scope="col">Errors</th>
            <th scope="col">p50</th>
            <th scope="col">p95</th>
          </tr>
        </thead>
        <tbody>
          {nodes.map((node) => (
            <tr key={node.id}>
              <td>
                <button type="button" onClick={() => onChoose(node.id)}>
                  {node.name}
                </button>
              </td>
              <td>{formatRate(node.requests_per_second)}</td>
              <td className={node.error_count > 0 ? styles.failing : undefined}>{formatCount(node.error_count)}</td>
              <td>{formatDuration(node.p50_nano)}</td>
              <td>{formatDuration(node.p95_nano)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </aside>
  );
}
