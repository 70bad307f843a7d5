/** One attribute. Text that is JSON or has lines is shown as code; a number never looks like text. */
import { Fragment } from 'react';
import { useLocation } from 'wouter';
import { useProject, withProject } from '../../../../api/project';
import type { Attribute } from '../../../../api/types';
import { Button } from '../../../../ui/Button';
import { CopyButton } from '../../../../ui/CopyButton';
import { LongText } from '../../../../ui/LongText';
import { DEFAULT_QUERY, writeQuery } from '../../model/listUrl';
import { prettyJson } from '../../model/pretty';
import styles from './Attributes.module.css';

export function AttributeItem({ attribute, filterable }: { attribute: Attribute; filterable: boolean }) {
  const { key, type, value } = attribute;
  const pretty = prettyJson(value);
  const isCode = pretty !== null || value.includes('\n');
  const isNumber = type === 'int' || type === 'double' || type === 'bool';
  const isNothing = type === 'empty' || value === '';
  return (
    <div className={styles.item}>
      <dt>
        {/* Keys are broken between their words. */}
        {key.split(/(?<=[._/:-])/).map((part, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- a key may repeat a word
          <Fragment key={index}>
            {index > 0 && <wbr />}
            {part}
          </Fragment>
        ))}
      </dt>
      <dd className={isCode ? styles.code : isNumber ? styles.number : undefined}>
        {isNothing ? (
          <span className={styles.empty}>{type === 'empty' ? 'no value' : 'empty text'}</span>
        ) : (
          <LongText text={pretty ?? value} />
        )}
        {type !== 'string' && type !== 'empty' && <span className={styles.type}>{type}</span>}
      </dd>
      <div className={styles.actions}>
        {filterable && <FilterButton attribute={attribute} />}
        <CopyButton text={value} label={`Copy value of ${key}`} />
      </div>
    </div>
  );
}

function FilterButton({ attribute: { key, value } }: { attribute: Attribute }) {
  const [, navigate] = useLocation();
  const project = useProject();
  const query = writeQuery({ ...DEFAULT_QUERY, window: { last: '24h' }, attributes: [{ key, value }] }, '');
  return (
    <Button
      bare
      small
      iconOnly
      icon="filter"
      label={`List traces with this ${key}`}
      onClick={() => navigate(withProject(`/${query}`, project))}
    />
  );
}
