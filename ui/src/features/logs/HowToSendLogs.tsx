/** A project without a single log record: what to paste so that one comes. */
import { useProject } from '../../api/project';
import { useVersion } from '../../api/server';
import { CopyButton } from '../../ui/CopyButton';
import { Notice } from '../../ui/Notice';
import styles from './LogsPage.module.css';

export function HowToSendLogs() {
  const version = useVersion();
  const project = useProject();
  const endpoint = version.data?.endpoints.otlp_http ?? 'http://127.0.0.1:4318';
  const header = project === 'default' ? '' : `  -H 'x-spanhouse-project: ${project}' \\\n`;
  const code = `curl ${endpoint}/v1/logs \\
${header}  -H 'content-type: application/json' \\
  -d '{"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"hello"}}]},
    "scopeLogs":[{"logRecords":[{"timeUnixNano":"'$(date +%s)'000000000","severityText":"INFO","severityNumber":9,
      "body":{"stringValue":"first record"}}]}]}]}'`;
  return (
    <Notice title="Waiting for the first log record">
      <p>
        OTLP is received at <code>{endpoint}/v1/logs</code>. Any OpenTelemetry SDK with a logs exporter sends here once{' '}
        <code>OTEL_EXPORTER_OTLP_ENDPOINT={endpoint}</code> is set; in Python,{' '}
        <code>OTEL_PYTHON_LOGGING_AUTO_INSTRUMENTATION_ENABLED=true opentelemetry-instrument python app.py</code> sends what{' '}
        <code>logging</code> writes. Or try one record:
      </p>
      <div className={styles.code}>
        <pre>{code}</pre>
        <CopyButton text={code} wide />
      </div>
    </Notice>
  );
}
