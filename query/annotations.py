"""What is said of spans and traces: read as the store has folded it, written as events; spans are never changed.

One `Annotations` per process decides about its writes one after another, as `Documents` does.
"""

from __future__ import annotations

import math
import threading
import time
import uuid
from collections.abc import Sequence
from typing import Any

from spanhouse.collector.store import Store
from spanhouse.instrumentation import semconv

from .answers.annotations import Annotation, AnnotationWrite
from .errors import Conflict, InvalidQuestion, NotFound
from .events import Emit, Event, no_collector
from .reader import Reader
from .settings import QuerySettings

_SOURCES = ("human", "code", "llm")


class Annotations:
    """The annotations of a store.

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

    def of(self, project: str, trace_ids: Sequence[str], id: str = "") -> list[Annotation]:
        """The annotations of some traces, the oldest first; only the one with this `id`, if one is given."""
        reader = Reader(self._store, self._settings, "list_annotations")
        parameters = {"project": project, "trace_ids": list(trace_ids), "id": id}
        return [_annotation(row) for row in reader.rows("annotations", parameters)]

    def add(self, project: str, trace_id: str, write: AnnotationWrite) -> Annotation:
        """Say something; when this returns, everyone reads it.

        Raises:
            InvalidQuestion: it says nothing.
            NotStored: the collector did not take it.
        """
        return self._put(project, trace_id, uuid.uuid4().hex, write, None)

    def edit(
        self,
        project: str,
        trace_id: str,
        id: str,
        write: AnnotationWrite,
        if_updated: str | None = None,
    ) -> Annotation:
        """Say something else instead.

        Raises:
            NotFound: the trace has no annotation of this id.
            Conflict: it is not the version of `if_updated`, in Unix nanoseconds.
            InvalidQuestion: it says nothing.
            NotStored: the collector did not take it.
        """
        with self._writing:
            found = self._find(project, trace_id, id)
            if if_updated is not None and int(if_updated) != int(found.updated_time_unix_nano):
                raise Conflict(
                    f"cannot change annotation {id}: it was changed at {found.updated_time_unix_nano}, after the "
                    f"version of {if_updated} that this was made from; read it again and repeat the change",
                    found.updated_time_unix_nano,
                )
            return self._put(project, trace_id, id, write, found)

    def delete(self, project: str, trace_id: str, id: str) -> None:
        """Take it back.

        Raises:
            NotFound: the trace has no annotation of this id.
            NotStored: the collector did not take it.
        """
        with self._writing:
            found = self._find(project, trace_id, id)
            attributes = {semconv.ANNOTATION_ID: id}
            event = Event(
                semconv.ANNOTATION_DELETE,
                _after(found),
                attributes,
                trace_id=trace_id,
                span_id=found.span_id or "",
            )
            self._emit(project, event.request())

    def _find(self, project: str, trace_id: str, id: str) -> Annotation:
        found = self.of(project, [trace_id], id)
        if not found:
            raise NotFound(
                f"cannot find annotation {id!r} of trace {trace_id}: it was deleted, or is of another trace or project"
            )
        return found[0]

    def _put(
        self,
        project: str,
        trace_id: str,
        id: str,
        write: AnnotationWrite,
        before: Annotation | None,
    ) -> Annotation:
        _check(write)
        now = _after(before)
        self._emit(project, _event(trace_id, id, write, now).request())
        return Annotation(
            id=id,
            trace_id=trace_id,
            span_id=write.span_id.lower() if write.span_id else None,
            kind=write.kind,
            name=write.name,
            score_value=write.score_value,
            score_label=write.score_label,
            text=write.text,
            error_type="",
            source=write.source,
            author=write.author,
            created_time_unix_nano=before.created_time_unix_nano if before else str(now),
            updated_time_unix_nano=str(now),
        )


def _event(trace_id: str, id: str, write: AnnotationWrite, now: int) -> Event:
    said: dict[str, str | float | None] = {
        semconv.ANNOTATION_ID: id,
        semconv.ANNOTATION_SOURCE: write.source,
        semconv.ANNOTATION_AUTHOR: write.author,
    }
    if write.kind == "score":
        name, body = semconv.EVALUATION_RESULT, None
        said |= {
            semconv.EVALUATION_NAME: write.name,
            semconv.EVALUATION_SCORE_VALUE: write.score_value,
            semconv.EVALUATION_SCORE_LABEL: write.score_label,
            semconv.EVALUATION_EXPLANATION: write.text,
        }
    else:
        name, body = semconv.ANNOTATION_PUT, write.text
        said |= {semconv.ANNOTATION_KIND: write.kind, semconv.ANNOTATION_NAME: write.name}
    attributes = {key: value for key, value in said.items() if value is not None and value != ""}
    return Event(name, now, attributes, body, trace_id, (write.span_id or "").lower())


def _check(write: AnnotationWrite) -> None:
    reason = ""
    if write.kind == "comment":
        if not write.text.strip():
            reason = "a comment needs a text"
        elif write.name or write.score_value is not None or write.score_label:
            reason = "a comment has a text only, no name and no score"
    elif not write.name.strip():
        reason = f"a {write.kind} needs a name"
    elif write.kind == "score" and write.score_value is None and not write.score_label:
        reason = "a score needs a score_value, a score_label, or both"
    elif write.kind == "label" and (write.score_value is not None or write.score_label):
        reason = "a label has no score"
    try:
        for text in (write.name, write.score_label, write.text, write.author):
            text.encode()
    except UnicodeEncodeError as error:
        reason = f"it holds what UTF-8 cannot ({error})"
    if reason:
        raise InvalidQuestion(f"cannot annotate: {reason}; correct it and try again")


def _after(before: Annotation | None) -> int:
    """Now, but later than what it follows, whatever the clock of whoever wrote that."""
    return max(time.time_ns(), int(before.updated_time_unix_nano) + 1 if before else 0)


def _annotation(row: dict[str, Any]) -> Annotation:
    # A Float64 comes as its text; JSON has no NaN and no infinity.
    value = None if row["ScoreValue"] is None else float(row["ScoreValue"])
    return Annotation(
        id=row["AnnotationId"],
        trace_id=row["TraceId"],
        span_id=row["SpanId"] or None,
        kind=row["Kind"],
        name=row["Name"],
        score_value=value if value is not None and math.isfinite(value) else None,
        score_label=row["ScoreLabel"],
        text=row["Text"],
        error_type=row["ErrorType"],
        source=row["Source"] if row["Source"] in _SOURCES else None,
        author=row["Author"],
        created_time_unix_nano=str(row["CreatedNano"]),
        updated_time_unix_nano=str(row["UpdatedNano"]),
    )
