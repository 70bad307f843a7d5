/** One span as a row. It depends on its span only, so scrolling re-renders what is new and no more. */
import { memo, type ReactNode } from 'react';
import type { Trace } from '../model/tree';
import { TreeCell, rowId } from './TreeCell';
import styles from './Waterfall.module.css';

interface Props {
  trace: Trace;
  p: number;
  row: number;
  folded: boolean;
  selected: boolean;
  match: boolean;
  treeWidth: number;
  indentLevels: number;
  /** What stands right of the name. It must be the same function from one render to the next. */
  cells: (trace: Trace, p: number) => ReactNode;
}

export const SpanRow = memo(function SpanRow(props: Props) {
  const { trace, p, row, folded, selected, match, treeWidth, indentLevels, cells } = props;
  return (
    <div
      role="row"
      id={rowId(p)}
      className={rowClasses(selected, match)}
      aria-rowindex={row + 1}
      aria-level={trace.depth[p]! + 1}
      aria-selected={selected}
      aria-expanded={trace.childCount[p]! > 0 ? !folded : undefined}
    >
      <TreeCell trace={trace} p={p} folded={folded} width={treeWidth} indentLevels={indentLevels} />
      {cells(trace, p)}
    </div>
  );
});

export function rowClasses(selected: boolean, match: boolean): string {
  return [styles.row, match && styles.match, selected && styles.selected].filter(Boolean).join(' ');
}
