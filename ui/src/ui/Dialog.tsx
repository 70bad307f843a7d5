/** The browser's own modal dialog: it keeps the focus, closes on Escape and on a click beside it. */
import { useEffect, useRef, type ReactNode } from 'react';
import styles from './Dialog.module.css';

interface Props {
  label: string;
  onClose: () => void;
  children: ReactNode;
  /** Near the top edge, where it does not jump while its content grows. */
  top?: boolean;
}

export function Dialog({ label, onClose, children, top = false }: Props) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- Escape does it by keyboard
    <dialog
      ref={ref}
      aria-label={label}
      className={top ? `${styles.dialog} ${styles.top}` : styles.dialog}
      onClose={onClose}
      onKeyDown={(event) => event.stopPropagation()}
      onClick={(event) => {
        if (event.target === ref.current) onClose();
      }}
    >
      {children}
    </dialog>
  );
}
