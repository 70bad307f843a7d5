/**
 * The rows of a trace. Only those on screen exist: DOM for the tree, one canvas for the bars, both placed from
 * the same scroll position in the same frame.
 */
import { useImperativeHandle, useLayoutEffect, useRef, useState, type MouseEvent, type Ref } from 'react';
import { flushSync } from 'react-dom';
import { Splitter } from '../../../ui/Splitter';
import { usePreference } from '../../../ui/usePreference';
import { useSize } from '../../../ui/useSize';
import type { CriticalPath } from '../model/criticalPath';
import { placeBar, type Zoom } from '../model/layout';
import { isFolded, rowOf, windowRows, type Fold } from '../model/rows';
import type { Matches } from '../model/search';
import type { Trace } from '../model/tree';
import { BarCanvas } from './BarCanvas';
import { measureFirstRows } from './firstRows';
import { NARROWEST_TREE, ROW_HEIGHT, mostIndentLevels, widestTree } from './geometry';
import { Ruler } from './Ruler';
import { useWheelZoom } from './useWheelZoom';
import styles from './Waterfall.module.css';
import { WaterfallRow, rowId } from './WaterfallRow';

export interface WaterfallHandle {
  showRow: (row: number) => void;
  scrollPages: (pages: number) => void;
  /** Brings the next row whose bar lies in the zoomed range to the middle. */
  showNextVisible: (step: 1 | -1) => void;
  firstVisibleRow: () => number;
}

interface Props {
  ref: Ref<WaterfallHandle>;
  trace: Trace;
  rows: Int32Array;
  fold: Fold;
  zoom: Zoom;
  selected: number;
  matches: Matches;
  path: CriticalPath;
  startedAt: number;
  onZoom: (zoom: Zoom) => void;
  onSelect: (p: number) => void;
  onToggle: (p: number) => void;
  onFit: () => void;
}

export function Waterfall(props: Props) {
  const { ref, trace, rows, fold, zoom, selected, matches, onZoom } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(scroller);
  const [scrollTop, setScrollTop] = useState(0);
  const [preferredTree, setTreeWidth] = usePreference('tree-width', 400);
  const treeWidth = Math.min(preferredTree, widestTree(width));
  const timeWidth = Math.max(width - treeWidth, 0);
  const view = windowRows(scrollTop, height, ROW_HEIGHT, rows.length);
  const indentLevels = mostIndentLevels(treeWidth);

  useImperativeHandle(ref, () => handleOf(scroller, { ...props, height }));
  useFirstRows(props.startedAt, trace, height > 0 && rows.length > 0);
  useShowSelectedOnce(scroller, height, rows, selected);
  useWheelZoom(scroller, { zoom, treeWidth, timeWidth, duration: trace.duration, onZoom });

  const slotCount = Math.ceil(height / ROW_HEIGHT) + 2;
  const slots = [];
  for (let row = view.first; row < view.last; row++) {
    const p = rows[row]!;
    const y = view.offset + (row - view.first) * ROW_HEIGHT;
    slots.push(
      <div key={row % slotCount} className={styles.slot} style={{ transform: `translateY(${y}px)` }}>
        <WaterfallRow
          trace={trace}
          p={p}
          row={row}
          folded={isFolded(trace, fold, p)}
          selected={p === selected}
          match={matches.is[p] === 1}
          treeWidth={treeWidth}
          indentLevels={indentLevels}
        />
      </div>,
    );
  }
  // Slots keep their place in the document while rows move through them: nothing is created by scrolling.
  slots.sort((a, b) => Number(a.key) - Number(b.key));

  const rowAt = (event: MouseEvent) => {
    const top = scroller.current!.getBoundingClientRect().top;
    return rows[Math.floor((event.clientY - top - view.offset) / ROW_HEIGHT) + view.first];
  };
  const onClick = (event: MouseEvent) => {
    const p = rowAt(event);
    if (p === undefined) return;
    if ((event.target as Element).closest('[data-fold]')) props.onToggle(p);
    else props.onSelect(p);
  };

  return (
    <section className={styles.waterfall} aria-label="Waterfall">
      <div className={styles.head}>
        <div className={styles.headTree} style={{ width: treeWidth }}>
          <span>Span</span>
        </div>
        <Ruler zoom={zoom} width={timeWidth} duration={trace.duration} onZoom={onZoom} />
      </div>
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- useTraceKeys has the keys, for the whole page */}
      <div
        ref={scroller}
        className={styles.scroller}
        role="treegrid"
        aria-label="Spans"
        aria-rowcount={rows.length}
        aria-activedescendant={selected >= 0 ? rowId(selected) : undefined}
        tabIndex={0}
        onScroll={(event) => {
          const top = event.currentTarget.scrollTop;
          // Without it rows and bars would follow one frame behind the scrollbar.
          flushSync(() => setScrollTop(top));
        }}
        onClick={onClick}
        onDoubleClick={(event) => {
          if (!(event.target as Element).closest('[data-fold]')) props.onFit();
        }}
      >
        <div style={{ height: rows.length * ROW_HEIGHT, minHeight: '100%' }}>
          <div className={styles.view} style={{ height }}>
            {slots}
            <BarCanvas {...props} view={view} left={treeWidth} width={timeWidth} height={height} />
          </div>
        </div>
      </div>
      <Splitter
        label="Width of the span column"
        className={styles.treeSplitter}
        style={{ left: treeWidth }}
        value={treeWidth}
        least={NARROWEST_TREE}
        most={widestTree(width)}
        onChange={setTreeWidth}
      />
    </section>
  );
}

