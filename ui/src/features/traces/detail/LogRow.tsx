/** One log record as a row below its span. */
import { memo } from 'react';
import type { TraceLog } from '../../../api/types';
import { formatDuration } from '../../../format/duration';
import { Indent, rowId } from './TreeCell';
import { rowClasses } from './SpanRow';
import { severityOf } from '../model/severity';
import styles from './Waterfall.module.css';

interface Props {
  log: TraceLog;
  index: number;
  row: number;
  depth: number;
  selected: boolean;
  treeWidth: number;
  indentLevels: number;
}

export const LogRow = memo(function LogRow({ log, index, row, depth, selected, treeWidth, indentLevels }: Props) {
  const severity = severityOf(log.severity_number, log.severity);
  const text = firstLine(log.body.text) || log.event_name || 'no text';
  return (
    <div
      role="row"
      id={rowId(index, true)}
      className={rowClasses(selected, false)}
      aria-rowindex={row + 1}
      aria-level={depth + 1}
      aria-selected={selected}
    >
      <div role="gridcell" className={styles.tree} style={{ width: treeWidth }}>
        <Indent depth={depth} levels={indentLevels} />
        <span className={styles.severity} data-severity={severity.level}>
          {severity.name}
        </span>
        <span className={styles.body} title={text}>
          {text}
        </span>
      </div>
      <div role="gridcell" className="visually-hidden">
        log record, {log.service}, at {formatDuration(log.start)}
      </div>
    </div>
  );
});

function firstLine(text: string): string {
  return text.trimStart().split('\n', 1)[0]!;
}
