/** What a live list is doing: how fast rows come, how many wait while it stands still, and whether the server answers. */
import { formatCompact, plural } from '../../format/number';
import { Button } from '../../ui/Button';
import styles from './LiveStatus.module.css';

interface Props {
  noun: string;
  /** Rows a second, of the last minute; null before it is known. */
  rate: number | null;
  held: boolean;
  waiting: number;
  /** Whether "at least" belongs before the number of those that wait. */
  more: boolean;
  failing: boolean;
  onShow: () => void;
}

export function LiveStatus({ noun, rate, held, waiting, more, failing, onShow }: Props) {
  return (
    <span className={styles.live}>
      {failing ? (
        <span className={styles.failing}>No answer from the server; trying again</span>
      ) : (
        <span>
          {held ? 'Live, standing still while you read' : 'Live'}
          {rate !== null && `, ${rateText(rate)}`}
        </span>
      )}
      {held && waiting > 0 && <Button small icon="up" label={`${more ? 'more than ' : ''}${plural(waiting, `new ${noun}`)}`} onClick={onShow} />}
    </span>
  );
}

function rateText(rate: number): string {
  if (rate === 0) return 'nothing new';
  return rate >= 1 ? `${formatCompact(Math.round(rate))} a second` : `${Math.max(1, Math.round(rate * 60))} a minute`;
}
