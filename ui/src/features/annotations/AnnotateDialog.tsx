/** Says something of a span or a trace, or changes what was said; closes when the server has it, and keeps what was typed when it has not. */
import { useEffect, useRef, useState } from 'react';
import { useAnnotate, useDeleteAnnotation } from '../../api/annotations';
import type { Annotation } from '../../api/types';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { ErrorNotice } from '../../ui/Notice';
import styles from './Annotations.module.css';
import { draftOf, EMPTY, writeOf, type Draft, type Kind, type ScoreForm } from './model';
import { useAuthor } from './useAuthor';

interface Props {
  traceId: string;
  /** Null: of the whole trace. */
  spanId: string | null;
  /** What is changed; null says something new. */
  of?: Annotation | null;
  onClose: () => void;
}

const KINDS: Kind[] = ['comment', 'label', 'score'];
const FORMS: ScoreForm[] = ['number', 'yes or no', 'category'];

export function AnnotateDialog({ traceId, spanId, of = null, onClose }: Props) {
  const [draft, setDraft] = useState<Draft>(of ? draftOf(of) : EMPTY);
  const [author, setAuthor] = useAuthor();
  const [onTrace, setOnTrace] = useState(spanId === null);
  const annotate = useAnnotate(traceId);
  const remove = useDeleteAnnotation(traceId);
  const form = useRef<HTMLFormElement>(null);
  // A dialog that opens takes the focus to its first button.
  useEffect(() => form.current?.querySelector<HTMLElement>('textarea, input')?.focus(), []);
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const write = writeOf(draft, of ? of.span_id : onTrace ? null : spanId, author);
  const busy = annotate.isPending || remove.isPending;
  const error = annotate.error ?? remove.error;
  const submit = () => {
    if (write && !busy) annotate.mutate({ write, of }, { onSuccess: onClose });
  };
  return (
    <Dialog label={of ? `Change the ${of.kind}` : 'Annotate'} onClose={onClose} top>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Ctrl+Enter works in each of its fields */}
      <form
        ref={form}
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
        }}
      >
        {!of && (
          <div className={styles.row}>
            <Choice label="Kind" all={KINDS} chosen={draft.kind} onChoose={(kind) => change({ kind })} />
            {spanId !== null && (
              <Choice label="Of" all={['span', 'trace']} chosen={onTrace ? 'trace' : 'span'} onChoose={(what) => setOnTrace(what === 'trace')} />
            )}
          </div>
        )}
        <Fields draft={draft} change={change} />
        <label className={styles.author}>
          as
          <input aria-label="Your name" placeholder="your name" maxLength={100} value={author} onChange={(event) => setAuthor(event.target.value)} />
        </label>
        {error && <ErrorNotice error={error} />}
        <div className={styles.row}>
          {of && <Button label="Remove" icon="close" disabled={busy} onClick={() => remove.mutate(of, { onSuccess: onClose })} />}
          <span className={styles.push} />
          <Button label="Cancel" bare onClick={onClose} />
          <Button type="submit" label={busy ? 'Saving' : 'Save (Ctrl+Enter)'} disabled={!write || busy} />
        </div>
      </form>
    </Dialog>
  );
}

/** The first field has the focus, so that a key and a word are enough. */
function Fields({ draft, change }: { draft: Draft; change: (part: Partial<Draft>) => void }) {
  const text = (
    <textarea
      key={draft.kind}
      // oxlint-disable-next-line jsx-a11y/no-autofocus -- the dialog was opened to type here
      autoFocus={draft.kind === 'comment'}
      aria-label={draft.kind === 'comment' ? 'Comment' : 'Why'}
      placeholder={draft.kind === 'comment' ? 'What should others know of it?' : 'Why (optional)'}
      rows={draft.kind === 'comment' ? 4 : 2}
      maxLength={20_000}
      value={draft.text}
      onChange={(event) => change({ text: event.target.value })}
    />
  );
  if (draft.kind === 'comment') return text;
  return (
    <>
      <input
        key={draft.kind}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- as above
        autoFocus
        aria-label={draft.kind === 'label' ? 'Label' : 'Name of the score'}
        placeholder={draft.kind === 'label' ? 'to review' : 'relevance'}
        maxLength={100}
        value={draft.name}
        onChange={(event) => change({ name: event.target.value })}
      />
      {draft.kind === 'score' && (
        <>
          <div className={styles.row}>
            <Choice label="Score is a" all={FORMS} chosen={draft.form} onChoose={(form) => change({ form, value: '' })} />
            {draft.form === 'yes or no' ? (
              <Choice
                label="Score"
                all={['yes', 'no']}
                chosen={draft.value === '' ? '' : draft.value === 'true' ? 'yes' : 'no'}
                onChoose={(said) => change({ value: String(said === 'yes') })}
              />
            ) : (
              <input
                aria-label="Score"
                placeholder={draft.form === 'number' ? '0.75' : 'good'}
                inputMode={draft.form === 'number' ? 'decimal' : 'text'}
                maxLength={100}
                value={draft.value}
                onChange={(event) => change({ value: event.target.value })}
              />
            )}
          </div>
          {text}
        </>
      )}
    </>
  );
}

interface ChoiceProps<T extends string> {
  label: string;
  all: readonly T[];
  chosen: T | '';
  onChoose: (one: T) => void;
}

function Choice<T extends string>({ label, all, chosen, onChoose }: ChoiceProps<T>) {
  return (
    <div role="group" aria-label={label} className={styles.choice}>
      {all.map((one) => (
        <Button key={one} small label={one} pressed={one === chosen} onClick={() => onChoose(one)} />
      ))}
    </div>
  );
}
