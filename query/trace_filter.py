"""What a list of traces is narrowed by, and that as SQL: only a WHERE and a HAVING grow.

A trace matches when one of its spans meets all of service, name, status, attributes and text at once; its duration is
that of the whole trace. A filter that the summaries can answer exactly is asked of them, not of the spans.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from .filters.compile import Search
from .filters.fields import SPANS
from .reader import question
from .text_index import INSERTED, MERGED, indexed, scanned, text_in
from .time_range import MAX_NANO, slots

Status = Literal["ok", "error", "unset"]

_HOUR = 3600 * 10**9
_STATUS_CODES = {"ok": "Ok", "error": "Error", "unset": "Unset"}

# How much earlier than its window a row of summaries may be filed and still be found: a batch of spans is filed where
# its first span began, and may hold the end of a run of days.
FILED_EARLIER = 14 * 24 * _HOUR
# How far around the window a trace is looked at for sorting; what is shown of it is taken from its whole length.
_NEAR = _HOUR

_IN_WINDOW = (
    "End >= fromUnixTimestamp64Nano({start:Int64}, 'UTC') "
    "AND Start <= fromUnixTimestamp64Nano({end:Int64}, 'UTC')"
)
_ITEMS = ("SpanAttributeItems", "ResourceAttributeItems")
_MAPS = ("SpanAttributes", "ResourceAttributes")


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
    search: Search | None = None
    """Of one span that began in the window; it need not be the one that meets the fields above."""

    @property
    def needs_spans(self) -> bool:
        """Whether the summaries of traces cannot tell which match."""
        if self.name is not None or self.attributes or self.text is not None:
            return True
        if self.status in ("ok", "unset"):
            return True
        return self.service is not None and self.status is not None


class Clauses(NamedTuple):
    """What fills a question about a list: `${matching}`, `${conditions}` and the values of parameters."""

    matching: str
    conditions: str
    parameters: dict[str, Any]


def clauses(filter: TraceFilter) -> Clauses:
    """The filter as SQL on `trace_summaries`."""
    found = _clauses(filter)
    if filter.search is None:
        return found
    rows, values = filter.search.rows
    searched = f"TraceId IN (SELECT TraceId FROM (\n{rows}\n))"
    return Clauses(f"{found.matching} AND {searched}", found.conditions, found.parameters | values)


def _clauses(filter: TraceFilter) -> Clauses:
    """The filter but for its search."""
    parameters = _window(filter)
    having = _duration_conditions(filter, parameters)
    if not filter.needs_spans:
        having.insert(0, f"countIf({_and(_summary_conditions(filter, parameters))}) > 0")
        return Clauses("1", _and(having), parameters)
    conditions = _span_conditions(filter, parameters)
    if filter.attributes:
        subqueries = [
            _spans([MERGED, *conditions, *_indexed_attributes(filter)]),
            _spans([INSERTED, *conditions, *_scanned_attributes(filter)]),
        ]
    else:
        subqueries = [_spans(conditions)]
    for number, item in enumerate(filter.attributes):
        parameters[f"attribute_{number}"] = item
    union = "\n    UNION ALL\n".join(subqueries)
    return Clauses(f"TraceId IN\n    (\n{union}\n    )", _and(having) or "1", parameters)


def _window(filter: TraceFilter) -> dict[str, Any]:
    spans = slots(filter.start, filter.end)
    near_start, near_end = max(0, filter.start - _NEAR), min(MAX_NANO, filter.end + _NEAR)
    filed = slots(filter.start - FILED_EARLIER, near_end)
    return {
        "project": filter.project,
        "start": filter.start,
        "end": filter.end,
        "near_start": near_start,
        "near_end": near_end,
        "first_bucket": filed.first,
        "last_bucket": filed.last,
        "first_slot": spans.first,
        "last_slot": spans.last,
    }


def _duration_conditions(filter: TraceFilter, parameters: dict[str, Any]) -> list[str]:
    conditions: list[str] = []
    if filter.min_duration is not None:
        conditions.append("DurationNano >= {min_duration:Int64}")
        parameters["min_duration"] = filter.min_duration
    if filter.max_duration is not None:
        conditions.append("DurationNano <= {max_duration:Int64}")
        parameters["max_duration"] = filter.max_duration
    return conditions


def _summary_conditions(filter: TraceFilter, parameters: dict[str, Any]) -> list[str]:
    """What must hold of one row of summaries, for a filter that does not need spans."""
    conditions = [_IN_WINDOW]
    if filter.service is not None:
        conditions.append("has(Services, {service:String})")
        parameters["service"] = filter.service
    if filter.status == "error":
        conditions.append("ErrorCount > 0")
    return conditions


def _span_conditions(filter: TraceFilter, parameters: dict[str, Any]) -> list[str]:
    """What must hold of one span, but for its attributes."""
    conditions: list[str] = []
    if filter.service is not None:
        conditions.append("ServiceName = {service:String}")
        parameters["service"] = filter.service
    if filter.name is not None:
        conditions.append("SpanName = {name:String}")
        parameters["name"] = filter.name
    if filter.status is not None:
        conditions.append("StatusCode = {status:String}")
        parameters["status"] = _STATUS_CODES[filter.status]
    if filter.text is not None:
        conditions.append(text_in(SPANS.text, ("SpanAttributes",), "{text:String}"))
        parameters["text"] = filter.text
    return conditions


def _indexed_attributes(filter: TraceFilter) -> list[str]:
    """Answered by the text indexes on the two ALIAS columns, without reading the maps."""
    return [
        indexed(_ITEMS, f"{{attribute_{number}:String}}")
        for number in range(len(filter.attributes))
    ]


def _scanned_attributes(filter: TraceFilter) -> list[str]:
    """The same, written so that no index is asked."""
    return [
        scanned(_MAPS, f"{{attribute_{number}:String}}") for number in range(len(filter.attributes))
    ]


def _spans(conditions: list[str]) -> str:
    return question("traces_with_span").substitute(conditions="\n        AND ".join(conditions))


def _and(conditions: list[str]) -> str:
    return " AND ".join(conditions)
