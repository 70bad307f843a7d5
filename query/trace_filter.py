"""What a list of traces is narrowed by, and that as SQL: a window of time, and a search of spans.

A trace matches when one of its spans that began in the window does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from .filters.compile import Search
from .time_range import MAX_NANO, slots

_HOUR = 3600 * 10**9

# How much earlier than its window a row of summaries may be filed and still be found: a batch of spans is filed where
# its first span began, and may hold the end of a run of days.
FILED_EARLIER = 14 * 24 * _HOUR
# How far around the window a trace is looked at for sorting; what is shown of it is taken from its whole length.
_NEAR = _HOUR

_IN_WINDOW = (
    "End >= fromUnixTimestamp64Nano({start:Int64}, 'UTC') "
    "AND Start <= fromUnixTimestamp64Nano({end:Int64}, 'UTC')"
)


@dataclass(frozen=True)
class TraceFilter:
    """A window of time and what must hold of a trace in it."""

    project: str
    start: int
    """Unix nanoseconds; a trace is in the window when it ran at some time of it."""
    end: int
    search: Search | None = None
    """Of one span that began in the window."""


class Clauses(NamedTuple):
    """What fills a question about a list: `${matching}`, `${conditions}` and the values of parameters."""

    matching: str
    conditions: str
    parameters: dict[str, Any]


def clauses(filter: TraceFilter) -> Clauses:
    """The filter as SQL on `trace_summaries`."""
    conditions = f"countIf({_IN_WINDOW}) > 0"
    if filter.search is None:
        return Clauses("1", conditions, _window(filter))
    rows, values = filter.search.rows
    searched = f"TraceId IN (SELECT TraceId FROM (\n{rows}\n))"
    return Clauses(searched, conditions, _window(filter) | values)


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
