/** What is said of a trace, or of one of its spans; each opens to be changed. */
import { useState } from 'react';
import { useAnnotations } from '../../api/annotations';
import type { Annotation } from '../../api/types';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { AnnotateDialog } from './AnnotateDialog';
import styles from './Annotations.module.css';
import { describe, shortOf } from './model';

interface Props {
  traceId: string;
  /** Null: what is said of the whole trace, and how much of its spans. */
  spanId: string | null;
}

export function Annotations({ traceId, spanId }: Props) {
  const { data, error } = useAnnotations(traceId);
  const [open, setOpen] = useState<Annotation | 'new' | null>(null);
  const all = data?.annotations ?? [];
  const said = all.filter((one) => one.span_id === spanId);
  const ofSpans = spanId === null ? all.length - said.length : 0;
  return (
    <div className={styles.said} role="group" aria-label={spanId === null ? 'Annotations of the trace' : 'Annotations of the span'}>
      {said.map((annotation) => (
        <Chip key={annotation.id} annotation={annotation} onOpen={() => setOpen(annotation)} />
      ))}
      {ofSpans > 0 && <span className={styles.more}>{ofSpans} more on its spans</span>}
      {error && (
        <span className={styles.more} role="alert" title={error.message}>
          annotations could not be read
        </span>
      )}
      <Button bare small icon="comment" label={said.length === 0 ? 'Annotate' : 'Add'} title="Annotate (M)" onClick={() => setOpen('new')} />
      {open && <AnnotateDialog traceId={traceId} spanId={spanId} of={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </div>
  );
}

function Chip({ annotation, onOpen }: { annotation: Annotation; onOpen: () => void }) {
  return (
    <button type="button" className={`${styles.chip} ${styles[annotation.kind]}`} title={describe(annotation)} onClick={onOpen}>
      {annotation.kind === 'comment' && <Icon name="comment" size={12} />}
      {shortOf(annotation)}
    </button>
  );
}
