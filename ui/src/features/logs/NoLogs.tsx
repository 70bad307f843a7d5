/** No record matches, and what to do about it. */
import { Button } from '../../ui/Button';
import { Notice } from '../../ui/Notice';
import { widerWindows } from '../../ui/timeWindow';
import type { LogsQuery } from './model/logsUrl';

export function NoLogs({ query, onChange }: { query: LogsQuery; onChange: (change: Partial<LogsQuery>) => void }) {
  const filtered = query.query !== '';
  const wider = widerWindows(query.window);
  const advice = wider.length > 0 ? 'look further back' : 'set a longer time with Between';
  return (
    <Notice title={filtered ? 'No record matches' : 'No records in this window'}>
      <p>
        {filtered
          ? `Take a condition away, or ${advice}. One word finds more than two, and severity_number >= 13 finds warnings whatever a sender calls them.`
          : `This project has log records at other times: ${advice}.`}
      </p>
      <p style={{ display: 'flex', gap: 8, marginTop: 12 }}>
        {filtered && <Button label="Clear the search" onClick={() => onChange({ query: '' })} />}
        {wider.map((last) => (
          <Button key={last} label={`Last ${last}`} onClick={() => onChange({ window: { last } })} />
        ))}
      </p>
    </Notice>
  );
}
