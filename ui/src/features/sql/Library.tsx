/** Queries to begin with: starters by topic, those that were saved, those that were run here. */
import { useState } from 'react';
import { newId, useDeleteDocument, useDocuments, usePutDocument } from '../../api/documents';
import type { SavedDocument } from '../../api/types';
import { formatAge, nanoToMs } from '../../format/time';
import { Button } from '../../ui/Button';
import { ErrorNotice } from '../../ui/Notice';
import { useNow } from '../../ui/useNow';
import styles from './Sidebar.module.css';
import starters from './starters.json';
import type { Past } from './useSqlHistory';

const TOPICS = [...new Set(starters.map(({ topic }) => topic))];

export function Starters({ onTake }: { onTake: (query: string) => void }) {
  return (
    <div className={styles.list}>
      {TOPICS.map((topic) => (
        <section key={topic}>
          <h3>{topic}</h3>
          <ul>
            {starters
              .filter((starter) => starter.topic === topic)
              .map(({ name, query }) => (
                <li key={name}>
                  <button type="button" className={styles.entry} title={query} onClick={() => onTake(query)}>
                    {name}
                  </button>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

interface SavedProps {
  /** What would be saved. */
  text: () => string;
  onTake: (query: string, saved: SavedDocument) => void;
  current: SavedDocument | null;
  onSaved: (saved: SavedDocument) => void;
}

export function Saved({ text, onTake, current, onSaved }: SavedProps) {
  const saved = useDocuments('sql_query');
  const put = usePutDocument('sql_query');
  const remove = useDeleteDocument('sql_query');
  const now = useNow(10_000);
  const [name, setName] = useState('');
  const save = (id: string, title: string, updated: string) =>
    put.mutate(
      { id, name: title, body: { query: text() }, if_updated_time_unix_nano: updated },
      {
        onSuccess: (document) => {
          setName('');
          onSaved(document);
        },
      },
    );
  const documents = saved.data?.documents ?? [];
  return (
    <div className={styles.list}>
      <form
        className={styles.save}
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim()) save(newId(), name.trim(), '0');
        }}
      >
        <input aria-label="Name of the query" placeholder="Name for this query" maxLength={200} value={name} onChange={(event) => setName(event.target.value)} />
        <Button type="submit" small label={put.isPending ? 'Saving' : 'Save'} disabled={!name.trim() || put.isPending} />
      </form>
      {current && (
        <Button
          small
          label={`Save over “${current.name}”`}
          disabled={put.isPending}
          onClick={() => save(current.id, current.name, current.updated_time_unix_nano)}
        />
      )}
      {(put.error ?? remove.error ?? saved.error) && <ErrorNotice error={put.error ?? remove.error ?? saved.error} />}
      {saved.isSuccess && documents.length === 0 && <p className={styles.hint}>Nothing is saved in this project yet. Name the query and press Enter.</p>}
      <ul>
        {documents.map((document) => (
          <li key={document.id} className={styles.saved}>
            <button
              type="button"
              className={styles.entry}
              aria-current={document.id === current?.id || undefined}
              title={String(document.body.query ?? '')}
              onClick={() => onTake(String(document.body.query ?? ''), document)}
            >
              {document.name}
              <small>{formatAge(nanoToMs(document.updated_time_unix_nano), now)}</small>
            </button>
            <Button bare small iconOnly icon="close" label={`Delete “${document.name}”`} onClick={() => remove.mutate(document.id)} />
          </li>
        ))}
      </ul>
    </div>
  );
}

export function History({ past, onTake }: { past: Past[]; onTake: (query: string) => void }) {
  const now = useNow(10_000);
  if (past.length === 0) return <p className={styles.hint}>What is run in this browser is listed here.</p>;
  return (
    <ul className={styles.list}>
      {past.map(({ query, at }) => (
        <li key={query}>
          <button type="button" className={styles.entry} title={query} onClick={() => onTake(query)}>
            <code>{query.replace(/\s+/g, ' ').slice(0, 120)}</code>
            <small>{formatAge(at, now)}</small>
          </button>
        </li>
      ))}
    </ul>
  );
}
