/** Said only when the skeleton takes long enough to be noticed. */
import styles from './TraceLoading.module.css';

export function TraceLoading({ traceId }: { traceId: string }) {
  return (
    <p className={styles.loading} role="status">
      Reading trace {traceId}
    </p>
  );
}
