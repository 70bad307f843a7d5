/** Lines over time: dragging zooms, the pointer reads values, dots lead to traces. The same values are in a table beside it. */
import { useEffect, useMemo, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { formatShort } from '../../format/time';
import { formatUnit } from '../../format/unit';
import { CANVAS_FONT } from '../canvas';
import { usePalette, type Palette } from '../colors';
import { useSize } from '../useSize';
import styles from './TimeSeriesChart.module.css';

export interface Line {
  label: string;
  /** A slot of the palette. */
  color: number;
  values: (number | null)[];
}

export interface Dot {
  timeMs: number;
  value: number;
  label: string;
}

interface Props {
  label: string;
  /** When each value is of, in ascending milliseconds. */
  timesMs: number[];
  lines: Line[];
  unit: string;
  startMs: number;
  endMs: number;
  dots?: Dot[];
  height?: number;
  onZoom?: (fromMs: number, toMs: number) => void;
  onDot?: (dot: Dot) => void;
}

const LEAST_ZOOM_PIXELS = 4;
const REACH = 9;
const NO_DOTS: Dot[] = [];

interface Reading {
  left: number;
  index: number;
  dot: Dot | null;
}

export function TimeSeriesChart(props: Props) {
  const { label, timesMs, lines, unit, startMs, endMs, dots = NO_DOTS, height = 280, onZoom, onDot } = props;
  const box = useRef<HTMLDivElement>(null);
  const { width } = useSize(box);
  const palette = usePalette();
  const [reading, setReading] = useState<Reading | null>(null);
  const handlers = useRef({ onZoom, onDot });
  useEffect(() => {
    handlers.current = { onZoom, onDot };
  });
  const data = useMemo<uPlot.AlignedData>(() => [timesMs, ...lines.map((line) => line.values)], [timesMs, lines]);

  useEffect(() => {
    const place = box.current;
    if (!place || width === 0 || !document.createElement('canvas').getContext('2d')) return undefined;
    const near = (plot: uPlot, left: number, top: number) => nearestDot(plot, dots, left, top);
    const options: uPlot.Options = {
      width,
      height,
      ms: 1,
      legend: { show: false },
      padding: [8, 8, 0, 0],
      cursor: { drag: { x: true, y: false, setScale: false, dist: LEAST_ZOOM_PIXELS }, points: { size: 6 } },
      scales: { x: { time: true, min: startMs, max: endMs }, y: { range: (_, low, high) => rangeOf(low, high, dots) } },
      axes: axes(palette, unit),
      series: [{}, ...lines.map((line) => ({ label: line.label, stroke: palette.services[line.color % palette.services.length]!, width: 1.5, points: { size: 5 } }))],
      hooks: {
        draw: [(plot) => drawDots(plot, dots, palette)],
        setSelect: [
          (plot) => {
            const { left, width: selected } = plot.select;
            if (selected >= LEAST_ZOOM_PIXELS) handlers.current.onZoom?.(plot.posToVal(left, 'x'), plot.posToVal(left + selected, 'x'));
            plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
          },
        ],
        setCursor: [
          (plot) => {
            const { left = -1, top = -1, idx } = plot.cursor;
            const dot = left < 0 ? null : near(plot, left, top);
            plot.over.style.cursor = dot ? 'pointer' : 'crosshair';
            const edge = plot.over.offsetLeft;
            setReading(left < 0 || idx === null || idx === undefined ? null : { left: left + edge, index: idx, dot });
          },
        ],
      },
    };
    const plot = new uPlot(options, data, place);
    const click = (event: MouseEvent) => {
      const over = plot.over.getBoundingClientRect();
      const dot = near(plot, event.clientX - over.left, event.clientY - over.top);
      if (dot) handlers.current.onDot?.(dot);
    };
    plot.over.addEventListener('click', click);
    return () => plot.destroy();
  }, [data, lines, dots, width, height, unit, palette, startMs, endMs]);

  return (
    <div ref={box} role="img" aria-label={label} className={styles.chart} style={{ height }} onPointerLeave={() => setReading(null)}>
      {reading && <Tip reading={reading} width={width} lines={lines} timesMs={timesMs} unit={unit} />}
    </div>
  );
}

const MOST_TIP_LINES = 12;

function Tip({ reading, width, lines, timesMs, unit }: { reading: Reading; width: number; lines: Line[]; timesMs: number[]; unit: string }) {
  const at = lines
    .map((line) => ({ line, value: line.values[reading.index] }))
    .filter((item): item is { line: Line; value: number } => typeof item.value === 'number')
    .toSorted((a, b) => b.value - a.value);
  const side = reading.left > width / 2 ? { right: width - reading.left + 12 } : { left: reading.left + 12 };
  const { dot } = reading;
  return (
    <div className={styles.tip} style={side}>
      {dot ? (
        <>
          <b>{formatUnit(dot.value, unit.replace(/\/s$/, ''))}</b> {dot.label}
          <br />
          {formatShort(dot.timeMs, timesMs.at(-1)!)}, click to open the trace
        </>
      ) : (
        <>
          <div className={styles.time}>{formatShort(timesMs[reading.index]!, timesMs.at(-1)!)}</div>
          {at.length === 0 && 'no value'}
          {at.slice(0, MOST_TIP_LINES).map(({ line, value }) => (
            <div key={line.label} className={styles.value}>
              <i style={{ background: `var(--svc-${line.color % 11})` }} />
              <span>{line.label}</span>
              <b>{formatUnit(value, unit)}</b>
            </div>
          ))}
          {at.length > MOST_TIP_LINES && `and ${at.length - MOST_TIP_LINES} more`}
        </>
      )}
    </div>
  );
}

function axes(palette: Palette, unit: string): uPlot.Axis[] {
  const shared = {
    stroke: palette.color['ink-3'],
    font: CANVAS_FONT,
    grid: { stroke: palette.color['line-soft'], width: 1 },
    ticks: { stroke: palette.color.line, width: 1, size: 4 },
  };
  return [
    { ...shared, values: clock(), space: 70, size: 30 },
    { ...shared, size: 72, values: (_, ticks) => ticks.map((tick) => formatUnit(tick, unit)) },
  ];
}

const two = (value: number) => String(value).padStart(2, '0');

/** Hours and minutes; seconds where ticks are closer than a minute, the day where they are days apart. */
function clock(): uPlot.Axis.DynamicValues {
  return (_, ticks, __, ___, step) =>
    ticks.map((tick) => {
      const date = new Date(tick);
      const time = `${two(date.getHours())}:${two(date.getMinutes())}`;
      if (step >= 43_200_000) return `${two(date.getMonth() + 1)}-${two(date.getDate())}`;
      return step < 60_000 ? `${time}:${two(date.getSeconds())}` : time;
    });
}

/** From zero where nothing is below it: heights can be compared. */
function rangeOf(low: number | null, high: number | null, dots: Dot[]): [number, number] {
  const values = [low ?? 0, high ?? 0, ...dots.map((dot) => dot.value)];
  const least = Math.min(0, ...values);
  const most = Math.max(...values);
  if (least === most) return [least, least + 1];
  const room = (most - least) * 0.05;
  return [least < 0 ? least - room : 0, most + room];
}

function drawDots(plot: uPlot, dots: Dot[], palette: Palette): void {
  const { ctx } = plot;
  const size = 3.5 * devicePixelRatio;
  ctx.save();
  ctx.fillStyle = palette.color.surface;
  ctx.strokeStyle = palette.color.lamp;
  ctx.lineWidth = 1.5 * devicePixelRatio;
  for (const dot of dots) {
    const x = plot.valToPos(dot.timeMs, 'x', true);
    const y = plot.valToPos(dot.value, 'y', true);
    ctx.beginPath();
    ctx.moveTo(x, y - size);
    ctx.lineTo(x + size, y);
    ctx.lineTo(x, y + size);
    ctx.lineTo(x - size, y);
    ctx.closePath();
    ctx.fill();
    ctx.stroke();
  }
  ctx.restore();
}

function nearestDot(plot: uPlot, dots: Dot[], left: number, top: number): Dot | null {
  let best: Dot | null = null;
  let least = REACH ** 2;
  for (const dot of dots) {
    const distance = (plot.valToPos(dot.timeMs, 'x') - left) ** 2 + (plot.valToPos(dot.value, 'y') - top) ** 2;
    if (distance <= least) [best, least] = [dot, distance];
  }
  return best;
}
