/** Texts of a card: prose, or a titled block that can be copied; what is cut says so. */
import type { ShownText } from '../../../../api/types';
import { formatCount } from '../../../../format/number';
import { CopyButton } from '../../../../ui/CopyButton';
import { prettyJson } from '../../model/pretty';
import styles from './Transcript.module.css';

export function Prose({ text, reasoning = false }: { text: ShownText; reasoning?: boolean }) {
  const json = prettyJson(text.text);
  if (json !== null) return <Block label="JSON" text={text} missing="" />;
  return (
    <p className={reasoning ? styles.reasoning : styles.text}>
      <Shown text={text} />
    </p>
  );
}

export function Block({ label, text, missing }: { label: string; text: ShownText | null; missing: string }) {
  if (!text || text.text === '') return missing ? <p className={styles.none}>{missing}</p> : null;
  const pretty = prettyJson(text.text) ?? text.text;
  return (
    <section className={styles.block} aria-label={label}>
      <header>
        {label}
        <CopyButton text={pretty} label={`Copy ${label.toLowerCase()}`} />
      </header>
      <pre>
        {pretty}
        <Rest text={text} />
      </pre>
    </section>
  );
}

export function Shown({ text }: { text: ShownText }) {
  return (
    <>
      {text.text}
      <Rest text={text} />
    </>
  );
}

function Rest({ text: { truncated } }: { text: ShownText }) {
  if (!truncated) return null;
  return (
    <span className={styles.rest}>
      {' '}
      showing {formatCount(truncated.shown)} of {formatCount(truncated.of)} characters; the details have all
    </span>
  );
}
