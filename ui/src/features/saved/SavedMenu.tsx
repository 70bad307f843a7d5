/** Shift+B on every page: views that were saved and traces that were bookmarked, to go to by name; and this page, to be saved. */
import { useEffect, useState } from 'react';
import { Button } from '../../ui/Button';
import { SavedDialog } from './SavedDialog';

export function SavedMenu() {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const target = event.target instanceof Element ? event.target : null;
      const isTyping = target?.closest('input, textarea, select, dialog, [contenteditable=true]') !== null && target !== null;
      if (event.key !== 'B' || event.ctrlKey || event.metaKey || event.altKey || isTyping) return;
      event.preventDefault();
      setOpen(true);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
  return (
    <>
      <Button bare iconOnly icon="bookmark" label="Saved views and bookmarks (Shift+B)" onClick={() => setOpen(true)} />
      {open && <SavedDialog onClose={() => setOpen(false)} />}
    </>
  );
}
