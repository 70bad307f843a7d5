/** One panel's title and content. */
import { useState } from 'react';
import { useMetrics } from '../../api/metrics';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Suggest } from '../../ui/Suggest';
import type { Bounds } from '../../ui/timeWindow';
import { windowParams } from '../metrics/model/metricUrl';
import styles from './Dashboard.module.css';
import { SQL_VIEWS, type Content, type MetricContent, type Panel, type SqlContent } from './model/dashboard';

const BLANK: Record<Content['kind'], Content> = {
  metric: { kind: 'metric', metric: { name: '', kind: '', aggregation: '', group_by: [], query: '' } },
  sql: {
    kind: 'sql',
    view: 'chart',
    query: "SELECT toStartOfInterval(Timestamp, toIntervalSecond({step:UInt32})) AS time, count() AS spans\nFROM otel_traces\nWHERE Timestamp BETWEEN {from:DateTime64(3, 'UTC')} AND {to:DateTime64(3, 'UTC')}\nGROUP BY time\nORDER BY time",
    unit: '',
  },
  text: { kind: 'text', markdown: '' },
};

interface Props {
  panel: Panel;
  bounds: Bounds;
  onSave: (panel: Panel) => void;
  onClose: () => void;
}

export function PanelEditor({ panel, bounds, onSave, onClose }: Props) {
  const [draft, setDraft] = useState(panel);
  const { content } = draft;
  const change = (next: Content) => setDraft({ ...draft, content: next });
  return (
    <Dialog label="Panel" onClose={onClose} top>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          onSave(draft);
        }}
      >
        <label>
          Title
          <input value={draft.title} onChange={(event) => setDraft({ ...draft, title: event.target.value })} />
        </label>
        <label>
          Shows
          <select value={content.kind} onChange={(event) => change(BLANK[event.target.value as Content['kind']])}>
            <option value="metric">a metric</option>
            <option value="sql">an answer of SQL</option>
            <option value="text">a note</option>
          </select>
        </label>
        {content.kind === 'metric' && <MetricFields content={content} bounds={bounds} onChange={change} />}
        {content.kind === 'sql' && <SqlFields content={content} onChange={change} />}
        {content.kind === 'text' && (
          <label>
            Markdown: headings, lists, bold, code, links
            <textarea value={content.markdown} onChange={(event) => change({ kind: 'text', markdown: event.target.value })} />
          </label>
        )}
        <footer>
          <Button label="Cancel" onClick={onClose} />
          <Button label="Apply" type="submit" />
        </footer>
      </form>
    </Dialog>
  );
}

function MetricFields({ content, bounds, onChange }: { content: MetricContent; bounds: Bounds; onChange: (content: Content) => void }) {
  const metrics = useMetrics('', windowParams(bounds).toString());
  const { metric } = content;
  const put = (part: Partial<MetricContent['metric']>) => onChange({ kind: 'metric', metric: { ...metric, ...part } });
  const wanted = metric.name.toLowerCase();
  const known = metrics.data?.metrics.find(({ name }) => name === metric.name);
  return (
    <>
      <div>
        Metric
        <Suggest
          label="Metric"
          placeholder="name of a metric"
          text={metric.name}
          onText={(name) => put({ name })}
          onCommit={(name) => put({ name: name.trim() })}
          suggestions={(metrics.data?.metrics ?? [])
            .filter(({ name }) => name.toLowerCase().includes(wanted))
            .map(({ name, kind }) => ({ value: name, hint: kind }))}
        />
      </div>
      <label>
        Aggregation
        <select value={metric.aggregation} onChange={(event) => put({ aggregation: event.target.value })}>
          <option value="">the default</option>
          {[...new Set([...(known?.aggregations ?? []), ...(metric.aggregation ? [metric.aggregation] : [])])].map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <label>
        Group by (attribute keys, with commas between)
        <input value={metric.group_by.join(', ')} onChange={(event) => put({ group_by: event.target.value.split(/,\s*/).filter(Boolean) })} />
      </label>
      <label>
        Filter
        <input value={metric.query} placeholder="http.route = /cart" spellCheck={false} onChange={(event) => put({ query: event.target.value })} />
      </label>
    </>
  );
}

function SqlFields({ content, onChange }: { content: SqlContent; onChange: (content: Content) => void }) {
  return (
    <>
      <label>
        As
        <select value={content.view} onChange={(event) => onChange({ ...content, view: event.target.value as SqlContent['view'] })}>
          {SQL_VIEWS.map((view) => (
            <option key={view}>{view}</option>
          ))}
        </select>
      </label>
      <label>
        SQL, with {'{from:DateTime64(3, \'UTC\')}'}, {'{to:DateTime64(3, \'UTC\')}'} and {'{step:UInt32}'} (seconds) of the window
        <textarea value={content.query} spellCheck={false} onChange={(event) => onChange({ ...content, query: event.target.value })} />
      </label>
      <label>
        Unit, as in s, ms, By, %, {'{token}'}, 1/s
        <input value={content.unit} onChange={(event) => onChange({ ...content, unit: event.target.value })} />
      </label>
    </>
  );
}
