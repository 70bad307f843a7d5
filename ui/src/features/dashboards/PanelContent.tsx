/** What a panel shows: a metric, an answer of SQL as chart, number or table, or a note. Errors and cuts are said in the panel. */
import { useMemo } from 'react';
import { useQuery } from '@tanstack/react-query';
import { sendJson } from '../../api/client';
import { useMetricValues } from '../../api/metrics';
import { useProject } from '../../api/project';
import type { SqlAnswer } from '../../api/types';
import { formatCount } from '../../format/number';
import { formatUnit } from '../../format/unit';
import { TimeSeriesChart, type Line } from '../../ui/chart/TimeSeriesChart';
import type { Bounds } from '../../ui/timeWindow';
import { linesOf, timesOf } from '../metrics/MetricChart';
import { valuesParams } from '../metrics/model/metricUrl';
import { chartOf, type XyChart } from '../sql/model/chart';
import styles from './Dashboard.module.css';
import { Markdown } from './Markdown';
import { questionOf, type MetricContent, type Panel, type SqlContent } from './model/dashboard';

interface Props {
  panel: Panel;
  bounds: Bounds;
  /** Pixels of the panel below its title. */
  height: number;
  onZoom: (fromMs: number, toMs: number) => void;
}

export function PanelContent(props: Props) {
  const { content } = props.panel;
  if (content.kind === 'text') return <Markdown text={content.markdown} />;
  if (content.kind === 'metric') return <MetricPanel {...props} content={content} />;
  return <SqlPanel {...props} content={content} />;
}

const LEGEND = 22;

function MetricPanel({ panel, content, bounds, height, onZoom }: Props & { content: MetricContent }) {
  const answer = useMetricValues(valuesParams(questionOf(content), bounds, 11));
  const times = useMemo(() => (answer.data ? timesOf(answer.data) : []), [answer.data]);
  const lines = useMemo(() => (answer.data ? linesOf(answer.data) : []), [answer.data]);
  if (answer.isError) return <Problem error={answer.error} />;
  if (!answer.data) return <p className={styles.quiet}>Reading</p>;
  const { series, total, unit } = answer.data;
  if (series.length === 0) return <p className={styles.quiet}>No value in this window</p>;
  return (
    <>
      <TimeSeriesChart label={panel.title} timesMs={times} lines={lines} unit={unit} startMs={bounds.startMs} endMs={bounds.endMs} height={height - LEGEND} onZoom={onZoom} />
      <Legend lines={lines} note={total > series.length ? `showing ${series.length} of ${formatCount(total)} series` : ''} />
    </>
  );
}

function Legend({ lines, note }: { lines: Line[]; note: string }) {
  return (
    <div className={styles.legend}>
      {note && <b>{note}</b>}
      {lines.map((line) => (
        <span key={line.label} title={line.label}>
          <i style={{ background: `var(--svc-${line.color % 11})` }} />
          {line.label}
        </span>
      ))}
    </div>
  );
}

function Problem({ error }: { error: unknown }) {
  return (
    <p className={styles.problem} role="alert">
      {error instanceof Error ? error.message : String(error)}
    </p>
  );
}

const STEPS = [1, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 86_400];

const time = (ms: number) => new Date(ms).toISOString().replace('T', ' ').slice(0, 23);

/** Times as ClickHouse reads them in UTC, and a step of which some hundred are in the window. */
export function sqlParameters({ startMs, endMs }: Bounds): Record<string, string> {
  const wanted = (endMs - startMs) / 120_000;
  const step = STEPS.find((seconds) => seconds >= wanted) ?? STEPS.at(-1)!;
  return { from: time(startMs), to: time(endMs), step: String(step) };
}

function useSqlAnswer(query: string, bounds: Bounds) {
  const project = useProject();
  // A parameter that a query does not name is refused.
  const parameters = Object.fromEntries(Object.entries(sqlParameters(bounds)).filter(([name]) => query.includes(`{${name}:`)));
  return useQuery({
    queryKey: ['panel-sql', project, query, parameters],
    queryFn: () => sendJson<SqlAnswer>('POST', '/api/sql', project, { query, parameters, format: 'JSON', query_id: null }),
    placeholderData: (old) => old,
    staleTime: 10_000,
    gcTime: 30_000,
    retry: false,
  });
}

