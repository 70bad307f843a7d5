"""One trace analysed: where its time went."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from ..analysis.digest import MIN_CHARS
from ..answers.comparison import Comparison
from ..answers.critical_path import CriticalPath
from ..answers.digest import Digest
from ..answers.graph import TraceGraph
from ..answers.trace_logs import TraceLogs
from ..answers.transcript import Transcript
from ..questions import analysis, comparison, digest, transcript
from ..questions import trace_logs as logs
from .compressed import json_response
from .parameters import PROBLEMS, Ask, Limit, MaxChars, Offset, Project, TraceId

router = APIRouter(prefix="/api/traces", tags=["analysis"], responses=PROBLEMS)

AskedSpanId = Annotated[
    str | None,
    Query(pattern="^[0-9a-fA-F]{16}$", description="16 hex digits: only that span and all below"),
]

# Ten thousand pairs take the server a second and the page five megabytes; more are not read anyway.
Steps = Annotated[int, Query(ge=1, le=10_000)]
OtherTraceId = Annotated[str, Query(pattern="^[0-9a-fA-F]{32}$", description="32 hex digits")]


# Before the routes of one trace, which would take its name for an id.
@router.get("/compare", operation_id="compare_traces")
def compare_traces(
    ask: Ask,
    project: Project,
    left: OtherTraceId,
    right: OtherTraceId,
    limit: Steps = 500,
    max_chars: MaxChars = 4000,
) -> Comparison:
    """Two traces step by step, aligned by what the steps are."""
    return comparison.compare_traces(ask, project, left.lower(), right.lower(), limit, max_chars)


@router.get(
    "/{trace_id}/critical-path",
    operation_id="get_trace_critical_path",
    responses={200: {"model": CriticalPath}},
)
def get_trace_critical_path(
    request: Request,
    ask: Ask,
    project: Project,
    trace_id: TraceId,
    span_id: AskedSpanId = None,
) -> Response:
    """The span that was waited for at every moment, and what the wall clock was spent on."""
    body = analysis.trace_critical_path(
        ask, project, trace_id.lower(), span_id.lower() if span_id else None
    )
    return json_response(request, body)


@router.get("/{trace_id}/transcript", operation_id="get_trace_transcript")
def get_trace_transcript(
    ask: Ask,
    project: Project,
    trace_id: TraceId,
    offset: Offset = 0,
    limit: Limit = 200,
    max_chars: MaxChars = 4000,
) -> Transcript:
    """What was said and done, as cards in order: agents, turns with what is new in them, tools, failures."""
    return transcript.trace_transcript(ask, project, trace_id.lower(), offset, limit, max_chars)


@router.get("/{trace_id}/logs", operation_id="get_trace_logs")
def get_trace_logs(
    ask: Ask,
    project: Project,
    trace_id: TraceId,
    limit: Annotated[int, Query(ge=1, le=10_000)] = 1000,
    max_chars: MaxChars = 4000,
) -> TraceLogs:
    """The log records that name the trace, the oldest first."""
    return logs.trace_logs(ask, project, trace_id.lower(), limit, max_chars)


@router.get("/{trace_id}/graph", operation_id="get_trace_graph")
def get_trace_graph(ask: Ask, project: Project, trace_id: TraceId) -> TraceGraph:
    """Who called whom: agents, models, tools, retrievers and services."""
    return analysis.trace_graph(ask, project, trace_id.lower())


@router.get(
    "/{trace_id}/digest",
    operation_id="get_trace_digest",
    responses={200: {"model": Digest, "content": {"text/markdown": {}}}},
)
def get_trace_digest(
    request: Request,
    ask: Ask,
    project: Project,
    trace_id: TraceId,
    format: digest.Format = "markdown",
    max_chars: Annotated[
        int, Query(ge=MIN_CHARS, le=1_000_000, description="of the whole digest")
    ] = 12_000,
) -> Response:
    """The trace for a language model: what matters of it in as many characters as there is room for."""
    body = digest.trace_digest(ask, project, trace_id.lower(), format, max_chars)
    if format == "json":
        return json_response(request, body)
    return Response(body, media_type="text/markdown; charset=utf-8")
