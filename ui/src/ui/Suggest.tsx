/** A text field that offers what exists in the data; Enter takes what is marked, or what was typed. */
import { useId, useState, type KeyboardEvent } from 'react';
import { intoView } from './intoView';
import styles from './Suggest.module.css';

export interface Suggestion {
  value: string;
  hint?: string;
}

interface Props {
  label: string;
  placeholder: string;
  text: string;
  onText: (text: string) => void;
  suggestions: Suggestion[];
  /** A suggestion was chosen, or the text was entered. */
  onCommit: (value: string) => void;
  onOpen?: (open: boolean) => void;
  className?: string | undefined;
}

export function Suggest(props: Props) {
  const { label, placeholder, text, onText, suggestions, onCommit, onOpen, className } = props;
  const id = useId();
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const show = (next: boolean) => {
    setOpen(next);
    setAt(-1);
    onOpen?.(next);
  };
  const commit = (value: string) => {
    show(false);
    onCommit(value);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      if (!open) show(true);
      setAt((old) => Math.min(Math.max(old + step, -1), suggestions.length - 1));
    } else if (event.key === 'Enter') commit(suggestions[at]?.value ?? text);
    else if (event.key === 'Escape' && open) {
      event.stopPropagation();
      show(false);
    }
  };
  const listed = open && suggestions.length > 0;
  return (
    <div className={className ? `${styles.suggest} ${className}` : styles.suggest}>
      <input
        className={styles.input}
        role="combobox"
        aria-label={label}
        aria-expanded={listed}
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
        placeholder={placeholder}
        spellCheck={false}
        autoComplete="off"
        value={text}
        onFocus={() => show(true)}
        onBlur={() => {
          show(false);
          onCommit(text);
        }}
        onChange={(event) => {
          onText(event.target.value);
          setAt(-1);
          if (!open) show(true);
        }}
        onKeyDown={onKeyDown}
      />
      {listed && (
        <div className={styles.list} role="listbox" id={id} aria-label={label}>
          {suggestions.map(({ value, hint }, index) => (
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the input has the keys
            <div
              key={value}
              id={`${id}-${index}`}
              ref={index === at ? intoView : undefined}
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              className={styles.option}
              onMouseMove={() => setAt(index)}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => commit(value)}
            >
              <span>{value}</span>
              <span>{hint}</span>
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
