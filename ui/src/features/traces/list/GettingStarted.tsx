/** Nothing has arrived: what to paste so that something does. */
import { useState } from 'react';
import { useVersion } from '../../../api/server';
import { useProject } from '../../../api/project';
import { CopyButton } from '../../../ui/CopyButton';
import { TabBar } from '../../../ui/TabBar';
import styles from './GettingStarted.module.css';
import { SNIPPETS, snippetOf, type Snippet } from './snippets';

export function GettingStarted() {
  const [shown, setShown] = useState<Snippet>('demo');
  const version = useVersion();
  const project = useProject();
  const endpoint = version.data?.endpoints.otlp_http ?? 'http://127.0.0.1:4318';
  const grpc = version.data?.endpoints.otlp_grpc ?? '127.0.0.1:4317';
  const code = snippetOf(shown, { endpoint, grpc, page: window.location.origin }, project);
  return (
    <section className={styles.start}>
      <h2>Waiting for the first trace</h2>
      <p>
        OTLP is received at <code>{endpoint}</code> (HTTP) and{' '}
        <code>{grpc}</code> (gRPC). Paste one of these; the page shows what arrives.
      </p>
      <div className={styles.head}>
        <TabBar label="Ways to send a trace" tabs={SNIPPETS} selected={shown} onSelect={setShown} />
        <CopyButton text={code} wide />
      </div>
      <pre className={styles.code} role="tabpanel" id={`panel-${shown}`} aria-labelledby={`tab-${shown}`}>
        {code}
      </pre>
    </section>
  );
}
