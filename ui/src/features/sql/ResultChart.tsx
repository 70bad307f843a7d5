/** The answer as lines, points or bars. */
import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import { plural } from '../../format/number';
import { slotOf, usePalette } from '../../ui/colors';
import { useSize } from '../../ui/useSize';
import { formatNumber } from './model/columns';
import { type BarChart, type XyChart } from './model/chart';
import styles from './ResultChart.module.css';

export function ResultChart({ chart }: { chart: XyChart | BarChart }) {
  const leftOut = chart.leftOut;
  const noun = chart.kind === 'bar' ? 'row' : 'series';
  return (
    <div className={styles.frame}>
      {leftOut > 0 && (
        <p className={styles.note} role="status">
          {noun === 'row' ? `${plural(leftOut, 'more row')} in the table.` : `${leftOut} more series in the table.`}
        </p>
      )}
      {chart.kind === 'bar' ? <Bars chart={chart} /> : <Plot chart={chart} />}
    </div>
  );
}

function Bars({ chart: { bars, unit, valueName } }: { chart: BarChart }) {
  const most = Math.max(...bars.map(({ value }) => Math.abs(value)), Number.MIN_VALUE);
  return (
    <ul className={styles.bars} aria-label={valueName}>
      {bars.map(({ label, value }, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- labels may repeat, and bars stand still
        <li key={index}>
          <span title={label}>{label === '' ? '(empty)' : label}</span>
          <span className={styles.track}>
            <i style={{ width: `${(100 * Math.abs(value)) / most}%` }} data-negative={value < 0 || undefined} />
          </span>
          <b>{formatNumber(value, unit)}</b>
        </li>
      ))}
    </ul>
  );
}

function Plot({ chart }: { chart: XyChart }) {
  const place = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(place);
  const palette = usePalette();
  useEffect(() => {
    if (width === 0 || height === 0) return undefined;
    const { color, services } = palette;
    const axis = { stroke: color['ink-3'], grid: { stroke: color['line-soft'], width: 1 }, ticks: { show: false } };
    const unit = chart.series[0]?.unit ?? null;
    const plot = new uPlot(
      {
        width,
        // The legend below takes its own room.
        height: Math.max(120, height - 24 - 22 * Math.ceil((chart.series.length + 1) / Math.max(1, Math.floor(width / 180)))),
        scales: { x: { time: chart.kind === 'line' } },
        axes: [axis, { ...axis, size: 72, values: (_plot, ticks) => ticks.map((tick) => formatNumber(tick, unit)) }],
        series: [
          { label: chart.xName },
          ...chart.series.map((series) => ({
            label: series.name || '(empty)',
            // Most series are services, which keep their colour.
            stroke: services[slotOf(series.name)]!,
            width: 1.5,
            ...(chart.kind === 'scatter' ? { paths: () => null } : {}),
            points: { show: chart.kind === 'scatter' || chart.x.length < 60, size: 5 },
            value: (_plot: uPlot, value: number | null) => (value === null ? '' : formatNumber(value, series.unit)),
          })),
        ],
      },
      [chart.x, ...chart.series.map(({ values }) => values)],
      place.current!,
    );
    return () => plot.destroy();
  }, [chart, width, height, palette]);
  return <div ref={place} className={styles.plot} role="img" aria-label={`Chart of ${chart.series.map(({ name }) => name).join(', ')}`} />;
}
