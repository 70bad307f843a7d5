/** An empty list, and what to do about it. */
import { Button } from '../../../ui/Button';
import { Notice } from '../../../ui/Notice';
import { DEFAULT_QUERY, type TraceQuery } from '../model/listUrl';

interface Props {
  query: TraceQuery;
  filtered: boolean;
  onChange: (change: Partial<TraceQuery>) => void;
}

export function NothingFound({ query, filtered, onChange }: Props) {
  return (
    <Notice title={filtered ? 'No trace matches' : 'No traces in this window'}>
      <p>
        {filtered
          ? 'All filters have to hold for one and the same span. Take one away, or look further back.'
          : 'There are older ones: look further back.'}
      </p>
      <p style={{ display: 'flex', gap: 8, marginTop: 12 }}>
        {filtered && (
          <Button label="Clear filters" onClick={() => onChange({ ...DEFAULT_QUERY, window: query.window })} />
        )}
        <Button label="Last 24h" onClick={() => onChange({ window: { last: '24h' } })} />
        <Button label="Last 7d" onClick={() => onChange({ window: { last: '7d' } })} />
      </p>
    </Notice>
  );
}
