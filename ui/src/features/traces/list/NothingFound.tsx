/** An empty list, and what to do about it. */
import { Button } from '../../../ui/Button';
import { Notice } from '../../../ui/Notice';
import { DEFAULT_QUERY, widerWindows, type TraceQuery } from '../model/listUrl';

interface Props {
  query: TraceQuery;
  filtered: boolean;
  onChange: (change: Partial<TraceQuery>) => void;
}

export function NothingFound({ query, filtered, onChange }: Props) {
  const wider = widerWindows(query.window);
  const advice = wider.length > 0 ? 'look further back' : 'set a longer time with Between';
  return (
    <Notice title={filtered ? 'No trace matches' : 'No traces in this window'}>
      <p>
        {filtered
          ? `All filters have to hold for one and the same span. Take one away, or ${advice}.`
          : `This project has traces at other times: ${advice}.`}
      </p>
      <p style={{ display: 'flex', gap: 8, marginTop: 12 }}>
        {filtered && (
          <Button label="Clear filters" onClick={() => onChange({ ...DEFAULT_QUERY, window: query.window })} />
        )}
        {wider.map((last) => (
          <Button key={last} label={`Last ${last}`} onClick={() => onChange({ window: { last } })} />
        ))}
      </p>
    </Notice>
  );
}