function useFirstRows(startedAt: number, trace: Trace, shown: boolean) {
  const done = useRef(false);
  useLayoutEffect(() => {
    if (!shown || done.current) return;
    done.current = true;
    measureFirstRows(startedAt, trace.count);
  }, [shown, startedAt, trace.count]);
}

/** A link to a span opens with that span on screen. */
function useShowSelectedOnce(
  scroller: { current: HTMLDivElement | null },
  height: number,
  rows: Int32Array,
  selected: number,
) {
  const done = useRef(false);
  useLayoutEffect(() => {
    if (done.current || height === 0 || !scroller.current) return;
    done.current = true;
    if (selected >= 0) scroller.current.scrollTo({ top: rowOf(rows, selected) * ROW_HEIGHT - height / 3 });
  }, [scroller, height, rows, selected]);
}

interface HandleContext {
  trace: Trace;
  rows: Int32Array;
  zoom: Zoom;
  height: number;
}

function handleOf(scroller: { current: HTMLDivElement | null }, context: HandleContext): WaterfallHandle {
  const { trace, rows, zoom, height } = context;
  const scrollTo = (top: number) => {
    if (scroller.current) scroller.current.scrollTop = top;
  };
  const top = () => scroller.current?.scrollTop ?? 0;
  const firstVisibleRow = () => Math.min(Math.ceil(top() / ROW_HEIGHT), rows.length - 1);
  return {
    firstVisibleRow,
    showRow: (row) => {
      // The spacer may not have grown yet when unfolding made this row; scroll once it has.
      requestAnimationFrame(() => {
        const y = row * ROW_HEIGHT;
        if (y < top() + ROW_HEIGHT) scrollTo(y - 3 * ROW_HEIGHT);
        else if (y + 2 * ROW_HEIGHT > top() + height) scrollTo(y + 4 * ROW_HEIGHT - height);
      });
    },
    scrollPages: (pages) => scrollTo(top() + pages * height),
    showNextVisible: (step) => {
      const middle = Math.min(Math.max(Math.floor((top() + height / 2) / ROW_HEIGHT), 0), rows.length - 1);
      for (let row = middle + step; row >= 0 && row < rows.length; row += step) {
        const p = rows[row]!;
        if (!placeBar(trace.start[p]!, trace.span[p]!, zoom, 1000)) continue;
        scrollTo((row + 0.5) * ROW_HEIGHT - height / 2);
        return;
      }
    },
  };
}
