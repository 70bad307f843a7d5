"""What a list of traces is narrowed by, and that as SQL: only the WHERE of two questions grows.

A trace matches when one of its spans meets all of service, name, status, attributes and text at once; its duration is
that of the whole trace. A filter alone that the summaries can answer exactly is asked of them, not of the spans.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

Status = Literal["ok", "error", "unset"]

_DAY = 86_400 * 10**9
_STATUS_CODES = {"ok": "Ok", "error": "Error", "unset": "Unset"}
# Buckets are 32-bit seconds, so those of times after 2106 come out somewhere in the range.
_LAST_BUCKET = 2**32 - 1

MAX_NANO = 2**63 - 1
LOOK_BACK_NANO = 7 * _DAY
"""How long before the window a batch of spans may have begun and its trace still be listed as running."""


@dataclass(frozen=True)
class TraceFilter:
    """A window of time and what must hold of a trace in it."""

    project: str
    start: int
    """Unix nanoseconds; a trace is in the window when it ran at some time of it."""
    end: int
    service: str | None = None
    name: str | None = None
    status: Status | None = None
    min_duration: int | None = None
    max_duration: int | None = None
    attributes: tuple[str, ...] = ()
    """`key=value`, compared with the text of a span's or its resource's attribute."""
    text: str | None = None

    @property
    def needs_spans(self) -> bool:
        """Whether the summaries of traces cannot tell which match."""
        if self.name is not None or self.attributes or self.text is not None:
            return True
        if self.status in ("ok", "unset"):
            return True
        return self.service is not None and self.status is not None


class Clause(NamedTuple):
    """SQL text and the values of its parameters."""

    sql: str
    parameters: dict[str, Any]


def window(filter: TraceFilter) -> dict[str, Any]:
    """The parameters that every question about a list has."""
    first = max(0, filter.start - LOOK_BACK_NANO) // 10**9
    last = min(MAX_NANO, filter.end + LOOK_BACK_NANO) // 10**9
    if last > _LAST_BUCKET:
        first, last = 0, _LAST_BUCKET
    return {
        "project": filter.project,
        "start": filter.start,
        "end": filter.end,
        "first_bucket": first - first % 300,
        "last_bucket": last,
    }


def duration_condition(filter: TraceFilter) -> Clause:
    """The HAVING on a whole trace; `1` where nothing is asked."""
    conditions: list[str] = []
    parameters: dict[str, Any] = {}
    if filter.min_duration is not None:
        conditions.append("DurationNano >= {min_duration:Int64}")
        parameters["min_duration"] = filter.min_duration
    if filter.max_duration is not None:
        conditions.append("DurationNano <= {max_duration:Int64}")
        parameters["max_duration"] = filter.max_duration
    return Clause(_conjunction(conditions), parameters)


def summary_condition(filter: TraceFilter) -> Clause:
    """The WHERE on `trace_summaries`, for a filter that does not need spans."""
    conditions: list[str] = []
    parameters: dict[str, Any] = {}
    if filter.service is not None:
        conditions.append("has(Services, {service:String})")
        parameters["service"] = filter.service
    if filter.status == "error":
        conditions.append("ErrorCount > 0")
    return Clause(_conjunction(conditions), parameters)


def span_condition(filter: TraceFilter) -> Clause:
    """The WHERE on `otel_traces`: all of it must hold of one span."""
    conditions: list[str] = []
    parameters: dict[str, Any] = {}
    if filter.service is not None:
        conditions.append("ServiceName = {service:String}")
        parameters["service"] = filter.service
    if filter.name is not None:
        conditions.append("SpanName = {name:String}")
        parameters["name"] = filter.name
    if filter.status is not None:
        conditions.append("StatusCode = {status:String}")
        parameters["status"] = _STATUS_CODES[filter.status]
    for number, item in enumerate(filter.attributes):
        # The text indexes on these two ALIAS columns answer `has` without reading the maps.
        conditions.append(
            f"(has(SpanAttributeItems, {{attribute_{number}:String}}) "
            f"OR has(ResourceAttributeItems, {{attribute_{number}:String}}))"
        )
        parameters[f"attribute_{number}"] = item
    if filter.text is not None:
        conditions.append(
            "(positionCaseInsensitiveUTF8(SpanName, {text:String}) > 0 "
            "OR positionCaseInsensitiveUTF8(ServiceName, {text:String}) > 0 "
            "OR positionCaseInsensitiveUTF8(StatusMessage, {text:String}) > 0 "
            "OR arrayExists(v -> positionCaseInsensitiveUTF8(v, {text:String}) > 0, mapValues(SpanAttributes)))"
        )
        parameters["text"] = filter.text
    return Clause(_conjunction(conditions), parameters)


def _conjunction(conditions: list[str]) -> str:
    return "\n        AND ".join(conditions) or "1"
