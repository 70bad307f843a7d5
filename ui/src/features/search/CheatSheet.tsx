/** The language in one look: examples to try, operators and fields, as the server describes them. */
import { useLanguage, type Signal } from '../../api/search';
import { Dialog } from '../../ui/Dialog';
import { ErrorNotice } from '../../ui/Notice';
import styles from './CheatSheet.module.css';

interface Props {
  signal: Signal;
  onClose: () => void;
  onTry: (query: string) => void;
}

export function CheatSheet({ signal, onClose, onTry }: Props) {
  const language = useLanguage(signal, true);
  return (
    <Dialog label="How to search" onClose={onClose} top>
      <div className={styles.sheet}>
        <h2>How to search {signal}</h2>
        <p>
          A word finds what holds it, two words what holds both. Compare a field or an attribute for more; side by side
          is <code>and</code>. Numbers, text and <code>true</code> are different things: <code>5</code> is not{' '}
          <code>&quot;5&quot;</code>.
        </p>
        {language.isError && <ErrorNotice error={language.error} />}
        <ul className={styles.examples}>
          {language.data?.examples.map(({ query, finds }) => (
            <li key={query}>
              <button type="button" onClick={() => onTry(query)}>
                <code>{query}</code>
              </button>
              <span>{finds}</span>
            </li>
          ))}
        </ul>
        <p>
          <kbd>/</kbd> goes to the search, <kbd>?</kbd> shows this{signal === 'logs' && (
            <>
              , <kbd>j</kbd> and <kbd>k</kbd> go through the records, <kbd>Enter</kbd> opens one
            </>
          )}
          . In the search <kbd>Tab</kbd> takes an offer, <kbd>Enter</kbd> runs it, <kbd>Shift</kbd> <kbd>Enter</kbd> breaks the line.
        </p>
        <h3>Fields</h3>
        <dl className={styles.fields}>
          {language.data?.fields.map(({ name, type, description }) => (
            <div key={name}>
              <dt>
                <code>{name}</code> <i>{type}</i>
              </dt>
              <dd>{description}</dd>
            </div>
          ))}
        </dl>
        <p>
          Every other name is the key of an attribute. Operators are{' '}
          <code>= != &lt; &lt;= &gt; &gt;= ~ !~ contains in exists( )</code>, joined by <code>and or not ( )</code>.
        </p>
      </div>
    </Dialog>
  );
}
