"""One trace analysed: the rows an analysis works on, then its answer."""

from __future__ import annotations

from collections import Counter
from typing import Any

import orjson

from ..analysis.attribution import segments
from ..analysis.critical_path import critical_path
from ..analysis.graph import graph
from ..analysis.outline import Outline
from ..analysis.rows import TraceRows
from ..answers.graph import TraceGraph
from ..errors import NotFound
from ..reader import Reader
from ..views.skeleton import Totals, totals
from . import usage
from .trace import charged_spans, gone, trace_parameters

# What can be laid out and read on a page.
_MAX_NODES = 200
_MAX_EDGES = 1000


def trace_rows(reader: Reader, project: str, trace_id: str) -> TraceRows:
    """The spans of a trace by column, as many as a skeleton holds.

    Raises:
        NotFound: no span of it is stored.
    """
    return rows_of(reader, trace_parameters(reader, project, trace_id))


def rows_of(reader: Reader, parameters: dict[str, Any], *, with_usage: bool = True) -> TraceRows:
    """The same, where it is known already where the trace lies; tokens and costs cost a little more."""
    limit = reader.settings.max_skeleton_spans
    columns = reader.columns(
        "trace_rows", parameters | {"limit": limit}, usage=usage.COLUMNS if with_usage else ""
    )
    if not columns["SpanId"]:
        raise gone(parameters["project"], parameters["trace_id"])
    total = totals(columns)
    if total.span_count == limit:
        row = reader.rows("trace_totals", parameters)[0]
        total = Totals(row["SpanCount"], row["ErrorCount"], row["StartNano"], row["EndNano"])
    charged = (
        charged_spans(reader, parameters, columns)
        if with_usage
        else [None] * len(columns["SpanId"])
    )
    return TraceRows.of(parameters["trace_id"], columns, total, charged)


def trace_graph(reader: Reader, project: str, trace_id: str) -> TraceGraph:
    """The answer `TraceGraph`."""
    return graph(Outline(trace_rows(reader, project, trace_id)), _MAX_NODES, _MAX_EDGES)


def index_of(trace: TraceRows, span_id: str) -> int:
    """Where the span stands; of several with this id the first by start.

    Raises:
        NotFound: it is not among the rows.
    """
    try:
        return trace.span_id.index(span_id)
    except ValueError:
        raise NotFound(
            f"cannot show span {span_id}: trace {trace.trace_id} has no such span among the {len(trace)} of "
            f"{trace.total.span_count} that were read; it may not have arrived yet"
        ) from None


def trace_critical_path(
    reader: Reader, project: str, trace_id: str, span_id: str | None = None
) -> bytes:
    """The answer `CriticalPath` as JSON, of the trace or of the subtree below a span."""
    parameters = trace_parameters(reader, project, trace_id)
    trace = rows_of(reader, parameters, with_usage=False)
    top = None if span_id is None else index_of(trace, span_id)
    return orjson.dumps(path_answer(trace, top))


def path_answer(trace: TraceRows, top: int | None = None) -> dict[str, Any]:
    """The answer `CriticalPath` as plain lists: a path may have as many segments as the trace spans."""
    found = list(segments(trace, critical_path(trace, top)))
    per_category: Counter[str] = Counter()
    per_span: Counter[int] = Counter()
    for span, start, end, category in found:
        per_category[category] += end - start
        if span >= 0:
            per_span[span] += end - start
    attribution = sorted(per_category.items(), key=lambda item: (-item[1], item[0]))
    spans = sorted(per_span.items(), key=lambda item: (-item[1], item[0]))
    category_place = {category: place for place, (category, _) in enumerate(attribution)}
    span_place = {span: place for place, (span, _) in enumerate(spans)} | {-1: -1}
    trace_start = trace.total.start_nano
    start = trace_start if top is None else trace.start[top]
    return {
        "trace_id": trace.trace_id,
        "span_id": "" if top is None else trace.span_id[top],
        "start_time_unix_nano": str(start),
        "duration_nano": sum(per_category.values()),
        "span_count": trace.total.span_count,
        "shown_span_count": len(trace),
        "attribution": [
            {"category": category, "duration_nano": nano} for category, nano in attribution
        ],
        "spans": {
            "index": [span for span, _ in spans],
            "span_id": [trace.span_id[span] for span, _ in spans],
            "duration": [nano for _, nano in spans],
        },
        "segments": {
            "span": [span_place[segment.span] for segment in found],
            "start": [segment.start - trace_start for segment in found],
            "duration": [segment.end - segment.start for segment in found],
            "category": [category_place[segment.category] for segment in found],
        },
    }
