/**
 * The steps as rows. Only those near the screen exist; the open one has its differences below it, whose height is
 * measured, since every row after it stands that much lower.
 */
import { useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import type { Comparison } from '../../api/types';
import { useMedia } from '../../ui/useMedia';
import { useSize } from '../../ui/useSize';
import type { Row } from './model/steps';
import { PairDetail } from './PairDetail';
import { StepRow } from './StepRow';
import styles from './StepTable.module.css';

interface Props {
  comparison: Comparison;
  rows: readonly Row[];
  longest: number;
  /** The row that the keys are at, or -1. */
  at: number;
  open: boolean;
  sideBySide: boolean;
  onStep: (row: number) => void;
  onSideBySide: (sideBySide: boolean) => void;
}

const ROW_HEIGHT = 30;
const NARROW_ROW_HEIGHT = 50;
const OVERSCAN = 6;

export function StepTable(props: Props) {
  const { comparison, rows, longest, at, open, sideBySide } = props;
  const rowHeight = useMedia('(max-width: 760px)') ? NARROW_ROW_HEIGHT : ROW_HEIGHT;
  const scroller = useRef<HTMLDivElement>(null);
  const { height } = useSize(scroller);
  const [scrollTop, setScrollTop] = useState(0);
  const [detailHeight, setDetailHeight] = useState(0);
  const openAt = open ? at : -1;
  const extra = openAt >= 0 ? detailHeight : 0;
  const topOf = (row: number) => row * rowHeight + (openAt >= 0 && row > openAt ? extra : 0);
  const rowAt = (y: number) => {
    const above = openAt >= 0 ? topOf(openAt) + rowHeight : Number.POSITIVE_INFINITY;
    return Math.floor((y < above ? y : Math.max(y - extra, above - 1)) / rowHeight);
  };
  const first = Math.max(rowAt(scrollTop) - OVERSCAN, 0);
  const last = Math.min(rowAt(scrollTop + height) + OVERSCAN + 1, rows.length);

  const selectedKey = rows[at]?.key;
  const show = useRef<(row: number) => void>(null);
  useLayoutEffect(() => {
    show.current = (row) => {
      const element = scroller.current;
      if (!element || row < 0) return;
      const y = topOf(row);
      if (y < element.scrollTop) element.scrollTop = y - rowHeight;
      else if (y + 2 * rowHeight > element.scrollTop + height) element.scrollTop = y - height / 3;
    };
  });
  // Whatever led to it, a key, a link or the summary: the step is brought on screen once.
  const isSeen = height > 0;
  useLayoutEffect(() => {
    if (isSeen && selectedKey !== undefined) show.current?.(rows.findIndex(({ key }) => key === selectedKey));
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- other rows do not move the reader
  }, [selectedKey, isSeen]);

  return (
    <div
      ref={scroller}
      className={styles.scroller}
      onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
    >
      <div role="table" aria-label="Steps" aria-rowcount={rows.length + 1} className={styles.table}>
        <Head />
        <div role="rowgroup" className={styles.rows} style={{ height: rows.length * rowHeight + extra }}>
          {rows.slice(first, last).map((row, index) => (
            <StepRow
              key={row.key}
              row={row}
              index={first + index}
              top={topOf(first + index)}
              longest={longest}
              selected={first + index === at}
              open={first + index === openAt}
              onStep={props.onStep}
            />
          ))}
          {openAt >= 0 && (
            <Measured key={rows[openAt]!.key} top={topOf(openAt) + rowHeight} onHeight={setDetailHeight}>
              <PairDetail
                pair={rows[openAt]!.pair}
                comparison={comparison}
                sideBySide={sideBySide}
                onSideBySide={props.onSideBySide}
              />
            </Measured>
          )}
        </div>
        {rows.length === 0 && <p className={styles.none}>No step is left by these filters.</p>}
      </div>
    </div>
  );
}

function Head() {
  return (
    <div className={styles.head} role="row" aria-rowindex={1}>
      <span role="columnheader">Step</span>
      <span role="columnheader">
        <span className={styles.sideBars}>
          <i /> left, right
        </span>
      </span>
      <span role="columnheader" className={styles.number}>
        Left
      </span>
      <span role="columnheader" className={styles.number}>
        Right
      </span>
      <span role="columnheader" className={styles.number}>
        Change
      </span>
      <span role="columnheader" className={styles.number}>
        Tokens
      </span>
      <span role="columnheader" className={`${styles.number} ${styles.cost}`}>
        Cost
      </span>
      <span role="columnheader">Differs in</span>
    </div>
  );
}

interface MeasuredProps {
  top: number;
  onHeight: (height: number) => void;
  children: ReactNode;
}

function Measured({ top, onHeight, children }: MeasuredProps) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const read = () => onHeight(element.offsetHeight);
    read();
    const observer = new ResizeObserver(read);
    observer.observe(element);
    return () => observer.disconnect();
  }, [onHeight]);
  return (
    <div ref={box} role="row" className={styles.detail} style={{ transform: `translateY(${top}px)` }}>
      <div role="cell">{children}</div>
    </div>
  );
}
