"""What handlers are given: typed, validated, within the bounds of the store."""

from __future__ import annotations

import time
from typing import Annotated, Any

from fastapi import Depends, Header, Path, Query, Request

from ..errors import PROBLEM_JSON, InvalidQuestion
from ..filters.compile import Search
from ..filters.fields import SPANS
from ..reader import Reader
from ..time_range import MAX_NANO
from ..trace_filter import TraceFilter

_HOUR = 3600 * 10**9
DEFAULT_PROJECT = "default"

Nano = Annotated[int, Query(ge=0, le=MAX_NANO)]
Word = Annotated[str, Query(min_length=1, max_length=10_000)]
Prefix = Annotated[str, Query(max_length=1000, description="the beginning, in any case")]
QueryText = Annotated[
    str,
    Query(
        description="in the search language, query/filters/SPEC.md: `service = web and duration > 1s`"
    ),
]
Limit = Annotated[int, Query(ge=1, le=1000)]
Cursor = Annotated[str | None, Query(max_length=1000)]
Offset = Annotated[int, Query(ge=0, le=10_000_000)]
MaxChars = Annotated[
    int, Query(ge=1, le=1_000_000, description="of one text; what is cut says its whole length")
]
TraceId = Annotated[str, Path(pattern="^[0-9a-fA-F]{32}$", description="32 hex digits")]
SpanId = Annotated[str, Path(pattern="^[0-9a-fA-F]{16}$", description="16 hex digits")]

PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {
        "description": description,
        "content": {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    for status, description in {
        400: "The question is not valid",
        404: "Not found",
        503: "The store did not answer, or the question is too expensive",
    }.items()
}
"""For `responses` of a router."""

WRITE_PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {**PROBLEMS[400], "description": description}
    for status, description in {
        403: "The request comes from a page of another origin",
        409: "Someone else changed it meanwhile",
    }.items()
}
"""For `responses` of what writes, beside `PROBLEMS`."""


def _reader(request: Request) -> Reader:
    state = request.app.state
    return Reader(state.store, state.settings, request.scope["route"].operation_id)


def _asked_project(
    project: Annotated[
        str | None, Query(max_length=256, description="for links; the header comes first")
    ] = None,
    x_spanhouse_project: Annotated[str | None, Header(max_length=256)] = None,
) -> str | None:
    return x_spanhouse_project or project or None


def _project(asked: Annotated[str | None, Depends(_asked_project)]) -> str:
    return asked or DEFAULT_PROJECT


Ask = Annotated[Reader, Depends(_reader)]
AskedProject = Annotated[str | None, Depends(_asked_project)]
Project = Annotated[str, Depends(_project)]


def window(start: int | None, end: int | None, default_nano: int = _HOUR) -> tuple[int, int]:
    """The window asked for; where a bound is missing, `default_nano` up to the other or to now.

    Raises:
        InvalidQuestion: it ends before it starts.
    """
    if end is None:
        end = time.time_ns() if start is None else max(time.time_ns(), start)
    if start is None:
        start = max(0, end - default_nano)
    if start > end:
        raise InvalidQuestion(
            f"cannot use the time window: start {start} lies after end {end}; both are Unix nanoseconds, swap them"
        )
    return start, end


def _trace_filter(
    project: Project,
    start: Annotated[
        Nano | None, Query(description="Unix nanoseconds; default: an hour before end")
    ] = None,
    end: Annotated[Nano | None, Query(description="Unix nanoseconds; default: now")] = None,
    query: QueryText = "",
) -> TraceFilter:
    first, last = window(start, end)
    search = Search.of(SPANS, query, time.time_ns()) if query else None
    return TraceFilter(project, first, last, search)


Filter = Annotated[TraceFilter, Depends(_trace_filter)]
