/** /metrics: one metric at a time, by groups of its series, and the list to choose from. */
import { useMemo, useState } from 'react';
import { useMetrics } from '../../api/metrics';
import { Button } from '../../ui/Button';
import { ErrorNotice, Notice } from '../../ui/Notice';
import { TimePicker } from '../../ui/TimePicker';
import { boundsOf, widerWindows } from '../../ui/timeWindow';
import { useTitle } from '../../ui/useTitle';
import { MetricChart } from './MetricChart';
import { MetricControls } from './MetricControls';
import { MetricPicker } from './MetricPicker';
import styles from './MetricsPage.module.css';
import { SendMetrics } from './SendMetrics';
import { NO_METRIC, windowParams } from './model/metricUrl';
import { useMetricView } from './useMetricView';

export function MetricsPage() {
  const [view, change] = useMetricView();
  useTitle(view.name || 'Metrics');
  const [askedAt, setAskedAt] = useState(() => Date.now());
  const bounds = useMemo(() => boundsOf(view.window, askedAt), [view.window, askedAt]);
  const window = useMemo(() => windowParams(bounds).toString(), [bounds]);
  const metrics = useMetrics('', window);
  const found = metrics.data?.metrics ?? [];
  const metric = found.find(({ name, kind }) => name === view.name && (view.kind === '' || view.kind === kind));
  const isEmpty = metrics.isSuccess && !metrics.isPlaceholderData && found.length === 0;
  const refresh = () => {
    setAskedAt(Date.now());
    void metrics.refetch();
  };
  return (
    <div className={styles.page}>
      <div className={styles.bar}>
        <TimePicker
          window={view.window}
          onChange={(chosen) => {
            setAskedAt(Date.now());
            change({ window: chosen });
          }}
        />
        <Button label="Refresh" disabled={metrics.isFetching} onClick={refresh} />
      </div>
      {metrics.isError && <ErrorNotice error={metrics.error} onRetry={() => void metrics.refetch()} />}
      {isEmpty && !view.name ? (
        <SendMetrics wider={widerWindows(view.window)} onWindow={(last) => change({ window: { last } })} />
      ) : (
        <div className={styles.columns}>
          <MetricPicker
            metrics={found}
            total={metrics.data?.total ?? 0}
            chosen={metric}
            onChoose={({ name, kind }) => {
              const isAmbiguous = found.filter((other) => other.name === name).length > 1;
              change({ ...NO_METRIC, name, kind: isAmbiguous ? kind : '' });
            }}
          />
          <section className={styles.metric} aria-label="Metric">
            {view.name === '' ? (
              <Notice title="Choose a metric">The list holds every metric with points in this window. Type to narrow it.</Notice>
            ) : (
              <>
                <MetricControls view={view} metric={metric} window={window} onChange={change} />
                <MetricChart
                  question={view}
                  bounds={bounds}
                  description={metric?.description ?? ''}
                  onZoom={(fromMs, toMs) => change({ window: { fromMs, toMs } })}
                />
              </>
            )}
          </section>
        </div>
      )}
    </div>
  );
}
