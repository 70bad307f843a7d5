"""Traces for the pure analyses: rows in few words, without a store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from spanhouse.query.analysis.rows import TraceRows
from spanhouse.query.views.skeleton import totals
from spanhouse.query.views.usage import Charged, PriceKey, Used


@dataclass(frozen=True)
class Line:
    """One span; `start` and `duration` in nanoseconds after the trace's, `parent` the id of another line."""

    id: str
    parent: str = ""
    start: int = 0
    duration: int = 0
    name: str = "work"
    service: str = "web"
    kind: str = "Internal"
    operation: str = ""
    model: str = ""
    agent: str = ""
    tool: str = ""
    error: bool = False
    input_tokens: int = 0
    output_tokens: int = 0
    protocol: str = ""
    first_chunk: int = 0
    cost: int | None = None
    repeats: bool = False
    """Another span says the same usage."""


def rows(lines: Sequence[Line], origin: int = 0) -> TraceRows:
    """The lines as the store answers them; the trace begins at `origin` Unix nanoseconds and the first line's start."""
    lines = sorted(lines, key=lambda line: (line.start, line.id))
    columns: dict[str, Sequence[Any]] = {
        "SpanId": [line.id for line in lines],
        "ParentSpanId": [line.parent for line in lines],
        "Name": [line.name for line in lines],
        "Service": [line.service for line in lines],
        "StartNano": [origin + line.start for line in lines],
        "Duration": [line.duration for line in lines],
        "StatusCode": ["Error" if line.error else "Unset" for line in lines],
        "SpanKind": [line.kind for line in lines],
        "Operation": [line.operation for line in lines],
        "Model": [line.model for line in lines],
        "Agent": [line.agent for line in lines],
        "Tool": [line.tool for line in lines],
        "Protocol": [line.protocol for line in lines],
        "FirstChunkNano": [line.first_chunk for line in lines],
    }
    return TraceRows.of("t", columns, totals(columns), list(map(_charged, lines)))


def _charged(line: Line) -> Charged | None:
    if not line.operation:
        return None
    used = Used(
        trace_id="t",
        span_id=line.id,
        parent_span_id=line.parent,
        start_nano=line.start,
        operation=line.operation,
        key=PriceKey("", line.model, "", ""),
        response=0,
        input_tokens=line.input_tokens,
        output_tokens=line.output_tokens,
        buckets={},
        reported_cost=None,
    )
    counted = used.is_call and not line.repeats
    return Charged(used, None, line.cost if used.is_call else None, counted)
