/** How the metric is asked: aggregation, groups, and a filter in the search language that is completed from its attributes. */
import { useState } from 'react';
import { useMetricKeyValues, useMetricKeys } from '../../api/metrics';
import type { Metric } from '../../api/types';
import { formatCompact } from '../../format/number';
import { Button } from '../../ui/Button';
import { Suggest } from '../../ui/Suggest';
import { useDebounced } from '../../ui/useDebounced';
import { kindName } from './MetricPicker';
import styles from './MetricsPage.module.css';
import { quoted, typedCondition, type MetricView } from './model/metricUrl';

interface Props {
  view: MetricView;
  metric: Metric | undefined;
  /** The window as API parameters. */
  window: string;
  onChange: (change: Partial<MetricView>) => void;
}

export function MetricControls({ view, metric, window, onChange }: Props) {
  const aggregations = metric?.aggregations ?? [];
  const asked = view.aggregation || (aggregations[0] ?? '');
  return (
    <>
      <div className={styles.head}>
        <h1 className={styles.title}>{view.name}</h1>
        {metric && (
          <span className={styles.description}>
            {[kindName(metric), ...metric.temporality].join(', ')}
            {metric.unit && metric.unit !== '1' && `, in ${metric.unit}`}
          </span>
        )}
      </div>
      {metric?.description && <p className={styles.description}>{metric.description}</p>}
      <div className={styles.controls}>
        <select aria-label="Aggregation" value={asked} onChange={(event) => onChange({ aggregation: event.target.value === aggregations[0] ? '' : event.target.value })}>
          {(aggregations.includes(asked) ? aggregations : [asked, ...aggregations]).map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
        {view.groupBy.map((key) => (
          <span key={key} className={styles.chip}>
            by {key}
            <Button bare small iconOnly icon="close" label={`Do not group by ${key}`} onClick={() => onChange({ groupBy: view.groupBy.filter((other) => other !== key) })} />
          </span>
        ))}
        <GroupField view={view} window={window} onChange={onChange} />
        <QueryField view={view} window={window} onChange={onChange} />
      </div>
    </>
  );
}

type FieldProps = Pick<Props, 'view' | 'window' | 'onChange'>;

function GroupField({ view, window, onChange }: FieldProps) {
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const keys = useMetricKeys(view.name, window, open);
  const wanted = text.toLowerCase();
  return (
    <Suggest
      className={styles.by}
      label="Group by"
      placeholder="group by"
      text={text}
      onText={setText}
      onOpen={setOpen}
      suggestions={(keys.data?.keys ?? [])
        .filter(({ key }) => key.toLowerCase().includes(wanted) && !view.groupBy.includes(key))
        .map(({ key, value_count }) => ({ value: key, hint: `${formatCompact(value_count)} values` }))}
      onCommit={(key) => {
        setText('');
        if (key.trim() && !view.groupBy.includes(key.trim())) onChange({ groupBy: [...view.groupBy, key.trim()] });
      }}
    />
  );
}

function QueryField({ view, window, onChange }: FieldProps) {
  const [draft, setDraft] = useState({ text: view.query, from: view.query });
  if (draft.from !== view.query) setDraft({ text: view.query, from: view.query });
  const [open, setOpen] = useState(false);
  const typed = typedCondition(useDebounced(draft.text, 150));
  const keys = useMetricKeys(view.name, window, open);
  const values = useMetricKeyValues(view.name, open && typed.operator ? typed.key.replaceAll('"', '') : '', typed.operator === '~' ? '' : typed.value, window);
  const suggestions = typed.operator
    ? (values.data?.values ?? []).map(({ value, series_count }) => ({
        value: `${typed.before}${typed.key} ${typed.operator} ${quoted(value)}`,
        hint: `${formatCompact(series_count)} series`,
      }))
    : (keys.data?.keys ?? [])
        .filter(({ key }) => key.toLowerCase().includes(typed.key.trim().toLowerCase()))
        .map(({ key, value_count }) => ({ value: `${typed.before}${key} = `, hint: `${formatCompact(value_count)} values` }));
  return (
    <Suggest
      className={styles.query}
      label="Filter"
      placeholder="filter: http.route = /cart and service ~ shop"
      text={draft.text}
      onText={(text) => setDraft({ ...draft, text })}
      onOpen={setOpen}
      suggestions={suggestions}
      onCommit={(text) => {
        setDraft({ ...draft, text });
        // An unfinished condition stays in the field.
        if (!/[=~]\s*$/.test(text)) onChange({ query: text.trim() });
      }}
    />
  );
}
