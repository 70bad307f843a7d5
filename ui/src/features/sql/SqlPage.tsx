/** /sql: an editor, the words it completes, and what comes of what is run. */
import { useCallback, useMemo, useRef, useState } from 'react';
import { getJson } from '../../api/client';
import { useProject } from '../../api/project';
import { useSql, useSqlSchema } from '../../api/sql';
import type { AttributeKeys, SavedDocument } from '../../api/types';
import { Button } from '../../ui/Button';
import { ErrorNotice } from '../../ui/Notice';
import { Splitter } from '../../ui/Splitter';
import { TabBar } from '../../ui/TabBar';
import { usePreference } from '../../ui/usePreference';
import { useTitle } from '../../ui/useTitle';
import { Editor, type EditorHandle } from './Editor';
import { History, Saved, Starters } from './Library';
import { parametersOf, valuesOf, type WindowName } from './model/parameters';
import { splitStatements, statementAt, type Statement } from './model/statements';
import { ParameterBar } from './ParameterBar';
import { Results } from './Results';
import { SchemaBrowser } from './SchemaBrowser';
import styles from './SqlPage.module.css';
import { useSqlHistory } from './useSqlHistory';
import { useSqlText } from './useSqlText';

const SIDES = [
  { id: 'starters', label: 'Starters' },
  { id: 'saved', label: 'Saved' },
  { id: 'history', label: 'History' },
  { id: 'schema', label: 'Schema' },
] as const;
type Side = (typeof SIDES)[number]['id'];

export function SqlPage() {
  useTitle('SQL');
  const project = useProject();
  const editor = useRef<EditorHandle>(null);
  const [text, setText] = useSqlText(editor);
  const [side, setSide] = useState<Side>('starters');
  const [sideOpen, setSideOpen] = useState(() => window.innerWidth > 760);
  const [sideWidth, setSideWidth] = usePreference('sql-side-width', 264);
  const [typed, setTyped] = useState<Record<string, string>>({});
  const [timeWindow, setTimeWindow] = useState<WindowName>('24h');
  const [saved, setSaved] = useState<SavedDocument | null>(null);
  const [past, addPast] = useSqlHistory();
  // Where the statement that ran stood, for the place of its error.
  const [ran, setRan] = useState<Statement | null>(null);
  const schema = useSqlSchema();
  const sql = useSql();

  const parameters = useMemo(() => parametersOf(text), [text]);
  const count = useMemo(() => splitStatements(text).length, [text]);
  const keysOf = useCallback(
    async (prefix: string, map: string) => {
      const { keys } = await getJson<AttributeKeys>(`/api/attributes/keys?limit=100&prefix=${encodeURIComponent(prefix)}`, project);
      const source = map.startsWith('Resource') ? 'resource' : 'span';
      return keys.filter((key) => key.source === source);
    },
    [project],
  );

  const run = () => {
    const selection = editor.current?.selection();
    const statement =
      selection && selection.text.trim() !== '' ? selection : statementAt(text, selection?.from ?? 0);
    if (!statement) return;
    setRan(statement);
    addPast(statement.text);
    const values = valuesOf(parametersOf(statement.text), typed, timeWindow, Date.now());
    void sql.start({ query: statement.text, parameters: values });
  };
  const take = (query: string, document: SavedDocument | null = null) => {
    setSaved(document);
    editor.current?.replace(query);
    editor.current?.focus();
  };
  const place = sql.error?.place;
  const mistake = useMemo(
    () =>
      place && ran && sql.error
        ? { from: ran.from + place.offset, to: ran.from + place.offset + Math.max(1, place.length), message: sql.error.message }
        : null,
    [place, ran, sql.error],
  );

  return (
    <div className={styles.page}>
      {sideOpen && (
        <>
          <aside className={styles.side} style={{ width: sideWidth }} aria-label="Queries and schema">
            <div className={styles.sideTabs}>
              <TabBar label="Queries and schema" tabs={SIDES} selected={side} onSelect={setSide} />
            </div>
            <div className={styles.sideBody} role="tabpanel" id={`panel-${side}`} aria-labelledby={`tab-${side}`}>
              {side === 'starters' && <Starters onTake={take} />}
              {side === 'saved' && <Saved text={() => editor.current!.text()} current={saved} onSaved={setSaved} onTake={take} />}
              {side === 'history' && <History past={past} onTake={take} />}
              {side === 'schema' && schema.data && <SchemaBrowser schema={schema.data} onInsert={(name) => editor.current?.insert(name)} />}
              {side === 'schema' && schema.isError && <ErrorNotice error={schema.error} onRetry={() => void schema.refetch()} />}
            </div>
          </aside>
          <Splitter label="Width of the list" className={styles.splitter} value={sideWidth} least={180} most={560} onChange={setSideWidth} />
        </>
      )}
      <div className={styles.work}>
        <div className={styles.bar}>
          <Button
            iconOnly
            icon="unfoldAll"
            className={styles.turned}
            label={sideOpen ? 'Hide queries and schema' : 'Show queries and schema'}
            pressed={sideOpen}
            onClick={() => setSideOpen(!sideOpen)}
          />
          <h1>SQL</h1>
          <span className={styles.quiet}>{saved ? saved.name : count > 1 ? `${count} statements; the one at the cursor runs` : ''}</span>
          <Button label="Run (Ctrl+Enter)" icon="open" className={styles.run} onClick={run} disabled={sql.running} />
        </div>
        <div className={styles.editor}>
          <Editor
            ref={editor}
            initial={text}
            schema={schema.data}
            keysOf={keysOf}
            mistake={mistake}
            onRun={run}
            onCancel={() => {
              if (sql.running) void sql.cancel();
              return sql.running;
            }}
            onText={setText}
          />
        </div>
        <ParameterBar
          parameters={parameters}
          typed={typed}
          onType={(name, value) => setTyped({ ...typed, [name]: value })}
          window={timeWindow}
          onWindow={setTimeWindow}
          onRun={run}
        />
        {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Escape cancels wherever the focus is */}
        <div
          className={styles.below}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && sql.running) void sql.cancel();
          }}
        >
          <Results state={sql} onCancel={() => void sql.cancel()} />
        </div>
      </div>
    </div>
  );
}
