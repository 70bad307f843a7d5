/** Find in this trace: type, Enter for the next match, Shift+Enter for the one before. */
import type { KeyboardEvent, Ref } from 'react';
import { formatCount } from '../../../format/number';
import { Button } from '../../../ui/Button';
import { Icon } from '../../../ui/Icon';
import type { Matches } from '../model/search';
import styles from './SearchBox.module.css';

interface Props {
  ref: Ref<HTMLInputElement>;
  query: string;
  onQuery: (query: string) => void;
  matches: Matches;
  selected: number;
  /** The server is still looking through the attributes. */
  searching: boolean;
  onNext: () => void;
  onPrevious: () => void;
}

export function SearchBox(props: Props) {
  const { ref, query, onQuery, matches, selected, searching, onNext, onPrevious } = props;
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') {
      event.preventDefault();
      if (event.shiftKey) onPrevious();
      else onNext();
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      onQuery('');
      event.currentTarget.blur();
    }
  };
  return (
    <div className={styles.box} role="search">
      <Icon name="search" />
      <input
        ref={ref}
        aria-label="Find in this trace"
        placeholder="Find names, attributes…   /"
        spellCheck={false}
        autoComplete="off"
        value={query}
        onChange={(event) => onQuery(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {query.trim() !== '' && (
        <>
          <MatchCount matches={matches} selected={selected} searching={searching} />
          <Button bare small iconOnly icon="up" label="Previous match" onClick={onPrevious} />
          <Button bare small iconOnly icon="down" label="Next match" onClick={onNext} />
        </>
      )}
    </div>
  );
}

function MatchCount({ matches, selected, searching }: Pick<Props, 'matches' | 'selected' | 'searching'>) {
  const total = matches.positions.length;
  const at = selected >= 0 && matches.is[selected] === 1 ? matches.positions.indexOf(selected) + 1 : 0;
  const text = at > 0 ? `${formatCount(at)} of ${formatCount(total)}` : formatCount(total);
  return (
    <span className={total === 0 && !searching ? `${styles.count} ${styles.none}` : styles.count} role="status">
      {total === 0 ? (searching ? '…' : 'none') : text}
    </span>
  );
}
