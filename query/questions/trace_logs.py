"""The log records of a trace, those that name it."""

from __future__ import annotations

from typing import Any

from ..analysis.shown import shown
from ..answers.shown import ShownText, Truncated
from ..answers.trace_logs import LogAttribute, TraceLog, TraceLogs
from ..reader import Reader
from ..time_range import unix_nano
from ..views.attributes import attributes
from .trace import trace_parameters

# Of an attribute's value: a record may carry a whole conversation as one.
_MAX_ATTRIBUTE_CHARS = 2000


def trace_logs(
    reader: Reader, project: str, trace_id: str, limit: int, max_chars: int
) -> TraceLogs:
    """The first `limit` records by time, bodies cut at `max_chars`."""
    start = trace_parameters(reader, project, trace_id)["first"]
    rows = reader.rows(
        "trace_logs",
        {"project": project, "trace_id": trace_id, "limit": limit, "max_chars": max_chars},
    )
    return TraceLogs(
        trace_id=trace_id,
        start_time_unix_nano=str(start),
        logs=[_log(row, start) for row in rows],
        shown=len(rows),
        total=rows[0]["Total"] if rows else 0,
    )


def _log(row: dict[str, Any], trace_start: int) -> TraceLog:
    time, body, length = unix_nano(row["Timestamp"]), row["ShownBody"], row["BodyLength"]
    cut = Truncated(shown=len(body), of=length) if length > len(body) else None
    return TraceLog(
        time_unix_nano=str(time),
        start=time - trace_start,
        span_id=row["SpanId"],
        severity=row["SeverityText"],
        severity_number=row["SeverityNumber"],
        event_name=row["EventName"],
        service=row["ServiceName"],
        body=ShownText(text=body, truncated=cut),
        body_type=row["BodyType"],
        attributes=[
            _attribute(item.key, item.type, item.value)
            for item in attributes(row["LogAttributes"], row["LogAttributeTypes"])
        ],
    )


def _attribute(key: str, type: Any, value: str) -> LogAttribute:
    cut = shown(value, _MAX_ATTRIBUTE_CHARS)
    return LogAttribute(key=key, type=type, value=cut.text, truncated=cut.truncated)
