/** /dashboards/:id: panels over one window. Those that come with the page are read; saving one makes a copy. */
import { useEffect, useMemo, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { newId, useDocuments, usePutDocument } from '../../api/documents';
import { useProject, withProject } from '../../api/project';
import { Button } from '../../ui/Button';
import { ErrorNotice, Notice } from '../../ui/Notice';
import { TimePicker } from '../../ui/TimePicker';
import { boundsOf, readWindow, writeWindow, type TimeWindow } from '../../ui/timeWindow';
import { useTitle } from '../../ui/useTitle';
import styles from './Dashboard.module.css';
import { PanelEditor } from './PanelEditor';
import { PanelFrame, type PanelActions } from './PanelFrame';
import { BUILT_IN } from './model/builtIn';
import { moved, movedTo, readDashboard, type Dashboard, type Panel } from './model/dashboard';

interface Saved {
  name: string;
  board: Dashboard;
  /** "0": it comes with the page. */
  updated: string;
}

export function DashboardPage({ id }: { id: string }) {
  const documents = useDocuments('dashboard');
  const builtIn = BUILT_IN.find((one) => one.id === id);
  const document = documents.data?.documents.find((one) => one.id === id);
  const saved = useMemo((): Saved | Error | null => {
    if (document) {
      try {
        return { name: document.name, board: readDashboard(document.body), updated: document.updated_time_unix_nano };
      } catch (error) {
        return error as Error;
      }
    }
    return builtIn ? { ...builtIn, updated: '0' } : null;
  }, [document, builtIn]);
  if (documents.isError && !builtIn) return <ErrorNotice error={documents.error} onRetry={() => void documents.refetch()} />;
  if (saved instanceof Error) return <Notice title="This dashboard cannot be read">{saved.message}</Notice>;
  if (saved) return <Board id={id} saved={saved} />;
  return documents.isPending ? <p role="status">Reading the dashboard</p> : <Notice title="No such dashboard">It was deleted, or is of another project.</Notice>;
}

function Board({ id, saved }: { id: string; saved: Saved }) {
  useTitle(saved.name);
  const [draft, setDraft] = useState<Dashboard | null>(null);
  const [edited, setEdited] = useState<Panel | null>(null);
  const [location, navigate] = useLocation();
  const project = useProject();
  const put = usePutDocument('dashboard');
  const board = draft ?? saved.board;
  const { window, bounds, onWindow, refresh } = useBoardWindow(board);
  const setPanels = (panels: Panel[]) => setDraft({ ...board, panels });
  const actions: PanelActions = {
    onChange: (panel) => setPanels(board.panels.map((one) => (one.id === panel.id ? panel : one))),
    onMove: (panel, step) => setPanels(moved(board.panels, panel, step)),
    onDrop: (panel, onto) => setPanels(movedTo(board.panels, panel, board.panels.findIndex((one) => one.id === onto))),
    onEdit: setEdited,
    onRemove: (panel) => setPanels(board.panels.filter((one) => one.id !== panel)),
  };
  const save = async () => {
    const isCopy = saved.updated === '0';
    const to = isCopy ? newId() : id;
    const name = isCopy ? `${saved.name}, changed` : saved.name;
    await put.mutateAsync({ id: to, name, body: { ...board }, if_updated_time_unix_nano: saved.updated });
    setDraft(null);
    if (isCopy) navigate(withProject(`${location.slice(0, location.lastIndexOf('/'))}/${to}`, project));
  };
  return (
    <div className={styles.page}>
      <div className={styles.bar}>
        <h1>{saved.name}</h1>
        <TimePicker window={window} onChange={onWindow} />
        <span className={styles.right}>
          <select aria-label="Refresh by itself" value={board.refresh_seconds} onChange={(event) => setDraft({ ...board, refresh_seconds: Number(event.target.value) })}>
            {[0, 5, 30, 60, 300].map((seconds) => (
              <option key={seconds} value={seconds}>
                {seconds === 0 ? 'no refresh' : `every ${seconds < 60 ? `${seconds} s` : `${seconds / 60} min`}`}
              </option>
            ))}
          </select>
          <Button label="Refresh" onClick={refresh} />
          {draft ? (
            <>
              <Button label="Add panel" onClick={() => setEdited(blankPanel())} />
              <Button label={saved.updated === '0' ? 'Save a copy' : 'Save'} disabled={put.isPending} onClick={() => void save().catch(() => undefined)} />
              <Button label="Discard" onClick={() => setDraft(null)} />
            </>
          ) : (
            <Button label="Edit" onClick={() => setDraft(saved.board)} />
          )}
          <Button icon="download" label="Export" onClick={() => download(saved.name, board)} />
        </span>
      </div>
      {put.isError && <ErrorNotice error={put.error} />}
      {board.description && <p className={styles.description}>{board.description}</p>}
      {board.panels.length === 0 && <Notice title="No panels yet">Edit, then add one; or choose a metric and add it from there.</Notice>}
      <div className={styles.grid}>
        {board.panels.map((panel) => (
          <PanelFrame key={panel.id} panel={panel} bounds={bounds} actions={draft ? actions : null} onZoom={(fromMs, toMs) => onWindow({ fromMs, toMs })} />
        ))}
      </div>
      {edited && (
        <PanelEditor
          panel={edited}
          bounds={bounds}
          onClose={() => setEdited(null)}
          onSave={(panel) => {
            const isNew = board.panels.every((one) => one.id !== panel.id);
            setPanels(isNew ? [...board.panels, panel] : board.panels.map((one) => (one.id === panel.id ? panel : one)));
            setEdited(null);
          }}
        />
      )}
    </div>
  );
}

/** The window of the address, else the dashboard's own; relative ones move with each refresh. */
function useBoardWindow(board: Dashboard) {
  const search = useSearch();
  const [path, navigate] = useLocation();
  const params = new URLSearchParams(search);
  const isAsked = ['last', 'from', 'to'].some((key) => params.has(key));
  const window: TimeWindow = isAsked ? readWindow(params) : { last: board.window };
  const [askedAt, setAskedAt] = useState(() => Date.now());
  useEffect(() => {
    if (board.refresh_seconds === 0) return undefined;
    const timer = setInterval(() => {
      if (!document.hidden) setAskedAt(Date.now());
    }, board.refresh_seconds * 1000);
    return () => clearInterval(timer);
  }, [board.refresh_seconds]);
  const key = JSON.stringify(window);
  const bounds = useMemo(() => boundsOf(JSON.parse(key) as TimeWindow, askedAt), [key, askedAt]);
  const onWindow = (next: TimeWindow) => {
    setAskedAt(Date.now());
    const changed = new URLSearchParams(search);
    writeWindow(next, changed);
    // What is left out means the dashboard's own.
    if ('last' in next) changed.set('last', next.last);
    navigate(`${path}?${changed}`, { replace: true });
  };
  return { window, bounds, onWindow, refresh: () => setAskedAt(Date.now()) };
}

function blankPanel(): Panel {
  return { id: newId(), title: '', width: 6, height: 5, content: { kind: 'metric', metric: { name: '', kind: '', aggregation: '', group_by: [], query: '' } } };
}

function download(name: string, board: Dashboard): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([JSON.stringify({ name, ...board }, null, 2)], { type: 'application/json' }));
  link.download = `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}.dashboard.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}
