/** Attributes in key order, each with its type where it is not text; one can be copied or made a filter. */
import { useState } from 'react';
import type { Attribute } from '../../../../api/types';
import { plural } from '../../../../format/number';
import { AttributeItem } from './AttributeItem';
import styles from './Attributes.module.css';

interface Props {
  attributes: Attribute[];
  dropped: number;
  /** Offers to list the traces that carry the same value. */
  filterable?: boolean;
  /** Without the filter box, inside an event or a link. */
  bare?: boolean;
}

export function Attributes({ attributes, dropped, filterable = false, bare = false }: Props) {
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  const shown = attributes
    .filter(({ key, value }) => `${key}=${value}`.toLowerCase().includes(wanted))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
  return (
    <>
      {!bare && attributes.length > 5 && (
        <div className={styles.bar}>
          <input
            type="search"
            aria-label="Filter attributes"
            placeholder="Filter by key or value"
            spellCheck={false}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </div>
      )}
      <dl className={styles.list}>
        {shown.map((attribute) => (
          <AttributeItem key={`${attribute.key}/${attribute.value}`} attribute={attribute} filterable={filterable} />
        ))}
      </dl>
      {shown.length === 0 && !bare && (
        <p className={styles.none}>{wanted ? 'No attribute like that.' : 'No attributes were recorded.'}</p>
      )}
      {dropped > 0 && <p className={styles.dropped}>{plural(dropped, 'attribute')} dropped by the sender.</p>}
    </>
  );
}
