/** Attribute filters as chips; the field suggests keys first and, after "=", the values of that key. */
import { useState } from 'react';
import { useAttributeKeys, useAttributeValues } from '../../../api/suggestions';
import { formatCompact } from '../../../format/number';
import { Button } from '../../../ui/Button';
import { Suggest } from '../../../ui/Suggest';
import { useDebounced } from '../../../ui/useDebounced';
import { readAttribute, type AttributeFilter } from '../model/listUrl';
import styles from './QueryBar.module.css';

interface Props {
  attributes: AttributeFilter[];
  onChange: (attributes: AttributeFilter[]) => void;
}

export function AttributeFilters({ attributes, onChange }: Props) {
  return (
    <div className={styles.attributes}>
      {attributes.map((filter) => {
        const { key, value } = filter;
        return (
          <span key={`${key}=${value}`} className={styles.chip}>
            <span title={`${key} = ${value}`}>
              <i>{key} = </i>
              {value}
            </span>
            <Button
              bare
              small
              iconOnly
              icon="close"
              label={`Remove ${key} = ${value}`}
              onClick={() => onChange(attributes.filter((other) => other !== filter))}
            />
          </span>
        );
      })}
      <AddAttribute onAdd={(filter) => onChange([...attributes, filter])} />
    </div>
  );
}

function AddAttribute({ onAdd }: { onAdd: (filter: AttributeFilter) => void }) {
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const typed = useDebounced(text, 150);
  const equals = typed.indexOf('=');
  const key = equals > 0 ? typed.slice(0, equals).trim() : '';
  const keys = useAttributeKeys(typed.trim(), open && equals < 0);
  const values = useAttributeValues(key, typed.slice(equals + 1).trim(), open);
  const suggestions =
    key === ''
      ? (keys.data?.keys ?? []).map((item) => ({ value: `${item.key}=`, hint: formatCompact(item.count) }))
      : (values.data?.values ?? []).map((item) => ({ value: `${key}=${item.value}`, hint: formatCompact(item.count) }));
  return (
    <Suggest
      className={styles.add}
      label="Add an attribute filter"
      placeholder="attribute=value"
      text={text}
      onText={setText}
      onOpen={setOpen}
      suggestions={suggestions}
      onCommit={(value) => {
        const filter = readAttribute(value);
        if (filter && filter.value !== '') {
          onAdd(filter);
          setText('');
        } else setText(value);
      }}
    />
  );
}
