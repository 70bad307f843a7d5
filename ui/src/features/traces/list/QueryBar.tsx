/** The question: one search, the window of time, and buttons that write into the search. */
import type { ReactNode } from 'react';
import { useNarrow, type Condition } from '../../../api/search';
import { useServices } from '../../../api/server';
import { formatCompact } from '../../../format/number';
import { Button } from '../../../ui/Button';
import { TimePicker } from '../../../ui/TimePicker';
import { ServicePicker } from '../../search/ServicePicker';
import { SearchBox } from '../../search/SearchBox';
import { VIEWS, type TraceQuery } from '../model/listUrl';
import styles from './QueryBar.module.css';

interface Props {
  query: TraceQuery;
  error: unknown;
  onChange: (change: Partial<TraceQuery>) => void;
  onRefresh: () => void;
  refreshing: boolean;
  /** Buttons at the end of the search. */
  children?: ReactNode;
}

const FAILED = 'status = error';

export function QueryBar({ query, error, onChange, onRefresh, refreshing, children }: Props) {
  const narrow = useNarrow('spans');
  const services = useServices();
  const add = (condition: Condition) => narrow(query.query, condition, (narrowed) => onChange({ query: narrowed }));
  const onlyFailed = query.query.includes(FAILED);
  return (
    <div className={styles.bar}>
      <div className={styles.row} role="search" aria-label={query.view === 'spans' ? 'Spans' : 'Traces'}>
        <SearchBox
          signal="spans"
          label="Search"
          placeholder="Search: a word, or service = web and duration > 1s"
          query={query.query}
          error={error}
          onRun={(text) => onChange({ query: text })}
        >
          {children}
        </SearchBox>
      </div>
      <div className={styles.row}>
        <div className={styles.views} role="group" aria-label="Show">
          {VIEWS.map((view) => (
            <button key={view} type="button" aria-pressed={query.view === view} onClick={() => onChange({ view })}>
              {view === 'traces' ? 'Traces' : 'Spans'}
            </button>
          ))}
        </div>
        <TimePicker window={query.window} onChange={(window) => onChange({ window })} />
        <ServicePicker
          services={(services.data?.services ?? []).map(({ name, span_count }) => ({ value: name, hint: formatCompact(span_count) }))}
          onPick={(value) => add({ field: 'service', value, replaces: true })}
        />
        <Button
          icon="error"
          label="Errors"
          pressed={onlyFailed}
          onClick={() => add(onlyFailed ? { field: 'status' } : { field: 'status', value: 'error', replaces: true })}
        />
        <span className={styles.right}>
          <Button icon="live" label="Live" pressed={query.live} onClick={() => onChange({ live: !query.live })} />
          <Button label="Refresh" disabled={refreshing} onClick={onRefresh} />
        </span>
      </div>
    </div>
  );
}
