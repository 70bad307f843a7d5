/** The name column of a row: indentation, fold button, service, marks and name. */
import { formatDuration } from '../../../format/duration';
import { spanTitle } from '../../../format/name';
import { formatCompact, formatCount } from '../../../format/number';
import { serviceColor } from '../../../ui/colors';
import { Icon, type IconName } from '../../../ui/Icon';
import { PARENT_CYCLE, PARENT_MISSING, STATUS_ERROR, type Trace } from '../model/tree';
import { INDENT } from './geometry';
import styles from './Waterfall.module.css';

interface Props {
  trace: Trace;
  p: number;
  folded: boolean;
  width: number;
  indentLevels: number;
}

const OPERATION_ICONS: Record<string, IconName> = {
  chat: 'chat',
  text_completion: 'chat',
  generate_content: 'chat',
  execute_tool: 'tool',
  invoke_agent: 'agent',
  create_agent: 'agent',
  invoke_workflow: 'agent',
  embeddings: 'embedding',
  retrieval: 'search',
};

export function operationIcon(operation: string): IconName | null {
  return operation === '' ? null : (OPERATION_ICONS[operation] ?? 'chat');
}

export function rowId(p: number, isLog = false): string {
  return `${isLog ? 'log' : 'span'}-row-${p}`;
}

export function TreeCell({ trace, p, folded, width, indentLevels }: Props) {
  const depth = trace.depth[p]!;
  const parent = trace.parent[p]!;
  const children = trace.childCount[p]!;
  const service = trace.services[trace.service[p]!]!;
  const name = trace.names[trace.name[p]!]!;
  const icon = operationIcon(trace.operations[trace.operation[p]!]!);
  const changesService = parent < 0 || trace.service[parent] !== trace.service[p];
  return (
    <div role="gridcell" className={styles.tree} style={{ width }}>
      <Indent depth={depth} levels={indentLevels} />
      {children > 0 ? (
        <button
          type="button"
          tabIndex={-1}
          data-fold
          className={styles.fold}
          aria-expanded={!folded}
          aria-label={folded ? `Unfold ${formatCount(trace.size[p]! - 1)} spans` : `Fold ${children} children`}
        >
          <Icon name={folded ? 'open' : 'down'} size={10} />
          {formatCompact(folded ? trace.size[p]! - 1 : children)}
        </button>
      ) : (
        <span className={styles.leaf} />
      )}
      <span className={styles.strip} style={{ background: serviceColor(service) }} />
      {icon && (
        <span className={styles.icon}>
          <Icon name={icon} size={13} />
        </span>
      )}
      <RowMarks trace={trace} p={p} folded={folded} />
      <span className={styles.name} title={name}>
        {spanTitle(name)}
      </span>
      {changesService && (
        <span className={styles.service} title={service}>
          {service}
        </span>
      )}
    </div>
  );
}

export function Indent({ depth, levels }: { depth: number; levels: number }) {
  if (depth === 0) return null;
  return (
    <>
      <span className={styles.guides} style={{ width: Math.min(depth, levels) * INDENT }} />
      {depth > levels && <span className={styles.depth}>{formatCount(depth)}</span>}
    </>
  );
}

function RowMarks({ trace, p, folded }: { trace: Trace; p: number; folded: boolean }) {
  const failed = trace.status[p] === STATUS_ERROR;
  const below = folded ? trace.subtreeErrors[p]! - (failed ? 1 : 0) : 0;
  const parent = trace.parent[p]!;
  return (
    <>
      {(failed || below > 0) && (
        <span className={styles.failed} title={below > 0 ? `${formatCount(below)} errors below` : 'Error'}>
          <Icon name="error" size={13} />
          {below > 0 && formatCompact(below)}
        </span>
      )}
      {parent === PARENT_MISSING && (
        <span className={styles.detached} title="Its parent span has not arrived">
          <Icon name="unlinked" size={10} />
          <span>parent missing</span>
        </span>
      )}
      {parent === PARENT_CYCLE && (
        <span className={styles.detached} title="Its parents lead back to itself">
          <Icon name="unlinked" size={10} />
          <span>own ancestor</span>
        </span>
      )}
    </>
  );
}

/** A span's row in words, for those who cannot see its bar. */
export function describe(trace: Trace, p: number): string {
  const service = trace.services[trace.service[p]!]!;
  const parts = [service, formatDuration(trace.span[p]!), `at ${formatDuration(trace.start[p]!)}`];
  if (trace.status[p] === STATUS_ERROR) parts.push('error');
  const model = trace.models[trace.model[p]!];
  if (model) parts.push(model);
  const tokens = trace.inputTokens[p]! + trace.outputTokens[p]!;
  if (tokens > 0) parts.push(`${trace.inputTokens[p]} tokens in, ${trace.outputTokens[p]} out`);
  return parts.join(', ');
}
