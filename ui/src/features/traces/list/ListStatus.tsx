/** How much of the answer is on screen; never silent about the rest. */
import type { ReactNode } from 'react';
import { formatCount } from '../../../format/number';
import styles from './TraceListPage.module.css';

interface Props {
  noun: string;
  shown: number;
  page: { total: number; total_is_exact: boolean } | undefined;
  fetching: boolean;
  children?: ReactNode;
}

export function ListStatus({ noun, shown, page, fetching, children }: Props) {
  return (
    <div className={styles.status} role="status">
      {page ? (
        <span>
          Showing <b>{formatCount(shown)}</b> of{' '}
          <b>
            {page.total_is_exact ? '' : 'at least '}
            {formatCount(page.total)}
          </b>{' '}
          {page.total === 1 ? noun : `${noun}s`}
        </span>
      ) : (
        <span>{fetching ? `Reading ${noun}s` : ''}</span>
      )}
      {children}
    </div>
  );
}
