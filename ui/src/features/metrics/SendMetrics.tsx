/** No metric in the window: what to paste so that there is one. */
import { useVersion } from '../../api/server';
import { useProject, DEFAULT_PROJECT } from '../../api/project';
import { Button } from '../../ui/Button';
import { CopyButton } from '../../ui/CopyButton';
import type { RelativeWindow } from '../../ui/timeWindow';
import styles from './MetricsPage.module.css';

export function SendMetrics({ wider, onWindow }: { wider: RelativeWindow[]; onWindow: (last: RelativeWindow) => void }) {
  const version = useVersion();
  const project = useProject();
  const endpoint = version.data?.endpoints.otlp_http ?? 'http://127.0.0.1:4318';
  const header = project === DEFAULT_PROJECT ? '' : `\n    headers={"x-spanhouse-project": ${JSON.stringify(project)}},`;
  const code = `# pip install opentelemetry-sdk opentelemetry-exporter-otlp-proto-http
from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader

exporter = OTLPMetricExporter("${endpoint}/v1/metrics",${header})
provider = MeterProvider([PeriodicExportingMetricReader(exporter, 5000)])
requests = provider.get_meter("first").create_counter("requests", "{request}")
requests.add(1, {"http.route": "/"})
provider.shutdown()`;
  return (
    <section className={styles.start}>
      <h2>No metrics in this window</h2>
      <p>
        Metrics are received as OTLP at <code>{endpoint}</code>: counters, gauges, histograms of both kinds, summaries. <code>spanhouse demo</code>{' '}
        sends some, or paste this:
      </p>
      <pre>{code}</pre>
      <p style={{ display: 'flex', gap: 8 }}>
        <CopyButton text={code} wide />
        {wider.map((last) => (
          <Button key={last} label={`Last ${last}`} onClick={() => onWindow(last)} />
        ))}
      </p>
    </section>
  );
}
