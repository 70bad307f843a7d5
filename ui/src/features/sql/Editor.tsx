/** The SQL editor: CodeMirror with the store's own words. It owns its text; what happens in it is told, what is set from outside replaces it. */
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { bracketMatching, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { lintKeymap, setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { Compartment, EditorState, Prec } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers, placeholder } from '@codemirror/view';
import { useEffect, useImperativeHandle, useRef, type Ref } from 'react';
import type { SqlSchema } from '../../api/types';
import { languageOf, type KeysOf } from './editorLanguage';
import { EDITOR_THEME, HIGHLIGHT } from './editorTheme';
import styles from './Editor.module.css';

export interface EditorHandle {
  /** What is selected, and where the cursor is. */
  selection: () => { from: number; to: number; text: string };
  text: () => string;
  replace: (text: string) => void;
  insert: (text: string) => void;
  focus: () => void;
}

export interface Mistake {
  from: number;
  to: number;
  message: string;
}

interface Props {
  ref: Ref<EditorHandle>;
  initial: string;
  schema: SqlSchema | undefined;
  keysOf: KeysOf;
  mistake: Mistake | null;
  onRun: () => void;
  onCancel: () => boolean;
  onText: (text: string) => void;
}

export function Editor({ ref, initial, schema, keysOf, mistake, onRun, onCancel, onText }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const language = useRef(new Compartment());
  const latest = useRef({ onRun, onCancel, onText });
  useEffect(() => {
    latest.current = { onRun, onCancel, onText };
  });

  useEffect(() => {
    const editor = new EditorView({
      parent: place.current!,
      state: EditorState.create({
        doc: initial,
        extensions: [
          Prec.highest(
            keymap.of([
              { key: 'Mod-Enter', run: () => (latest.current.onRun(), true) },
              { key: 'Escape', run: () => latest.current.onCancel() },
            ]),
          ),
          lineNumbers(),
          history(),
          drawSelection(),
          indentOnInput(),
          bracketMatching(),
          closeBrackets(),
          autocompletion(),
          highlightActiveLine(),
          keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...completionKeymap, ...lintKeymap, indentWithTab]),
          placeholder('SELECT … FROM otel_traces'),
          language.current.of([]),
          syntaxHighlighting(HIGHLIGHT),
          EDITOR_THEME,
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ 'aria-label': 'SQL' }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) latest.current.onText(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = editor;
    return () => editor.destroy();
    // The editor keeps its text; another address remounts it by its key.
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- as above
  }, []);

  useEffect(() => {
    view.current?.dispatch({ effects: language.current.reconfigure(languageOf(schema, keysOf)) });
  }, [schema, keysOf]);

  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    const end = editor.state.doc.length;
    const found: Diagnostic[] = mistake
      ? [{ from: Math.min(mistake.from, end), to: Math.min(mistake.to, end), severity: 'error', message: mistake.message }]
      : [];
    editor.dispatch(setDiagnostics(editor.state, found));
  }, [mistake]);

  useImperativeHandle(ref, () => ({
    selection: () => {
      const { from, to } = view.current!.state.selection.main;
      return { from, to, text: view.current!.state.sliceDoc(from, to) };
    },
    text: () => view.current!.state.doc.toString(),
    replace: (text) => {
      const editor = view.current!;
      editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text }, selection: { anchor: 0 } });
    },
    insert: (text) => {
      const editor = view.current!;
      editor.dispatch(editor.state.replaceSelection(text));
      editor.focus();
    },
    focus: () => view.current!.focus(),
  }));

  return <div ref={place} className={styles.editor} />;
}
