/** One attribute. Text that is JSON or has lines is shown as code; a number never looks like text. */
import { Fragment } from 'react';
import { Link, useLocation } from 'wouter';
import { useProject, withProject } from '../../../../api/project';
import { useNarrow } from '../../../../api/search';
import type { Attribute } from '../../../../api/types';
import { Button } from '../../../../ui/Button';
import { CopyButton } from '../../../../ui/CopyButton';
import { LongText } from '../../../../ui/LongText';
import { sessionPath, userPath } from '../../../sessions/model/activityUrl';
import { DEFAULT_QUERY, writeQuery } from '../../model/listUrl';
import { prettyJson } from '../../model/pretty';
import styles from './Attributes.module.css';

const COMPARED: ReadonlySet<Attribute['type']> = new Set(['string', 'int', 'double', 'bool'] as const);
/** A search has at most 4000 characters. */
const MOST_CHARACTERS = 2000;

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
        <BelongsTo attribute={attribute} />
        {filterable && value.length <= MOST_CHARACTERS && <FilterButton attribute={attribute} />}
        <CopyButton text={value} label={`Copy value of ${key}`} />
      </div>
    </div>
  );
}

/** A session or a user has a page of its own. */
const PAGES: Record<string, (id: string) => string> = {
  'gen_ai.conversation.id': sessionPath,
  'session.id': sessionPath,
  'user.id': userPath,
};

function BelongsTo({ attribute: { key, value } }: { attribute: Attribute }) {
  const project = useProject();
  const pathOf = PAGES[key];
  if (!pathOf || value === '') return null;
  return <Link href={withProject(pathOf(value), project)}>{pathOf === userPath ? 'user' : 'session'}</Link>;
}

function FilterButton({ attribute: { key, type, value } }: { attribute: Attribute }) {
  const [, navigate] = useLocation();
  const project = useProject();
  const narrow = useNarrow('spans');
  // Arrays and maps equal nothing; their text can be looked into.
  const operator = COMPARED.has(type) ? '=' : 'contains';
  const list = (negated: boolean) =>
    narrow('', { field: key, scope: 'any', value, type, operator, negated }, (query) =>
      navigate(withProject(`/${writeQuery({ ...DEFAULT_QUERY, window: { last: '24h' }, query }, '')}`, project)),
    );
  return (
    <>
      <Button bare small iconOnly icon="with" label={`List traces with this ${key}`} onClick={() => list(false)} />
      <Button bare small iconOnly icon="without" label={`List traces without this ${key}`} onClick={() => list(true)} />
    </>
  );
}
