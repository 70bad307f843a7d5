/** Tables and their columns with what they mean; a press puts the name into the editor. */
import { useState } from 'react';
import type { SqlSchema } from '../../api/types';
import { Icon } from '../../ui/Icon';
import styles from './Sidebar.module.css';

interface Props {
  schema: SqlSchema;
  onInsert: (text: string) => void;
}

export function SchemaBrowser({ schema, onInsert }: Props) {
  const [wanted, setWanted] = useState('');
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const text = wanted.trim().toLowerCase();
  const tables = schema.tables
    .map((table) => ({
      ...table,
      columns:
        text === '' || table.name.toLowerCase().includes(text)
          ? table.columns
          : table.columns.filter(({ name, comment }) => `${name} ${comment}`.toLowerCase().includes(text)),
    }))
    .filter(({ columns }) => columns.length > 0);
  const toggle = (name: string) => setOpen(new Set(open.has(name) ? [...open].filter((one) => one !== name) : [...open, name]));
  return (
    <div className={styles.list}>
      <input aria-label="Table or column" placeholder="Table or column" value={wanted} onChange={(event) => setWanted(event.target.value)} />
      {tables.length === 0 && <p className={styles.hint}>No table or column of that name.</p>}
      <ul>
        {tables.map((table) => {
          const shown = open.has(table.name) || (text !== '' && !table.name.toLowerCase().includes(text));
          return (
            <li key={table.name}>
              <button type="button" className={styles.table} aria-expanded={shown} title={table.comment} onClick={() => toggle(table.name)}>
                <Icon name={shown ? 'down' : 'open'} size={12} />
                {table.name}
              </button>
              {shown && (
                <ul className={styles.columns}>
                  {table.columns.map(({ name, type, comment }) => (
                    <li key={name}>
                      <button type="button" className={styles.entry} title={[type, comment].filter(Boolean).join('\n')} onClick={() => onInsert(name)}>
                        <code>{name}</code>
                        <small>{type}</small>
                      </button>
                    </li>
                  ))}
                </ul>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