function SqlPanel({ panel, content, bounds, height, onZoom }: Props & { content: SqlContent }) {
  const answer = useSqlAnswer(content.query, bounds);
  if (answer.isError) return <Problem error={answer.error} />;
  if (!answer.data) return <p className={styles.quiet}>Reading</p>;
  const { rows, truncated, row_limit } = answer.data;
  const cut = truncated ? `cut off after ${formatCount(row_limit)} rows` : '';
  if (rows.length === 0) return <p className={styles.quiet}>No row in this window</p>;
  if (content.view === 'number') return <BigNumber value={rows[0]?.[0]} unit={content.unit} />;
  if (content.view === 'table') return <Rows answer={answer.data} note={cut} />;
  return <SqlChart title={panel.title} answer={answer.data} stepSeconds={content.query.includes('{step:') ? Number(sqlParameters(bounds).step) : 0} unit={content.unit} bounds={bounds} height={height} note={cut} onZoom={onZoom} />;
}

function BigNumber({ value, unit }: { value: unknown; unit: string }) {
  const number = value === null || value === '' ? NaN : Number(value);
  // A count has room for all its digits here.
  const text = unit === '' && Number.isInteger(number) ? formatCount(number) : formatUnit(number, unit);
  return <p className={styles.number}>{Number.isFinite(number) ? text : String(value ?? 'none')}</p>;
}

interface SqlChartProps {
  title: string;
  answer: SqlAnswer;
  /** 0: the rows are of no step. */
  stepSeconds: number;
  unit: string;
  bounds: Bounds;
  height: number;
  note: string;
  onZoom: (fromMs: number, toMs: number) => void;
}

function SqlChart({ title, answer, stepSeconds, unit, bounds, height, note, onZoom }: SqlChartProps) {
  const chart = useMemo(() => chartOf(answer), [answer]);
  const { times, lines } = useMemo(() => (chart?.kind === 'line' ? drawn(chart, stepSeconds) : { times: [], lines: [] }), [chart, stepSeconds]);
  if (chart?.kind !== 'line') return <p className={styles.problem}>No chart: the rows need a column of a date type and one of a number type.</p>;
  const left = chart.leftOut > 0 ? `showing ${lines.length} of ${lines.length + chart.leftOut} series` : '';
  return (
    <>
      <TimeSeriesChart label={title} timesMs={times} lines={lines} unit={unit} startMs={bounds.startMs} endMs={bounds.endMs} height={height - LEGEND} onZoom={onZoom} />
      <Legend lines={lines} note={[left, note].filter(Boolean).join(', ')} />
    </>
  );
}

/** Lines by name, so that one has the same colour in every panel. A step without a row is a gap, not a line to the next. */
function drawn(chart: XyChart, stepSeconds: number): { times: number[]; lines: Line[] } {
  const series = chart.series.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const isWhole = stepSeconds > 0 && chart.x.every((second) => second % stepSeconds === 0);
  const first = chart.x[0] ?? 0;
  const steps = isWhole ? Math.round(((chart.x.at(-1) ?? first) - first) / stepSeconds) + 1 : 0;
  const seconds = isWhole ? Array.from({ length: steps }, (_, at) => first + at * stepSeconds) : chart.x;
  const place = new Map(chart.x.map((second, at) => [second, at]));
  const valuesOf = (values: (number | null)[]) => seconds.map((second) => values[place.get(second) ?? -1] ?? null);
  return {
    times: seconds.map((second) => second * 1000),
    lines: series.map(({ name, values }, color) => ({ label: name, color, values: valuesOf(values) })),
  };
}

function Rows({ answer, note }: { answer: SqlAnswer; note: string }) {
  return (
    <div className={styles.rows}>
      {note && <b>{note}</b>}
      <table>
        <thead>
          <tr>
            {answer.columns.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {answer.rows.map((row) => (
            <tr key={JSON.stringify(row)}>
              {answer.columns.map(({ name, type }, at) => (
                <td key={name} data-number={/Int|Float|Decimal/.test(type)}>
                  {cellText(name, type, row[at])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function cellText(name: string, type: string, value: unknown): string {
  if (value === null) return '';
  if (/Int|Float|Decimal/.test(type) && Number.isFinite(Number(value))) {
    if (name.endsWith('_usd')) return formatUnit(Number(value), 'USD');
    return name.endsWith('_ns') ? formatUnit(Number(value), 'ns') : Number(value).toLocaleString('en-US', { maximumFractionDigits: 3 });
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}
