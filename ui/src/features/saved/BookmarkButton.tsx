/** Puts the trace on the list of bookmarks, or takes it off. */
import { Button } from '../../ui/Button';
import type { Bookmark } from './useBookmark';

export function BookmarkButton({ bookmark: { isMarked, toggle, error } }: { bookmark: Bookmark }) {
  const what = isMarked ? 'Remove the bookmark (Shift+M)' : 'Bookmark this trace (Shift+M)';
  return <Button icon={error ? 'error' : 'bookmark'} iconOnly label={error ? `Not bookmarked: ${error.message}` : what} pressed={isMarked} onClick={toggle} />;
}
