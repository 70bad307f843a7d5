/** The editor's text and the address agree: `/sql?query=` is what is typed, and another address replaces what is typed. */
import { useEffect, useRef, useState, type RefObject } from 'react';
import { useLocation, useSearch } from 'wouter';
import { useDebounced } from '../../ui/useDebounced';
import type { EditorHandle } from './Editor';

/** Longer ones do not fit into every browser's address. */
const MOST_CHARACTERS = 8000;
const WRITE_MS = 400;

export function useSqlText(editor: RefObject<EditorHandle | null>): [string, (text: string) => void] {
  const search = useSearch();
  const [path, navigate] = useLocation();
  const inAddress = new URLSearchParams(search).get('query') ?? '';
  const [text, setText] = useState(inAddress);
  const written = useRef(inAddress);
  const settled = useDebounced(text, WRITE_MS);

  useEffect(() => {
    if (settled === written.current) return;
    const shown = settled.length > MOST_CHARACTERS ? '' : settled;
    written.current = shown;
    const params = new URLSearchParams(window.location.search);
    if (shown) params.set('query', shown);
    else params.delete('query');
    navigate(`${path}${params.size > 0 ? `?${params}` : ''}`, { replace: true });
  }, [settled, navigate, path]);

  useEffect(() => {
    if (inAddress === written.current) return;
    written.current = inAddress;
    setText(inAddress);
    editor.current?.replace(inAddress);
  }, [inAddress, editor]);

  return [text, setText];
}
