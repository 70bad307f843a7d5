/** Sessions, or users, as rows. Only rows near the screen exist; reaching the end asks for the next page. */
import { useEffect, useRef, type RefObject } from 'react';
import { Link } from 'wouter';
import { useProject, withProject } from '../../api/project';
import { formatCost } from '../../format/cost';
import { formatCount, plural } from '../../format/number';
import { formatAge, formatExact, nanoToMs } from '../../format/time';
import { Icon } from '../../ui/Icon';
import { TokenFlow } from '../../ui/TokenFlow';
import { useMedia } from '../../ui/useMedia';
import { useNow } from '../../ui/useNow';
import { useScrollWindow } from '../traces/list/useScrollWindow';
import type { Kind, Listed } from './ActivityPage';
import styles from './ActivityTable.module.css';
import type { Sort } from './model/activityUrl';

interface Props {
  kind: Kind;
  scroller: RefObject<HTMLDivElement | null>;
  items: Listed[];
  sort: Sort;
  onSort: (sort: Sort) => void;
  onEnd: () => void;
}

const ROW_HEIGHT = 32;
const NARROW_ROW_HEIGHT = 58;

export function ActivityTable({ kind, scroller, items, sort, onSort, onEnd }: Props) {
  const rowHeight = useMedia('(max-width: 760px)') ? NARROW_ROW_HEIGHT : ROW_HEIGHT;
  const body = useRef<HTMLDivElement>(null);
  const view = useScrollWindow(scroller, body, rowHeight, items.length);
  const now = useNow(5000);
  const atEnd = view.last >= items.length;
  useEffect(() => {
    if (atEnd) onEnd();
  }, [atEnd, onEnd]);
  const header = { sort, onSort };
  return (
    <div className={styles.table} role="table" aria-label={kind === 'session' ? 'Sessions' : 'Users'} aria-rowcount={items.length + 1}>
      <div className={styles.head} role="row" aria-rowindex={1}>
        <span role="columnheader">{kind === 'session' ? 'Session' : 'User'}</span>
        <span role="columnheader">Asked last</span>
        <Sorted {...header} label="Last" by="-last" />
        <Sorted {...header} label="Traces" by="-traces" number />
        <Sorted {...header} label="Model calls" by="-turns" number />
        <Sorted {...header} label="Errors" by="-errors" number />
        <Sorted {...header} label="Tokens" by="-tokens" number />
        <span role="columnheader" className={`${styles.number} ${styles.wide}`}>
          Cost
        </span>
        <span role="columnheader" className={styles.wide}>
          Models
        </span>
        <span role="columnheader" className={styles.wide}>
          {kind === 'session' ? 'Users' : 'Sessions'}
        </span>
      </div>
      <div ref={body} role="rowgroup" className={styles.rows} style={{ height: items.length * rowHeight }}>
        {items.slice(view.first, view.last).map((item, index) => (
          <Row key={item.id} item={item} index={view.first + index} top={(view.first + index) * rowHeight} now={now} />
        ))}
      </div>
    </div>
  );
}

interface SortedProps {
  label: string;
  by: Sort;
  sort: Sort;
  onSort: (sort: Sort) => void;
  number?: boolean;
}

function Sorted({ label, by, sort, onSort, number = false }: SortedProps) {
  const isSorted = sort === by;
  return (
    <span role="columnheader" aria-sort={isSorted ? 'descending' : 'none'} className={number ? styles.number : undefined}>
      <button type="button" onClick={() => onSort(by)}>
        {label}
        {isSorted && <Icon name="down" size={10} />}
      </button>
    </span>
  );
}

function Row({ item, index, top, now }: { item: Listed; index: number; top: number; now: number }) {
  const project = useProject();
  const asked = item.last_input?.text.replace(/\s+/g, ' ') ?? '';
  const others = typeof item.others === 'number' ? formatCount(item.others) : item.others.join(', ');
  return (
    <div role="row" aria-rowindex={index + 2} className={styles.row} style={{ transform: `translateY(${top}px)` }}>
      <span role="cell">
        <Link href={withProject(item.path, project)} className={styles.title} title={titleOf(item)}>
          <b>{item.id}</b>
        </Link>
      </span>
      <span role="cell" className={styles.asked}>
        {asked}
      </span>
      <span role="cell" className={styles.last}>
        {formatAge(nanoToMs(item.end_time_unix_nano), now)}
      </span>
      <span role="cell" className={styles.number}>
        {formatCount(item.trace_count)}
      </span>
      <span role="cell" className={styles.number}>
        {item.turn_count > 0 && formatCount(item.turn_count)}
      </span>
      <span role="cell" className={styles.number}>
        {item.error_count > 0 ? <span className={styles.error}>{formatCount(item.error_count)}</span> : <span className={styles.none}>·</span>}
      </span>
      <span role="cell" className={`${styles.number} ${styles.tokens}`}>
        {item.input_tokens + item.output_tokens > 0 && <TokenFlow input={item.input_tokens} output={item.output_tokens} />}
      </span>
      <span role="cell" className={`${styles.number} ${styles.wide}`}>
        {item.cost !== null && formatCost(item.cost)}
      </span>
      <span role="cell" className={styles.wide}>
        {item.models.join(', ')}
      </span>
      <span role="cell" className={styles.wide}>
        {others}
      </span>
      <span className={styles.facts} aria-hidden="true">
        {[plural(item.trace_count, 'trace'), ...(item.error_count > 0 ? [plural(item.error_count, 'error')] : [])].join(', ')}
      </span>
    </div>
  );
}

/** The row's link lies over its cells, so what is cut in any of them is in the link's tooltip. */
function titleOf(item: Listed): string {
  const lines = [
    item.id,
    `from ${formatExact(item.start_time_unix_nano).slice(0, 19)} to ${formatExact(item.end_time_unix_nano).slice(0, 19)}`,
    ...(item.models.length > 0 ? [item.models.join(', ')] : []),
    ...(item.last_input ? [`asked last: ${item.last_input.text}`] : []),
  ];
  return lines.join('\n');
}
