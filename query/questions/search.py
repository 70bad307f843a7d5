"""Spans that match a query, the newest first, page by page; what a search of log records shares with it."""

from __future__ import annotations

import time
from typing import Any, NamedTuple

from spanhouse.collector.store import StoreError

from ..answers.search import FoundSpan, SpanPage
from ..cursor import cursor_fields, cursor_text
from ..errors import InvalidQuery, InvalidQuestion
from ..filters.compile import Search
from ..reader import Reader
from ..time_range import MAX_NANO, slots, unix_nano
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

    sort: str
    at: int
    skip: int

    def encode(self) -> str:
        """As the client hands it back."""
        return cursor_text(self)

    @classmethod
    def decode(cls, text: str, sort: str) -> Cursor:
        """The cursor of a text that `encode` made.

        Raises:
            InvalidQuestion: it is none, or of another sort.
        """
        match cursor_fields(text):
            case [str(found), int(at), int(skip)] if (
                found == sort and 0 <= at <= MAX_NANO and 0 <= skip <= _MAX_SKIP
            ):
                return cls(sort, at, skip)
            case _:
                raise InvalidQuestion(
                    f"cannot read the cursor {text!r}: it is not a next_cursor of this API and this sort; "
                    "leave it out for the first page"
                )

    def behind(self, shown: list[dict[str, Any]]) -> Cursor:
        """The cursor behind the last of these rows, which this one led to."""
        last = unix_nano(shown[-1]["Timestamp"])
        skip = sum(unix_nano(row["Timestamp"]) == last for row in shown)
        return Cursor(self.sort, last, skip + self.skip if last == self.at else skip)


def search_spans(
    reader: Reader, window: Window, search: Search, limit: int, cursor: str | None
) -> SpanPage:
    """One page of the spans that began in the window and match."""
    after = Cursor.decode(cursor, "-start") if cursor else Cursor("-start", window.end, 0)
    check_patterns(reader, search)
    found = _page_of_spans(reader, window, search, after, limit)
    is_all = cursor is None and len(found) <= limit
    total = total_of(reader, window, search, len(found), is_all=is_all)
    return SpanPage(
        spans=[_span(row) for row in found[:limit]],
        next_cursor=after.behind(found[:limit]).encode() if len(found) > limit else None,
        total=total.rows,
        total_is_exact=total.is_exact,
        start_time_unix_nano=str(window.start),
        end_time_unix_nano=str(window.end),
    )


def _page_of_spans(
    reader: Reader, window: Window, search: Search, after: Cursor, limit: int
) -> list[dict[str, Any]]:
    """The spans of a page and the one behind it."""
    rows, values = search.rows
    page = values | {"after": after.at, "skip": after.skip, "limit": limit + 1}
    if not search.is_of_rows:
        # A relation leads to a page's spans from others anywhere in the window.
        return reader.rows("search_spans", page | window_parameters(window), rows=rows)
    part: float = _FIRST_PART
    while True:
        near = _part(window, after.at, part, True)
        found = reader.rows("search_spans", page | window_parameters(near), rows=rows)
        if len(found) > limit or part == 1:
            return found
        part = _next_part(part, len(found), after.skip + limit + 1)
        # Of much time the columns of what is not on the page weigh more than a question more.
        if part > _MOST_READ_AT_ONCE:
            whole = window_of_page(reader, window, search, after, limit, NEWEST_FIRST, part)
            return (
                reader.rows("search_spans", page | window_parameters(whole), rows=rows)
                if whole
                else []
            )


NEWEST_FIRST = {"reaches": "<=", "direction": "DESC", "edge": "min"}
OLDEST_FIRST = {"reaches": ">=", "direction": "ASC", "edge": "max"}

# Of the window, looked at first: what is found often is found there, and of what is rare it tells where to look next.
_FIRST_PART = 1 / 8
_MOST_READ_AT_ONCE = 1 / 4
_COUNT_SECONDS = 0.05


class Total(NamedTuple):
    """How many rows match; at least so many where it is not exact."""

    rows: int
    is_exact: bool


def window_of_page(
    reader: Reader,
    window: Window,
    search: Search,
    after: Cursor,
    limit: int,
    order: dict[str, str],
    part: float = _FIRST_PART,
) -> Window | None:
    """The part of the window that holds a page and one row more; None where nothing is left of it.

    Reading times first is worth it: a page of 50 of a million rows that match then reads columns of its own time alone.
    """
    rows, values = search.rows
    last = after.skip + limit + 1
    is_down = order is NEWEST_FIRST
    while True:
        near = _part(window, after.at, part, is_down)
        parameters = values | window_parameters(near) | {"after": after.at, "last": last}
        row = reader.rows("search_end", parameters, rows=rows, **order)[0]
        found = row["Found"]
        if found == last or part == 1:
            break
        part = _next_part(part, found, last)
    edge = unix_nano(row["Edge"])
    whole = window._replace(start=edge) if is_down else window._replace(end=edge)
    return whole if found else None


def _next_part(part: float, found: int, wanted: int) -> float:
    """The part of the window that holds twice as many rows as are wanted, where this one holds those found."""
    more = part * 2 * wanted / found if found else 1
    return more if more < 0.5 else 1


def _part(window: Window, at: int, part: float, is_down: bool) -> Window:
    # What lies before the cursor was shown.
    if is_down:
        start = window.start if part == 1 else at - int((at - window.start) * part)
        return window._replace(start=max(window.start, start), end=min(window.end, at))
    end = window.end if part == 1 else at + int((window.end - at) * part)
    return window._replace(start=max(window.start, at), end=min(window.end, end))


def total_of(reader: Reader, window: Window, search: Search, found: int, *, is_all: bool) -> Total:
    """How many rows match: those found, where they are all, else what is counted in a twentieth of a second."""
    if is_all:
        return Total(found, True)
    rows, values = search.rows
    parameters = values | window_parameters(window)
    started = time.perf_counter()
    counted = reader.within(_COUNT_SECONDS).rows("search_count", parameters, rows=rows)
    is_exact = time.perf_counter() - started < _COUNT_SECONDS
    return Total(max([found, *(row["Total"] for row in counted)]), is_exact)


def window_parameters(window: Window) -> dict[str, Any]:
    """The parameters of `found_spans` and `found_logs` beside those of the query."""
    lies_in = slots(window.start, window.end)
    slot = {"first_slot": lies_in.first, "last_slot": lies_in.last}
    return window._asdict() | slot


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
