"""Small things that people save: read as the store has folded them, written as events.

One `Documents` per process decides about its writes one after another, so a condition holds when the event is stored.
Of several processes on one store the last writer wins and the others' versions stay in the history.
"""

from __future__ import annotations

import json
import re
import threading
import time
from typing import Any, get_args

from spanhouse.collector.store import Store
from spanhouse.instrumentation import semconv

from .answers.documents import Document, DocumentKind
from .errors import Conflict, InvalidQuestion, NotFound
from .events import Emit, Event, no_collector
from .reader import Reader
from .settings import QuerySettings

KINDS: tuple[DocumentKind, ...] = get_args(DocumentKind)
MAX_BODY_BYTES = 512 * 1024
MAX_NAME_CHARACTERS = 200
MAX_OF_A_KIND = 1000
"""Documents of one kind in one project: an answer holds them all."""

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}", re.ASCII)
_NEVER = "0"

_Found = list[Document]
_Rows = list[dict[str, Any]]


class Documents:
    """The documents of a store.

    Args:
        store: to read from.
        emit: stores an event; by default nothing can be written.
        settings: bounds on what reading may cost.
    """

    def __init__(
        self, store: Store, emit: Emit = no_collector, settings: QuerySettings | None = None
    ) -> None:
        self._store = store
        self._emit = emit
        self._settings = settings or QuerySettings()
        self._writing = threading.Lock()

    def list(self, project: str, kind: DocumentKind) -> _Found:
        """All documents of a kind, by name."""
        rows = self._rows("list_documents", project, kind)
        return [_document(kind, row) for row in rows if not row["IsDeleted"]]

    def get(self, project: str, kind: DocumentKind, id: str) -> Document:
        """One document.

        Raises:
            NotFound: there is none of this id.
        """
        rows = self._rows("get_document", project, kind, _checked_id(id))
        if not rows or rows[0]["IsDeleted"]:
            raise _missing(project, kind, id)
        return _document(kind, rows[0])

    def put(
        self,
        project: str,
        kind: DocumentKind,
        id: str,
        name: str,
        body: dict[str, Any],
        if_updated: str | None = None,
    ) -> Document:
        """Make or replace a document; when this returns, everyone reads it.

        Args:
            project: whose it is.
            kind: of the document.
            id: letters, digits, `.`, `_`, `-`; the writer's choice.
            name: for people.
            body: a JSON object.
            if_updated: Unix nanoseconds of the version it replaces, "0" for none; None replaces any.

        Raises:
            InvalidQuestion: id, name or body cannot be stored.
            Conflict: it is not the version that `if_updated` names.
            NotStored: the collector did not take it.
        """
        text = _checked(_checked_id(id), name, body)
        with self._writing:
            last = self._last(project, kind, id, if_updated)
            if last is None or last["IsDeleted"]:
                self._check_room(project, kind)
            now = _after(last)
            attributes = {
                semconv.DOCUMENT_KIND: kind,
                semconv.DOCUMENT_ID: id,
                semconv.DOCUMENT_NAME: name,
            }
            self._emit(project, Event(semconv.DOCUMENT_PUT, now, attributes, text).request())
        return Document(id=id, kind=kind, name=name, body=body, updated_time_unix_nano=str(now))

    def delete(
        self, project: str, kind: DocumentKind, id: str, if_updated: str | None = None
    ) -> None:
        """Delete a document.

        Raises:
            NotFound: there is none of this id.
            Conflict: it is not the version that `if_updated` names.
            NotStored: the collector did not take it.
        """
        with self._writing:
            last = self._last(project, kind, _checked_id(id), if_updated)
            if last is None or last["IsDeleted"]:
                raise _missing(project, kind, id)
            attributes = {semconv.DOCUMENT_KIND: kind, semconv.DOCUMENT_ID: id}
            event = Event(semconv.DOCUMENT_DELETE, _after(last), attributes)
            self._emit(project, event.request())

    def _last(
        self, project: str, kind: DocumentKind, id: str, if_updated: str | None
    ) -> dict[str, Any] | None:
        """The last event of a document, if the document is as the writer believes."""
        rows = self._rows("get_document", project, kind, id)
        last = rows[0] if rows else None
        is_there = last is not None and not last["IsDeleted"]
        found = str(last["UpdatedNano"]) if last is not None and is_there else _NEVER
        if if_updated is not None and int(if_updated) != int(found):
            raise Conflict(
                f"cannot change {kind} {id!r}: "
                + (
                    f"it was changed at {found}, after the version of {if_updated} that this was made from"
                    if is_there
                    else "it does not exist any more"
                )
                + "; read it again and repeat the change",
                found,
            )
        return last

    def _check_room(self, project: str, kind: DocumentKind) -> None:
        count = len(self.list(project, kind))
        if count >= MAX_OF_A_KIND:
            raise InvalidQuestion(
                f"cannot save another {kind}: project {project!r} has {count}, the limit is {MAX_OF_A_KIND}; "
                "delete some first"
            )

    def _rows(self, operation: str, project: str, kind: DocumentKind, id: str = "") -> _Rows:
        reader = Reader(self._store, self._settings, operation)
        return reader.rows("documents", {"project": project, "kind": kind, "id": id})


def _document(kind: DocumentKind, row: dict[str, Any]) -> Document:
    return Document(
        id=row["DocumentId"],
        kind=kind,
        name=row["Name"],
        body=json.loads(row["Body"]),
        updated_time_unix_nano=str(row["UpdatedNano"]),
    )


def _after(last: dict[str, Any] | None) -> int:
    """Now, but later than what it follows, whatever the clock of whoever wrote that."""
    return max(time.time_ns(), last["UpdatedNano"] + 1 if last else 0)


def _checked_id(id: str) -> str:
    if not _ID.fullmatch(id):
        raise InvalidQuestion(
            f"cannot use the id {id!r}: an id has up to 128 letters, digits, '.', '_', '-', the first a letter or digit"
        )
    return id


def _checked(id: str, name: str, body: dict[str, Any]) -> str:
    """The body as JSON text."""
    if not name.strip() or len(name) > MAX_NAME_CHARACTERS:
        raise InvalidQuestion(
            f"cannot save {id!r}: its name has {len(name)} characters, a name has 1 to {MAX_NAME_CHARACTERS}, "
            "not only spaces"
        )
    try:
        name.encode()
        text = json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        size = len(text.encode())
    except ValueError as error:
        raise InvalidQuestion(
            f"cannot save {id!r}: it holds what JSON or UTF-8 cannot ({error}); NaN and half surrogates have no "
            "form there"
        ) from error
    if size > MAX_BODY_BYTES:
        raise InvalidQuestion(
            f"cannot save {id!r}: its body has {size} bytes, the limit is {MAX_BODY_BYTES}; make it smaller"
        )
    return text


def _missing(project: str, kind: DocumentKind, id: str) -> NotFound:
    return NotFound(
        f"cannot find {kind} {id!r} in project {project!r}: it was deleted or never saved"
    )
