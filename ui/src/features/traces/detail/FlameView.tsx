/** The trace as an icicle over time, on one canvas. */
import { useImperativeHandle, useLayoutEffect, useMemo, useRef, useState, type MouseEvent, type Ref } from 'react';
import { flushSync } from 'react-dom';
import { prepareCanvas } from '../../../ui/canvas';
import { usePalette } from '../../../ui/colors';
import { useSize } from '../../../ui/useSize';
import type { Category, CriticalPath } from '../model/criticalPath';
import { layoutFlame, spanAt, type Flame } from '../model/flame';
import { listTicks, toNano, type Zoom } from '../model/layout';
import { isFolded, siblingOf, type Fold, type Rows } from '../model/rows';
import type { Rollup } from '../model/rollup';
import type { Matches } from '../model/search';
import type { Timeline } from '../model/timeline';
import type { Trace } from '../model/tree';
import { useFontsReady } from './BarCanvas';
import { drawFlame } from './drawFlame';
import { FlameTip } from './FlameTip';
import styles from './FlameView.module.css';
import { BAND_HEIGHT } from './geometry';
import type { ViewHandle } from './RowList';
import { Ruler, TICK_GAP } from './Ruler';
import { describe } from './TreeCell';
import { useWheelZoom } from './useWheelZoom';

interface Props {
  ref: Ref<ViewHandle>;
  trace: Trace;
  timeline: Timeline;
  rows: Rows;
  fold: Fold;
  rollup: Rollup;
  /** In places of the axis. */
  zoom: Zoom;
  selected: number;
  matches: Matches;
  path: CriticalPath;
  category: Category | null;
  onZoom: (zoom: Zoom) => void;
  onSelect: (p: number, log: number) => void;
  onOpen: () => void;
}

/** A bar that is two pixels wide can be hit within three. */
const SLACK_PIXELS = 3;

export function FlameView(props: Props) {
  const { ref, trace, timeline, rows, fold, zoom, selected, matches, path, category, onZoom } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height } = useSize(scroller);
  const [scrollTop, setScrollTop] = useState(0);
  const [hover, setHover] = useState<{ p: number; x: number; y: number } | null>(null);
  const palette = usePalette();
  useFontsReady();
  const flame = useMemo(() => layoutFlame(trace, rows), [trace, rows]);
  const ticks = useMemo(() => listTicks(zoom, timeline.cuts, width, TICK_GAP).map(({ place }) => place), [zoom, timeline, width]);
  useWheelZoom(scroller, { zoom, treeWidth: 0, timeWidth: width, duration: timeline.duration, onZoom });
  useImperativeHandle(ref, () => handleOf(scroller, trace, flame, height, selected));
  useShowSelectedOnce(scroller, flame, selected, height);

  useLayoutEffect(() => {
    const context = prepareCanvas(canvas.current, width, height);
    if (!context) return;
    drawFlame(context, {
      trace, timeline, flame, zoom, width, height, scrollTop, ticks, selected, hovered: hover?.p ?? -1, matches, path,
      category, isFolded: (p) => isFolded(trace, fold, p), palette,
    }); // prettier-ignore
  });

  const under = (event: MouseEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const band = Math.floor((y + scrollTop) / BAND_HEIGHT);
    const slack = ((zoom.to - zoom.from) / Math.max(width, 1)) * SLACK_PIXELS;
    return { p: spanAt(flame, timeline.start, timeline.span, band, toNano(x, zoom, width), slack), x, y };
  };

  return (
    <section className={styles.view} aria-label="Flame">
      <div className={styles.head}>
        <Ruler zoom={zoom} cuts={timeline.cuts} width={width} duration={timeline.duration} onZoom={onZoom} />
      </div>
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- useTraceKeys has the keys, for the whole page */}
      <div
        ref={scroller}
        className={styles.scroller}
        role="img"
        aria-label={`Flame of ${rows.count} spans${selected < 0 ? '' : `; selected: ${trace.names[trace.name[selected]!]!}, ${describe(trace, selected)}`}`}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls
        tabIndex={0}
        onScroll={(event) => {
          const top = event.currentTarget.scrollTop;
          flushSync(() => setScrollTop(top));
        }}
        onMouseMove={(event) => {
          const found = under(event);
          setHover(found.p < 0 ? null : found);
        }}
        onMouseLeave={() => setHover(null)}
        onClick={(event) => {
          const { p } = under(event);
          if (p >= 0) props.onSelect(p, -1);
        }}
        onDoubleClick={(event) => {
          if (under(event).p >= 0) props.onOpen();
        }}
      >
        <div style={{ height: (flame.height + 2) * BAND_HEIGHT, minHeight: '100%' }}>
          <div className={styles.canvas} style={{ height }}>
            <canvas ref={canvas} style={{ width, height }} aria-hidden="true" />
            {hover && <FlameTip trace={trace} rollup={props.rollup} p={hover.p} x={hover.x} y={hover.y} width={width} height={height} />}
          </div>
        </div>
      </div>
    </section>
  );
}

type Scroller = { current: HTMLDivElement | null };

function useShowSelectedOnce(scroller: Scroller, flame: Flame, selected: number, height: number) {
  const done = useRef(false);
  useLayoutEffect(() => {
    if (done.current || height === 0 || !scroller.current) return;
    done.current = true;
    if (selected >= 0) scroller.current.scrollTo({ top: flame.band[selected]! * BAND_HEIGHT - height / 3 });
  }, [scroller, flame, selected, height]);
}

function handleOf(scroller: Scroller, trace: Trace, flame: Flame, height: number, selected: number): ViewHandle {
  const scrollTo = (top: number) => {
    if (scroller.current) scroller.current.scrollTop = top;
  };
  const top = () => scroller.current?.scrollTop ?? 0;
  return {
    firstVisibleRow: () => 0,
    show: (p) => {
      const y = flame.band[p]! * BAND_HEIGHT;
      if (y < top()) scrollTo(y - BAND_HEIGHT);
      else if (y + 2 * BAND_HEIGHT > top() + height) scrollTo(y + 3 * BAND_HEIGHT - height);
    },
    scrollPages: (pages) => scrollTo(top() + pages * height),
    showNextVisible: (step) => scrollTo(top() + step * BAND_HEIGHT),
    move: (direction) => {
      if (selected < 0) return trace.count > 0 ? 0 : -1;
      if (direction === 'up') return Math.max(trace.parent[selected]!, -1);
      if (direction === 'down') return trace.childCount[selected]! > 0 && flame.band[selected + 1]! >= 0 ? selected + 1 : -1;
      return siblingOf(trace, selected, direction === 'right' ? 1 : -1);
    },
  };
}
