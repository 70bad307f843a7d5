/** How much of the answer is on screen; never silent about the rest. */
import type { TracePage } from '../../../api/types';
import { formatCount } from '../../../format/number';
import styles from './TraceListPage.module.css';

interface Props {
  shown: number;
  page: TracePage | undefined;
  fetching: boolean;
}

export function ListStatus({ shown, page, fetching }: Props) {
  return (
    <div className={styles.status} role="status">
      {page ? (
        <span>
          Showing <b>{formatCount(shown)}</b> of{' '}
          <b>
            {page.total_is_exact ? '' : 'about '}
            {formatCount(page.total)}
          </b>{' '}
          {page.total === 1 ? 'trace' : 'traces'}
        </span>
      ) : (
        <span>{fetching ? 'Reading traces' : ''}</span>
      )}
    </div>
  );
}
