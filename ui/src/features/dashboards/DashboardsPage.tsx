/** /dashboards: those that were saved and those that come with the page. With ?add= a metric is put on one of them. */
import { useRef, useState } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { newId, useDeleteDocument, useDocuments, usePutDocument } from '../../api/documents';
import { useProject, withProject } from '../../api/project';
import { Button } from '../../ui/Button';
import { ErrorNotice } from '../../ui/Notice';
import { useTitle } from '../../ui/useTitle';
import type { MetricQuestion } from '../metrics/model/metricUrl';
import styles from './Dashboard.module.css';
import { BUILT_IN } from './model/builtIn';
import { EMPTY, metricPanel, readDashboard, type Dashboard } from './model/dashboard';

export function DashboardsPage() {
  useTitle('Dashboards');
  const documents = useDocuments('dashboard');
  const put = usePutDocument('dashboard');
  const remove = useDeleteDocument('dashboard');
  const project = useProject();
  const [, navigate] = useLocation();
  const added = readAdded(useSearch());
  const [problem, setProblem] = useState<Error | null>(null);
  const file = useRef<HTMLInputElement>(null);
  const saved = documents.data?.documents ?? [];
  const error = problem ?? documents.error ?? put.error ?? remove.error;

  const write = async (id: string, name: string, board: Dashboard, updated: string) => {
    await put.mutateAsync({ id, name, body: { ...board }, if_updated_time_unix_nano: updated });
    navigate(withProject(`/dashboards/${id}`, project));
  };
  const withAdded = (board: Dashboard): Dashboard => (added ? { ...board, panels: [...board.panels, metricPanel(newId(), added)] } : board);
  const attempt = (work: () => Promise<void>) => {
    setProblem(null);
    work().catch((cause: unknown) => setProblem(cause instanceof Error ? cause : new Error(String(cause))));
  };
  const read = async (chosen: File) => {
    const json = JSON.parse(await chosen.text()) as unknown;
    const name = (json as { name?: unknown } | null)?.name;
    await write(newId(), typeof name === 'string' && name ? name : chosen.name.replace(/(\.dashboard)?\.json$/, ''), readDashboard(json), '0');
  };
  return (
    <div className={styles.page}>
      <div className={styles.bar}>
        <h1>{added ? `Add ${added.name} to a dashboard` : 'Dashboards'}</h1>
        <span className={styles.right}>
          <Button label={added ? 'To a new dashboard' : 'New dashboard'} onClick={() => attempt(() => write(newId(), added?.name ?? 'New dashboard', withAdded(EMPTY), '0'))} />
          {!added && <Button label="Import" onClick={() => file.current?.click()} />}
          <input
            ref={file}
            type="file"
            accept="application/json,.json"
            hidden
            aria-label="Dashboard file"
            onChange={(event) => {
              const chosen = event.target.files?.[0];
              if (chosen) attempt(() => read(chosen));
              event.target.value = '';
            }}
          />
        </span>
      </div>
      {error && <ErrorNotice error={error} />}
      <div className={styles.list}>
        <h2>Saved in this project</h2>
        {documents.isSuccess && saved.length === 0 && <p className={styles.quiet}>None yet. Make a new one, or save a copy of one below.</p>}
        <ul aria-label="Saved">
          {saved.map(({ id, name, body, updated_time_unix_nano: updated }) => (
            <li key={id}>
              <Link href={withProject(`/dashboards/${id}`, project)}>{name}</Link>
              <span>{String((body as { description?: unknown }).description ?? '')}</span>
              {added ? (
                <Button small label="Add here" aria-label={`Add to ${name}`} onClick={() => attempt(() => write(id, name, withAdded(readDashboard(body)), updated))} />
              ) : (
                <>
                  <Rename name={name} onRename={(next) => attempt(async () => void (await put.mutateAsync({ id, name: next, body, if_updated_time_unix_nano: updated })))} />
                  <Button bare small iconOnly icon="close" label={`Delete ${name}`} onClick={() => confirm(`Delete the dashboard ${name}?`) && remove.mutate(id)} />
                </>
              )}
            </li>
          ))}
        </ul>
        {!added && (
          <>
            <h2>Come with spanhouse</h2>
            <ul aria-label="Come with spanhouse">
              {BUILT_IN.map(({ id, name, board }) => (
                <li key={id}>
                  <Link href={withProject(`/dashboards/${id}`, project)}>{name}</Link>
                  <span>{board.description}</span>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </div>
  );
}

function Rename({ name, onRename }: { name: string; onRename: (name: string) => void }) {
  return (
    <Button
      bare
      small
      label="Rename"
      aria-label={`Rename ${name}`}
      onClick={() => {
        const next = prompt('Name of the dashboard', name)?.trim();
        if (next && next !== name) onRename(next);
      }}
    />
  );
}

function readAdded(search: string): MetricQuestion | null {
  try {
    const json = JSON.parse(new URLSearchParams(search).get('add') ?? 'null') as Partial<MetricQuestion> | null;
    if (!json || typeof json.name !== 'string') return null;
    const { name, kind = '', aggregation = '', groupBy = [], query = '' } = json;
    return { name, kind, aggregation, groupBy, query };
  } catch {
    return null;
  }
}
