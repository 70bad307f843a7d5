/** A field for a trace: its id, or the address of its page. */
import { useId, useState } from 'react';
import styles from './ComparePage.module.css';
import { traceIdIn } from './model/compareUrl';

interface Props {
  label: string;
  traceId: string;
  onTrace: (traceId: string) => void;
}

export function TraceField({ label, traceId, onTrace }: Props) {
  const id = useId();
  const [text, setText] = useState(traceId);
  const found = traceIdIn(text);
  const invalid = text.trim() !== '' && found === null;
  return (
    <label className={styles.field}>
      {label}
      <input
        value={text}
        spellCheck={false}
        autoComplete="off"
        placeholder="32 hex digits, or the address of a trace"
        aria-invalid={invalid}
        aria-describedby={invalid ? id : undefined}
        onChange={(event) => {
          setText(event.target.value);
          const next = traceIdIn(event.target.value);
          if (next !== null && next !== traceId) onTrace(next);
        }}
      />
      {invalid && (
        <span id={id} role="alert">
          No trace id in it: 32 hex digits
        </span>
      )}
    </label>
  );
}
