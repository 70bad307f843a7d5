/** An empty list, and what to do about it. */
import { Button } from '../../../ui/Button';
import { Notice } from '../../../ui/Notice';
import { widerWindows } from '../../../ui/timeWindow';
import type { TraceQuery } from '../model/listUrl';

interface Props {
  query: TraceQuery;
  onChange: (change: Partial<TraceQuery>) => void;
}

export function NothingFound({ query, onChange }: Props) {
  const filtered = query.query !== '';
  const noun = query.view === 'spans' ? 'span' : 'trace';
  const wider = widerWindows(query.window);
  const advice = wider.length > 0 ? 'look further back' : 'set a longer time with Between';
  return (
    <Notice title={filtered ? `No ${noun} matches` : `No ${noun}s in this window`}>
      <p>
        {filtered
          ? `The whole search has to hold of one and the same span: take a condition away, or ${advice}. A value matches only its own type, so 5 is not "5".`
          : `This project has ${noun}s at other times: ${advice}.`}
      </p>
      <p style={{ display: 'flex', gap: 8, marginTop: 12 }}>
        {filtered && (
          <Button label="Clear the search" onClick={() => onChange({ query: '' })} />
        )}
        {wider.map((last) => (
          <Button key={last} label={`Last ${last}`} onClick={() => onChange({ window: { last } })} />
        ))}
      </p>
    </Notice>
  );
}
