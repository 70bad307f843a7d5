/** Which values the records have how often; a click searches for one, or leaves it out. */
import { useState } from 'react';
import { useCompletions, type Condition } from '../../api/search';
import type { LogFacets } from '../../api/types';
import { formatCompact, plural } from '../../format/number';
import { Button } from '../../ui/Button';
import { Suggest } from '../../ui/Suggest';
import { useDebounced } from '../../ui/useDebounced';
import styles from './Facets.module.css';

interface Props {
  facets: LogFacets | undefined;
  keys: string[];
  onKeys: (keys: string[]) => void;
  onAdd: (condition: Condition) => void;
}

export function Facets({ facets, keys, onKeys, onAdd }: Props) {
  return (
    <aside className={styles.facets} aria-label="Values of these records">
      {facets?.facets.map((facet) => (
        <section key={`${facet.scope} ${facet.name}`}>
          <h3>
            {facet.scope === 'resource' ? `resource.${facet.name}` : facet.name}
            {keys.includes(facet.name) && (
              <Button bare small iconOnly icon="close" label={`Do not count ${facet.name}`} onClick={() => onKeys(keys.filter((key) => key !== facet.name))} />
            )}
          </h3>
          <Values facet={facet} onAdd={onAdd} />
        </section>
      ))}
      <AddKey keys={keys} onKeys={onKeys} />
    </aside>
  );
}

function Values({ facet, onAdd }: { facet: LogFacets['facets'][number]; onAdd: (condition: Condition) => void }) {
  const most = facet.values[0]?.count ?? 1;
  const more = facet.distinct - facet.values.length;
  return (
    <ul>
      {facet.values.map(({ value, type, count }) => {
        const condition: Condition = { field: facet.name, value, type, ...(facet.scope ? { scope: facet.scope } : {}) };
        return (
          <li key={`${type} ${value}`} style={{ '--share': `${(count / most) * 100}%` } as React.CSSProperties}>
            <button type="button" title={`Only ${value}`} onClick={() => onAdd(condition)}>
              <span>{value}</span>
              <i>{formatCompact(count)}</i>
            </button>
            <Button bare small iconOnly icon="without" label={`Without ${value}`} onClick={() => onAdd({ ...condition, negated: true })} />
          </li>
        );
      })}
      {more > 0 && <li className={styles.more}>{plural(more, 'more value')}</li>}
    </ul>
  );
}

/** Keys are what the language offers where a field may stand. */
function AddKey({ keys, onKeys }: { keys: string[]; onKeys: (keys: string[]) => void }) {
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const typed = useDebounced(text.replace(/[^\w.-]/g, ''), 100);
  const found = useCompletions('logs', typed, typed.length, open);
  const offered = (found.data?.completions ?? []).filter(({ kind, count, label }) => kind === 'field' && count !== null && !keys.includes(label));
  return (
    <Suggest
      className={styles.add}
      label="Count the values of an attribute"
      placeholder="Count an attribute"
      text={text}
      onText={setText}
      onOpen={setOpen}
      suggestions={offered.map(({ label, count }) => ({ value: label, hint: formatCompact(count ?? 0) }))}
      onCommit={(key) => {
        setText('');
        if (key.trim() !== '' && !keys.includes(key.trim())) onKeys([...keys, key.trim()].slice(-8));
      }}
    />
  );
}
