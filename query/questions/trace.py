"""One trace: where it lies in the sort key, then its skeleton, a span in full, a search in it."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, NamedTuple

import orjson

from ..answers.cost import Cost
from ..answers.trace import Span, SpanSearch, TraceArrival
from ..errors import NotFound
from ..reader import Reader
from ..time_range import slots, unix_nano
from ..views.cost import cost
from ..views.otlp.traces import traces
from ..views.skeleton import Totals, skeleton, totals
from ..views.span import span
from ..views.usage import Charged
from . import usage

# Spans that are in memory at a time: large enough that planning the query does not count.
OTLP_BATCH = 2000


class Bounds(NamedTuple):
    """When the first and the last span began, in Unix nanoseconds."""

    first: int
    last: int


def bounds(reader: Reader, project: str, trace_ids: list[str]) -> Bounds | None:
    """The bounds of some traces together; None where none of them is stored."""
    rows = reader.rows("trace_bounds", {"project": project, "trace_ids": trace_ids})
    if not rows:
        return None
    return Bounds(
        min(unix_nano(row["Start"]) for row in rows), max(unix_nano(row["End"]) for row in rows)
    )


def trace_parameters(reader: Reader, project: str, trace_id: str) -> dict[str, Any]:
    """The parameters of every question about one trace.

    Raises:
        NotFound: no span of it is stored.
    """
    found = bounds(reader, project, [trace_id])
    if found is None:
        raise NotFound(
            f"cannot show trace {trace_id}: no span of it is stored in project {project!r}; it may not have arrived "
            "yet, be older than the retention, or belong to another project"
        )
    return parameters_within(project, trace_id, found.first, found.last)


def parameters_within(project: str, trace_id: str, first: int, last: int) -> dict[str, Any]:
    """The same, where it is known that no span began before `first` or after `last`, Unix nanoseconds."""
    lies_in = slots(first, last)
    return {
        "project": project,
        "trace_id": trace_id,
        "first": first,
        "last": last,
        "first_slot": lies_in.first,
        "last_slot": lies_in.last,
    }


def trace_skeleton(reader: Reader, project: str, trace_id: str) -> bytes:
    """The answer `Skeleton` as JSON."""
    parameters = trace_parameters(reader, project, trace_id)
    limit = reader.settings.max_skeleton_spans
    # Not with usage.COLUMNS: fourteen columns more of 100,000 spans cost more than a question about the GenAI ones.
    columns = reader.columns("skeleton", parameters | {"limit": limit})
    if not columns["SpanId"]:
        raise gone(project, trace_id)
    total = totals(columns)
    if total.span_count == limit:
        row = reader.rows("trace_totals", parameters)[0]
        total = Totals(row["SpanCount"], row["ErrorCount"], row["StartNano"], row["EndNano"])
    return orjson.dumps(
        skeleton(trace_id, columns, total, charged_spans(reader, parameters, columns))
    )


def charged_spans(
    reader: Reader, parameters: dict[str, Any], columns: dict[str, Sequence[Any]]
) -> list[Charged | None]:
    """For each span of a skeleton what it used; None of one that is not GenAI.

    Args:
        reader: of the operation.
        parameters: of questions about the trace.
        columns: of a question about spans, ordered by start and span id; with `usage.COLUMNS` no other is asked.
    """
    operations, span_ids = columns["Operation"], columns["SpanId"]
    if not any(operations):
        return [None] * len(span_ids)
    if "Provider" not in columns or len(span_ids) == reader.settings.max_skeleton_spans:
        return _asked_for(reader, parameters, columns)
    trace_id = parameters["trace_id"]
    parents: dict[tuple[str, str], str] = {}
    for span_id, parent in zip(span_ids, columns["ParentSpanId"], strict=True):
        parents.setdefault((trace_id, span_id), parent)
    spans = usage.used_columns(trace_id, columns)
    charged = iter(usage.charge(reader, parameters["project"], spans, parents))
    return [next(charged) if operation else None for operation in operations]


def _asked_for(
    reader: Reader, parameters: dict[str, Any], columns: dict[str, Sequence[Any]]
) -> list[Charged | None]:
    """The same by a question of its own, about all spans: one that is not shown may repeat what these say."""
    # An id that occurs twice does so in the same order here and there.
    found: dict[str, list[Charged]] = defaultdict(list)
    for charged in reversed(usage.of_trace(reader, parameters)):
        found[charged.used.span_id].append(charged)
    return [
        found[span_id].pop() if operation and found[span_id] else None
        for span_id, operation in zip(columns["SpanId"], columns["Operation"], strict=True)
    ]


def trace_arrival(reader: Reader, project: str, trace_id: str) -> TraceArrival:
    """How many spans of a trace have come, and how long ago the last one."""
    row = reader.rows("trace_arrival", trace_parameters(reader, project, trace_id))[0]
    if not row["SpanCount"]:
        raise gone(project, trace_id)
    received = unix_nano(row["Received"])
    return TraceArrival(
        span_count=row["SpanCount"],
        root_count=row["RootCount"],
        received_time_unix_nano=str(received),
        age_nano=max(time.time_ns() - received, 0),
    )


def trace_span(reader: Reader, project: str, trace_id: str, span_id: str, nth: int = 0) -> Span:
    """One span in full; of several with this id the nth by start."""
    parameters = trace_parameters(reader, project, trace_id)
    rows = reader.rows("span", parameters | {"span_id": span_id, "nth": nth})
    if not rows:
        raise NotFound(
            f"cannot show span {span_id}: trace {trace_id} of project {project!r} has no such span; it may not have "
            "arrived yet"
        )
    return span(rows[0])


def trace_cost(reader: Reader, project: str, trace_id: str, span_id: str | None = None) -> Cost:
    """Why a trace, or one span of it, costs what it costs."""
    charged = usage.of_trace(reader, trace_parameters(reader, project, trace_id))
    return cost(trace_id, [c for c in charged if span_id in (None, c.used.span_id)])


def search_trace(reader: Reader, project: str, trace_id: str, text: str) -> SpanSearch:
    """The spans of a trace that hold `text`, whatever its case."""
    parameters = trace_parameters(reader, project, trace_id)
    span_ids = list(reader.columns("search_trace", parameters | {"text": text})["SpanId"])
    return SpanSearch(span_ids=span_ids, total=len(span_ids))


def trace_otlp(reader: Reader, project: str, trace_id: str) -> Iterator[bytes]:
    """Every span of a trace as one OTLP JSON document, in pieces: a trace may not fit into memory.

    The first piece is read before this returns, so that a trace that is not there is told by a status.
    """
    parameters = trace_parameters(reader, project, trace_id)
    batches = _span_batches(reader, parameters)
    first = next(batches, None)
    if first is None:
        raise gone(project, trace_id)
    return _document(chain([first], batches))


def _span_batches(reader: Reader, parameters: dict[str, Any]) -> Iterator[list[dict[str, Any]]]:
    first = parameters["first"]
    while first <= parameters["last"]:
        rows = reader.rows("trace_spans", parameters | {"first": first, "limit": OTLP_BATCH})
        if rows:
            yield rows
        if len(rows) < OTLP_BATCH:
            return
        first = unix_nano(rows[-1]["Timestamp"]) + 1


def _document(batches: Iterable[list[dict[str, Any]]]) -> Iterator[bytes]:
    before = b'{"resourceSpans":['
    for rows in batches:
        yield before + orjson.dumps(traces(rows)["resourceSpans"])[1:-1]
        before = b","
    yield b"]}"


def gone(project: str, trace_id: str) -> NotFound:
    """The error of a trace that is known and has no spans."""
    return NotFound(
        f"cannot show trace {trace_id}: its spans in project {project!r} are no longer stored; the retention has "
        "removed them"
    )
