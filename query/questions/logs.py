"""Log records that match a query: page by page, as they arrive, counted over time and by value.

A page is read in two steps: where it ends, then the bodies between its ends, so that bodies of other pages stay unread.
"""

from __future__ import annotations

import time
from typing import Any, Literal, cast

from ..answers.logs import (
    Facet,
    FacetValue,
    LogBucket,
    LogFacets,
    LogHistogram,
    LogPage,
    LogRecord,
    LogTail,
)
from ..errors import NotFound
from ..filters.compile import Search
from ..reader import Reader
from ..time_range import MAX_NANO, slots, unix_nano
from ..views.attributes import attributes
from .search import (
    NEWEST_FIRST,
    OLDEST_FIRST,
    Cursor,
    Window,
    check_patterns,
    total_of,
    window_of_page,
    window_parameters,
)

Sort = Literal["time", "-time"]

MAX_BODY = 2000
"""Characters of a body in a list: 250 rows of it are half a megabyte at most."""
_WHOLE = 2**31

# Batches are inserted in another order than they arrive in, so what arrived this long before the last answer is asked
# for again. An insert that waits longer (a store that was away) is seen when the list is asked for anew.
_OVERLAP = 15 * 10**9
_FIRST_TAIL = 60 * 10**9
_HOUR = 3600 * 10**9

_CLASSES = ("none", "trace", "debug", "info", "warn", "error", "fatal")
_FIELDS = ("severity", "service", "event_name", "scope")


def search_logs(
    reader: Reader, window: Window, search: Search, sort: Sort, limit: int, cursor: str | None
) -> LogPage:
    """One page of the log records of the window that match."""
    newest_first = sort == "-time"
    first = Cursor(sort, window.end if newest_first else window.start, 0)
    after = Cursor.decode(cursor, sort) if cursor else first
    check_patterns(reader, search)
    order = NEWEST_FIRST if newest_first else OLDEST_FIRST
    near = window_of_page(reader, window, search, after, limit, order)
    rows, values = search.rows
    page = {"after": after.at, "skip": after.skip, "limit": limit + 1, "max_body": MAX_BODY}
    found = near and reader.rows(
        "search_logs", values | page | window_parameters(near), rows=rows, **order
    )
    found = found or []
    is_all = cursor is None and len(found) <= limit
    total = total_of(reader, window, search, len(found), is_all=is_all)
    return LogPage(
        logs=[_record(row) for row in found[:limit]],
        next_cursor=after.behind(found[:limit]).encode() if len(found) > limit else None,
        total=total.rows,
        total_is_exact=total.is_exact,
        start_time_unix_nano=str(window.start),
        end_time_unix_nano=str(window.end),
    )


def tail_logs(
    reader: Reader, window: Window, search: Search, since: int | None, limit: int
) -> LogTail:
    """What has arrived since, whatever its time in the window: late records are old ones."""
    now = time.time_ns()
    asked_since = now - _FIRST_TAIL if since is None else since - _OVERLAP
    check_patterns(reader, search)
    rows, values = search.rows
    # Clocks of senders run ahead.
    ahead = window._replace(end=min(MAX_NANO, max(window.end, now) + _HOUR))
    parameters = values | window_parameters(ahead)
    page = {"since": max(0, asked_since), "limit": limit, "max_body": MAX_BODY}
    found = reader.rows("tail_logs", parameters | page, rows=rows)
    last = unix_nano(found[0]["ReceivedAt"]) if found else max(0, asked_since + _OVERLAP)
    return LogTail(
        logs=[_record(row) for row in found],
        total=found[0]["Total"] if found else 0,
        since_time_unix_nano=str(max(last, since or 0)),
    )


def log_record(reader: Reader, project: str, log_id: str) -> LogRecord:
    """One log record with its whole body.

    Raises:
        NotFound: there is none.
    """
    text, _, hash = log_id.partition("-")
    at = min(int(text), MAX_NANO)
    parameters = {
        "project": project,
        "time": at,
        "slot": slots(at, at).first,
        "hash": hash,
        "max_body": _WHOLE,
    }
    found = reader.rows("log_record", parameters)
    if not found:
        raise NotFound(
            f"cannot show log record {log_id}: the project {project!r} has none with this id; look for it in the list"
        )
    return _record(found[0])


def histogram(reader: Reader, window: Window, search: Search, buckets: int) -> LogHistogram:
    """The log records that match by time and severity."""
    check_patterns(reader, search)
    length = window.end - window.start + 1
    bucket_nano = max(1, -(-length // buckets))
    found = [
        LogBucket(start_time_unix_nano=str(window.start + slot * bucket_nano))
        for slot in range(-(-length // bucket_nano))
    ]
    rows, values = search.rows
    parameters = values | window_parameters(window) | {"bucket_nano": bucket_nano}
    for row in reader.rows("log_histogram", parameters, rows=rows):
        setattr(found[row["Slot"]], _CLASSES[row["Class"]], row["Count"])
    return LogHistogram(bucket_nano=bucket_nano, buckets=found)


def facets(
    reader: Reader, window: Window, search: Search, keys: tuple[str, ...], limit: int
) -> LogFacets:
    """The most frequent values of the fields that most records have, and of the attributes `keys`."""
    check_patterns(reader, search)
    rows, values = search.rows
    parameters = values | window_parameters(window) | {"keys": list(keys), "limit": limit}
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in reader.rows("log_facets", parameters, rows=rows):
        found.setdefault((row["Scope"], row["Name"]), []).append(row)
    fields = [("", name) for name in _FIELDS if ("", name) in found]
    asked = [(scope, key) for key in keys for scope in ("log", "resource") if (scope, key) in found]
    return LogFacets(facets=[_facet(place, found[place]) for place in [*fields, *asked]])


def _facet(place: tuple[str, str], rows: list[dict[str, Any]]) -> Facet:
    scope, name = place
    return Facet(
        name=name,
        scope=cast(Literal["log", "resource"], scope) if scope else None,
        distinct=rows[0]["Distinct"],
        values=[
            FacetValue(value=row["Value"], type=row["Type"], count=row["Count"]) for row in rows
        ],
    )


def _record(row: dict[str, Any]) -> LogRecord:
    at = unix_nano(row["Timestamp"])
    return LogRecord(
        log_id=f"{at}-{row['Hash']}",
        time_unix_nano=str(at),
        received_time_unix_nano=str(unix_nano(row["ReceivedAt"])),
        severity=row["SeverityText"],
        severity_number=row["SeverityNumber"],
        event_name=row["EventName"],
        service=row["ServiceName"],
        scope=row["ScopeName"],
        body=row["ShownBody"],
        body_type=row["BodyType"],
        body_length=row["BodyLength"],
        trace_id=row["TraceId"],
        span_id=row["SpanId"],
        attributes=attributes(row["LogAttributes"], row["LogAttributeTypes"]),
        resource_attributes=attributes(row["ResourceAttributes"], row["ResourceAttributeTypes"]),
    )
