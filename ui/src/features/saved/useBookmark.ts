/** Whether a trace is on the list of bookmarks, and the way on and off it. */
import { useDeleteDocument, useDocuments, usePutDocument } from '../../api/documents';

export interface Bookmark {
  isMarked: boolean;
  toggle: () => void;
  error: Error | null;
}

export function useBookmark(traceId: string): Bookmark {
  const id = `trace-${traceId}`;
  const bookmarks = useDocuments('bookmark');
  const put = usePutDocument('bookmark');
  const remove = useDeleteDocument('bookmark');
  const isMarked = bookmarks.data?.documents.some((bookmark) => bookmark.id === id) ?? false;
  const toggle = () => {
    if (!bookmarks.isSuccess || put.isPending || remove.isPending) return;
    if (isMarked) remove.mutate(id);
    else {
      // The page's title is the trace's name.
      const name = document.title.replace(/ - spanhouse$/, '').slice(0, 200) || traceId;
      put.mutate({ id, name, body: { trace_id: traceId, span_id: null, note: '' }, if_updated_time_unix_nano: '0' });
    }
  };
  return { isMarked, toggle, error: put.error ?? remove.error };
}
