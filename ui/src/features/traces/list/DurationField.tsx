/** A duration as people write it; one that cannot be read is marked and not asked for. */
import { useId, useState } from 'react';
import { parseDuration } from '../../../format/duration';
import styles from './QueryBar.module.css';

interface Props {
  label: string;
  placeholder: string;
  value: string;
  onChange: (value: string) => void;
}

export function DurationField({ label, placeholder, value, onChange }: Props) {
  const id = useId();
  const [draft, setDraft] = useState({ text: value, from: value });
  if (draft.from !== value) setDraft({ text: value, from: value });
  const text = draft.text.trim();
  const invalid = text !== '' && parseDuration(text) === null;
  const commit = () => {
    if (!invalid) onChange(text);
  };
  return (
    <>
      <input
        className={`${styles.field} ${styles.duration}`}
        aria-label={label}
        aria-invalid={invalid}
        aria-describedby={invalid ? id : undefined}
        title={invalid ? 'Write it like 250ms, 1.5s or 2m' : label}
        placeholder={placeholder}
        value={draft.text}
        onChange={(event) => setDraft({ text: event.target.value, from: value })}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
        }}
      />
      {invalid && (
        <span id={id} className="visually-hidden" role="alert">
          Write it like 250ms, 1.5s or 2m
        </span>
      )}
    </>
  );
}
