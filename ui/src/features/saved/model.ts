/** What was saved as places to go to. */
import type { SavedDocument } from '../../api/types';

export interface Place {
  document: SavedDocument;
  name: string;
  note: string;
  path: string;
}

/** Saved in one project, read in it: the project is not part of what is saved. */
export function viewOf(path: string, search: string): { path: string; search: string } {
  const params = new URLSearchParams(search);
  params.delete('project');
  return { path, search: params.toString() };
}

/** Null for a document whose body is no place, which another program may have saved. */
export function placeOf(document: SavedDocument): Place | null {
  const { kind, name, body } = document;
  if (kind === 'view') {
    // One slash: an address that begins with two leads to another server.
    if (typeof body.path !== 'string' || !/^\/(?![/\\])/.test(body.path)) return null;
    const search = typeof body.search === 'string' && body.search ? `?${body.search}` : '';
    return { document, name, note: body.path, path: body.path + search };
  }
  const trace = typeof body.trace_id === 'string' && /^[0-9a-f]{32}$/.test(body.trace_id) ? body.trace_id : null;
  if (kind !== 'bookmark' || !trace) return null;
  const span = typeof body.span_id === 'string' && /^[0-9a-f]{16}$/.test(body.span_id) ? `?span=${body.span_id}` : '';
  return { document, name, note: typeof body.note === 'string' ? body.note : '', path: `/trace/${trace}${span}` };
}

export function matching(places: Place[], wanted: string): Place[] {
  const text = wanted.trim().toLowerCase();
  return places.filter(({ name, note }) => `${name} ${note}`.toLowerCase().includes(text));
}
