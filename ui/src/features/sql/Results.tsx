/** What came of the last run: its rows as table or chart, its cost, its files; or why there are none. */
import { lazy, Suspense, useMemo, useState } from 'react';
import type { FileFormat, Run, SqlState } from '../../api/sql';
import { useSqlFile } from '../../api/sql';
import { formatDuration } from '../../format/duration';
import { formatCount, plural } from '../../format/number';
import { Button } from '../../ui/Button';
import { ErrorNotice, Notice } from '../../ui/Notice';
import { TabBar } from '../../ui/TabBar';
import { chartOf } from './model/chart';
import { formatBytes } from './model/columns';
import { ResultTable } from './ResultTable';
import styles from './SqlPage.module.css';

const ResultChart = lazy(() => import('./ResultChart').then((module) => ({ default: module.ResultChart })));

const FILES: FileFormat[] = ['CSV', 'TSV', 'Parquet', 'Arrow'];

interface Props {
  state: SqlState;
  onCancel: () => void;
}

export function Results({ state, onCancel }: Props) {
  const { answer, error, running, progress, run } = state;
  const [tab, setTab] = useState<'rows' | 'chart'>('rows');
  const chart = useMemo(() => (answer ? chartOf(answer) : null), [answer]);
  if (running) return <Running progress={progress} onCancel={onCancel} />;
  if (error) return <ErrorNotice error={error} />;
  if (!answer || !run) {
    return (
      <Notice title="Nothing has been run">
        Write a query, or take one from the list of starters, then press Ctrl+Enter. The statement at the cursor is run, or what is selected.
      </Notice>
    );
  }
  const shown = chart ? tab : 'rows';
  const { statistics } = answer;
  return (
    <div className={styles.results}>
      <div className={styles.resultBar}>
        {chart && (
          <TabBar
            label="Answer"
            tabs={[
              { id: 'rows', label: 'Rows' },
              { id: 'chart', label: 'Chart' },
            ]}
            selected={shown}
            onSelect={setTab}
          />
        )}
        <p role="status">
          {answer.truncated ? (
            <b className={styles.truncated}>
              showing the first {formatCount(answer.row_count)} rows; there are more, add LIMIT or download
            </b>
          ) : (
            <b>{plural(answer.row_count, 'row')}</b>
          )}
          , {formatDuration(Math.round(statistics.elapsed_seconds * 1e9))}, read {plural(statistics.rows_read, 'row')},{' '}
          {formatBytes(statistics.bytes_read)}
        </p>
        <Download run={run} />
      </div>
      <div className={styles.answer} role="tabpanel" id={`panel-${shown}`} aria-label={shown === 'rows' ? 'Rows' : 'Chart'}>
        {shown === 'chart' && chart ? (
          <Suspense fallback={<p className={styles.quiet}>Loading the chart</p>}>
            <ResultChart chart={chart} />
          </Suspense>
        ) : answer.row_count === 0 ? (
          <Notice title="No rows">The query ran and found nothing. A longer time window, or fewer conditions, may find more.</Notice>
        ) : (
          <ResultTable key={answer.query_id} answer={answer} />
        )}
      </div>
    </div>
  );
}

function Running({ progress, onCancel }: { progress: SqlState['progress']; onCancel: () => void }) {
  const share = progress && progress.total_rows_to_read > 0 ? Math.min(1, progress.rows_read / progress.total_rows_to_read) : null;
  return (
    <div className={styles.running} role="status">
      <progress value={share ?? undefined} aria-label="Share of the rows read" />
      <p>
        {progress
          ? `${formatDuration(Math.round(progress.elapsed_seconds * 1e9))}, read ${formatCount(progress.rows_read)}${
              progress.total_rows_to_read > 0 ? ` of about ${formatCount(progress.total_rows_to_read)}` : ''
            } rows, ${formatBytes(progress.bytes_read)}`
          : 'Running'}
      </p>
      <Button label="Cancel (Esc)" icon="close" onClick={onCancel} />
    </div>
  );
}

function Download({ run }: { run: Run }) {
  const file = useSqlFile();
  const [state, setState] = useState<{ format: FileFormat; error: unknown } | null>(null);
  const download = async (format: FileFormat) => {
    setState({ format, error: null });
    try {
      const blob = await file(run, format, AbortSignal.timeout(600_000));
      const link = document.createElement('a');
      link.href = URL.createObjectURL(blob);
      link.download = `spanhouse.${format.toLowerCase()}`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
      setState(null);
    } catch (error) {
      setState({ format, error });
    }
  };
  return (
    <span className={styles.downloads}>
      {state?.error ? <span role="alert">{state.format}: {state.error instanceof Error ? state.error.message : String(state.error)}</span> : null}
      {FILES.map((format) => (
        <Button
          key={format}
          small
          bare
          label={state?.format === format && !state.error ? `${format} …` : format}
          title={`All rows as ${format}; runs the query again`}
          onClick={() => void download(format)}
        />
      ))}
    </span>
  );
}
