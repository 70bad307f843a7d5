/** The question: one search, the window of time, and buttons that write into the search. */
import type { ReactNode } from 'react';
import type { Condition } from '../../api/search';
import { Button } from '../../ui/Button';
import { TimePicker } from '../../ui/TimePicker';
import { SearchBox } from '../search/SearchBox';
import styles from './LogsPage.module.css';
import type { LogsQuery } from './model/logsUrl';

interface Props {
  query: LogsQuery;
  error: unknown;
  onChange: (change: Partial<LogsQuery>) => void;
  onRefresh: () => void;
  refreshing: boolean;
  onAdd: (condition: Condition) => void;
  /** Buttons at the end of the search. */
  children?: ReactNode;
}

/** OTLP's number from which a record is an error. */
const ERROR = 'severity_number >= 17';

export function LogBar({ query, error, onChange, onRefresh, refreshing, onAdd, children }: Props) {
  const onlyErrors = query.query.includes(ERROR);
  return (
    <div className={styles.bar}>
      <div className={styles.row} role="search" aria-label="Logs">
        <SearchBox
          signal="logs"
          label="Search"
          placeholder="Search: a word of the body, or severity = ERROR and service = web"
          query={query.query}
          error={error}
          onRun={(text) => onChange({ query: text, log: '' })}
        >
          {children}
        </SearchBox>
      </div>
      <div className={styles.row}>
        <TimePicker window={query.window} onChange={(window) => onChange({ window })} />
        <Button
          icon="error"
          label="Errors"
          pressed={onlyErrors}
          onClick={() =>
            onAdd(onlyErrors ? { field: 'severity_number' } : { field: 'severity_number', operator: '>=', value: '17', type: 'int', replaces: true })
          }
        />
        <Button icon="wrap" label="Wrap" pressed={query.wrap} onClick={() => onChange({ wrap: !query.wrap })} />
        <span className={styles.right}>
          <Button icon="live" label="Live" pressed={query.live} onClick={() => onChange({ live: !query.live })} />
          <Button label="Refresh" disabled={refreshing} onClick={onRefresh} />
        </span>
      </div>
    </div>
  );
}
