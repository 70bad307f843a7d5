"""Spans and log records that match a query, the newest first, page by page."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import Any, NamedTuple

import orjson

from spanhouse.collector.store import StoreError

from ..answers.search import FoundLog, FoundSpan, LogPage, SpanPage
from ..errors import InvalidQuery, InvalidQuestion
from ..filters.compile import Search
from ..reader import Reader
from ..time_range import MAX_NANO, slots, unix_nano
from ..views.attributes import attributes
from ..views.span import KINDS, STATUS_CODES

# ClickHouse's CANNOT_COMPILE_REGEXP.
_NO_PATTERN = 427
_MAX_SKIP = 2**32 - 1


class Window(NamedTuple):
    """Whose rows are searched, and of which time: Unix nanoseconds, both ends included."""

    project: str
    start: int
    end: int


class Cursor(NamedTuple):
    """Where a page ended: `skip` rows of that nanosecond were shown. Log records have no id to go on from."""

    before: int
    skip: int

    def encode(self) -> str:
        """As the client hands it back."""
        return base64.urlsafe_b64encode(orjson.dumps(list(self))).rstrip(b"=").decode()

    @classmethod
    def decode(cls, text: str) -> Cursor:
        """The cursor of a text that `encode` made.

        Raises:
            InvalidQuestion: it is none.
        """
        try:
            fields = orjson.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        except (binascii.Error, ValueError):
            fields = None
        match fields:
            case [int(before), int(skip)] if 0 <= before <= MAX_NANO and 0 <= skip <= _MAX_SKIP:
                return cls(before, skip)
            case _:
                raise InvalidQuestion(
                    f"cannot read the cursor {text!r}: it is not a next_cursor of this API; leave it out "
                    "for the first page"
                )


@dataclass(frozen=True)
class _Found:
    rows: list[dict[str, Any]]
    next_cursor: str | None
    total: int


def search_spans(
    reader: Reader, window: Window, search: Search, limit: int, cursor: str | None
) -> SpanPage:
    """One page of the spans that began in the window and match."""
    found = _found(reader, "search_spans", window, search, limit, cursor)
    return SpanPage(
        spans=[_span(row) for row in found.rows],
        next_cursor=found.next_cursor,
        total=found.total,
        total_is_exact=True,
        start_time_unix_nano=str(window.start),
        end_time_unix_nano=str(window.end),
    )


def search_logs(
    reader: Reader, window: Window, search: Search, limit: int, cursor: str | None
) -> LogPage:
    """One page of the log records of the window that match."""
    found = _found(reader, "search_logs", window, search, limit, cursor)
    return LogPage(
        logs=[_log(row) for row in found.rows],
        next_cursor=found.next_cursor,
        total=found.total,
        total_is_exact=True,
        start_time_unix_nano=str(window.start),
        end_time_unix_nano=str(window.end),
    )


def check_patterns(reader: Reader, search: Search) -> None:
    """Let the engine read every regular expression, so that a wrong one is told by its place.

    Raises:
        InvalidQuery: RE2 does not take it.
    """
    for pattern, offset, length in search.patterns():
        try:
            reader.rows("pattern", {"pattern": pattern})
        except StoreError as error:
            if error.code != _NO_PATTERN:
                raise
            raise InvalidQuery(
                offset,
                length,
                repr(pattern),
                "a regular expression of RE2",
                "there is no look-around and no back-reference; double a backslash in double quotes, not in backticks",
            ) from error


def _found(
    reader: Reader, name: str, window: Window, search: Search, limit: int, cursor: str | None
) -> _Found:
    after = Cursor.decode(cursor) if cursor else Cursor(MAX_NANO, 0)
    check_patterns(reader, search)
    rows, values = search.rows
    lies_in = slots(window.start, window.end)
    slot = {"first_slot": lies_in.first, "last_slot": lies_in.last}
    parameters = values | window._asdict() | slot
    page = {"before": after.before, "skip": after.skip, "limit": limit + 1}
    found = reader.rows(name, parameters | page, rows=rows)
    total = len(found)
    if cursor or total > limit:
        total = reader.rows("search_count", parameters, rows=rows)[0]["Total"]
    shown = found[:limit]
    following = _cursor(shown, after).encode() if len(found) > limit else None
    return _Found(shown, following, total)


def _cursor(shown: list[dict[str, Any]], after: Cursor) -> Cursor:
    """The cursor behind the last of these rows."""
    last = unix_nano(shown[-1]["Timestamp"])
    skip = sum(unix_nano(row["Timestamp"]) == last for row in shown)
    return Cursor(last, skip + after.skip if last == after.before else skip)


def _span(row: dict[str, Any]) -> FoundSpan:
    return FoundSpan(
        trace_id=row["TraceId"],
        span_id=row["SpanId"],
        parent_span_id=row["ParentSpanId"],
        name=row["SpanName"],
        kind=KINDS.get(row["SpanKind"], "UNSPECIFIED"),
        service=row["ServiceName"],
        start_time_unix_nano=str(unix_nano(row["Timestamp"])),
        duration_nano=row["Duration"],
        status=STATUS_CODES.get(row["StatusCode"], "UNSET"),
    )


def _log(row: dict[str, Any]) -> FoundLog:
    return FoundLog(
        time_unix_nano=str(unix_nano(row["Timestamp"])),
        severity=row["SeverityText"],
        severity_number=row["SeverityNumber"],
        event_name=row["EventName"],
        service=row["ServiceName"],
        body=row["Body"],
        body_type=row["BodyType"],
        trace_id=row["TraceId"],
        span_id=row["SpanId"],
        attributes=attributes(row["LogAttributes"], row["LogAttributeTypes"]),
    )
