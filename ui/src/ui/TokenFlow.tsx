/** Tokens in and out, short. The arrow is drawn, because the page's fonts have none; it is read as words. */
import { formatCompact, formatCount } from '../format/number';
import { Icon } from './Icon';
import styles from './TokenFlow.module.css';

export function TokenFlow({ input, output }: { input: number; output: number }) {
  return (
    <span className={styles.flow} title={`${formatCount(input)} in, ${formatCount(output)} out`}>
      {formatCompact(input)}
      <span className="visually-hidden"> in, </span>
      <Icon name="to" size={11} />
      {formatCompact(output)}
      <span className="visually-hidden"> out</span>
    </span>
  );
}
