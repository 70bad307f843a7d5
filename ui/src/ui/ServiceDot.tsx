/** The colour of a service as a small square; the name always stands beside it or in its title. */
import { serviceColor } from './colors';
import styles from './ServiceDot.module.css';

export function ServiceDot({ service, titled = false }: { service: string; titled?: boolean }) {
  return (
    <span
      className={styles.dot}
      style={{ background: serviceColor(service) }}
      title={titled ? service : undefined}
      {...(titled ? { role: 'img', 'aria-label': service } : { 'aria-hidden': true })}
    />
  );
}
