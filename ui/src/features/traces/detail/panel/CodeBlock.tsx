/** A titled block of JSON or text with a copy button. */
import { CopyButton } from '../../../../ui/CopyButton';
import { Icon, type IconName } from '../../../../ui/Icon';
import { LongText } from '../../../../ui/LongText';
import { showValue } from '../../model/pretty';
import styles from './Conversation.module.css';

interface Props {
  title: string;
  icon: IconName;
  note?: string;
  value: unknown;
}

export function CodeBlock({ title, icon, note = '', value }: Props) {
  const text = showValue(value);
  return (
    <section className={styles.block} aria-label={title}>
      <header className={styles.blockHead}>
        <Icon name={icon} size={13} />
        <b>{title}</b>
        {note && <code>{note}</code>}
        <CopyButton text={text} label={`Copy ${title}`} />
      </header>
      {text && <pre><LongText text={text} /></pre>}
    </section>
  );
}
