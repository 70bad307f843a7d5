/** Saved views and bookmarks in one list; what is typed narrows it, and is the name under which this page is saved. */
import { useState, type KeyboardEvent } from 'react';
import { useLocation } from 'wouter';
import { newId, useDeleteDocument, useDocuments, usePutDocument } from '../../api/documents';
import { useProject, withProject } from '../../api/project';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Icon } from '../../ui/Icon';
import { intoView } from '../../ui/intoView';
import { ErrorNotice } from '../../ui/Notice';
import { matching, placeOf, viewOf, type Place } from './model';
import styles from './SavedDialog.module.css';

export function SavedDialog({ onClose }: { onClose: () => void }) {
  const project = useProject();
  const [path, navigate] = useLocation();
  const views = useDocuments('view');
  const bookmarks = useDocuments('bookmark');
  const put = usePutDocument('view');
  const removeView = useDeleteDocument('view');
  const removeBookmark = useDeleteDocument('bookmark');
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const all = [...(views.data?.documents ?? []), ...(bookmarks.data?.documents ?? [])].flatMap((document) => placeOf(document) ?? []);
  const places = matching(all, text);
  const name = text.trim();
  const canSave = name !== '' && !put.isPending;
  const save = () => put.mutate({ id: newId(), name, body: viewOf(path, window.location.search), if_updated_time_unix_nano: '0' }, { onSuccess: () => setText('') });
  const go = (place: Place) => {
    onClose();
    navigate(withProject(place.path, project));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    // The last line saves.
    const count = places.length + (canSave ? 1 : 0);
    if (step !== undefined) {
      event.preventDefault();
      setAt((old) => Math.min(Math.max(old + step, 0), count - 1));
    } else if (event.key === 'Enter') {
      const place = places[at];
      if (place) go(place);
      else if (canSave) save();
    }
  };
  const error = put.error ?? removeView.error ?? removeBookmark.error ?? views.error ?? bookmarks.error;
  return (
    <Dialog label="Saved views and bookmarks" onClose={onClose} top>
      <div className={styles.saved}>
        <input
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the dialog was opened to type here
          autoFocus
          role="combobox"
          aria-expanded="true"
          aria-controls="saved-list"
          aria-activedescendant={`saved-${at}`}
          aria-label="Name"
          placeholder="Go to a name, or name this page to save it"
          maxLength={200}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
        {error && <ErrorNotice error={error} />}
        <div className={styles.list} role="listbox" id="saved-list" aria-label="Saved">
          {places.map((place, index) => (
            <Line
              key={`${place.document.kind} ${place.document.id}`}
              place={place}
              index={index}
              chosen={index === at}
              onPoint={() => setAt(index)}
              onGo={() => go(place)}
              onRemove={() => (place.document.kind === 'view' ? removeView : removeBookmark).mutate(place.document.id)}
            />
          ))}
          {name !== '' && (
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the input has the keys
            <div
              role="option"
              id={`saved-${places.length}`}
              tabIndex={-1}
              aria-selected={at === places.length}
              className={styles.line}
              onMouseMove={() => setAt(places.length)}
              onClick={() => canSave && save()}
            >
              <Icon name="bookmark" />
              <span>{put.isPending ? 'Saving' : `Save this page as “${name}”`}</span>
              <small>{path}</small>
            </div>
          )}
          {places.length === 0 && name === '' && !error && (
            <p className={styles.none}>
              {views.isPending || bookmarks.isPending
                ? 'Reading'
                : 'Nothing is saved in this project. Type a name to save this page with its filters; the star on a trace bookmarks it.'}
            </p>
          )}
        </div>
      </div>
    </Dialog>
  );
}

interface LineProps {
  place: Place;
  index: number;
  chosen: boolean;
  onPoint: () => void;
  onGo: () => void;
  onRemove: () => void;
}

function Line({ place, index, chosen, onPoint, onGo, onRemove }: LineProps) {
  const isBookmark = place.document.kind === 'bookmark';
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the input has the keys
    <div
      ref={chosen ? intoView : undefined}
      role="option"
      id={`saved-${index}`}
      tabIndex={-1}
      aria-selected={chosen}
      className={styles.line}
      title={place.path}
      onMouseMove={onPoint}
      onClick={onGo}
    >
      <Icon name={isBookmark ? 'bookmark' : 'filter'} />
      <span>{place.name}</span>
      {isBookmark ? <Note place={place} /> : <small>{place.note}</small>}
      <Button
        bare
        small
        iconOnly
        icon="close"
        label={`Remove “${place.name}”`}
        onClick={(event) => {
          event.stopPropagation();
          onRemove();
        }}
      />
    </div>
  );
}

/** Saved when the field is left. */
function Note({ place: { document, note, name } }: { place: Place }) {
  const put = usePutDocument('bookmark');
  const [text, setText] = useState(note);
  const save = () => {
    if (text === note || put.isPending) return;
    put.mutate({ id: document.id, name, body: { ...document.body, note: text }, if_updated_time_unix_nano: document.updated_time_unix_nano });
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions, jsx-a11y/click-events-have-key-events -- a click here is for the field, not for the line
    <span className={styles.note} onClick={(event) => event.stopPropagation()}>
      <input
        aria-label={`Note of “${name}”`}
        placeholder="note"
        maxLength={1000}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={save}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur();
        }}
      />
      {put.error && <span role="alert">{put.error.message}</span>}
    </span>
  );
}
