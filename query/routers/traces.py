"""Traces: the list and its histogram, and one trace as a skeleton, span by span, or searched."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from ..answers.cost import Cost
from ..answers.trace import OtlpTraces, Skeleton, Span, SpanSearch, TraceArrival
from ..answers.traces import Histogram, TracePage
from ..questions import trace as trace_questions
from ..questions import trace_list
from .compressed import download, json_response
from .parameters import PROBLEMS, Ask, Filter, Limit, Project, SpanId, TraceId, Word

router = APIRouter(prefix="/api/traces", tags=["traces"], responses=PROBLEMS)


@router.get("", operation_id="list_traces")
def list_traces(
    ask: Ask,
    filter: Filter,
    sort: trace_list.Sort = "-start",
    limit: Limit = 50,
    cursor: Annotated[str | None, Query(max_length=1000)] = None,
) -> TracePage:
    """Traces that ran in the window and of which one span that began in it matches the query."""
    return trace_list.list_traces(ask, filter, sort, limit, cursor)


@router.get("/histogram", operation_id="trace_histogram")
def trace_histogram(
    ask: Ask, filter: Filter, buckets: Annotated[int, Query(ge=1, le=1000)] = 60
) -> Histogram:
    """How many of those traces began when, and how long they took."""
    return trace_list.histogram(ask, filter, buckets)


@router.get(
    "/{trace_id}/skeleton", operation_id="get_trace_skeleton", responses={200: {"model": Skeleton}}
)
def get_trace_skeleton(request: Request, ask: Ask, project: Project, trace_id: TraceId) -> Response:
    """A trace without its attributes, by column."""
    body = trace_questions.trace_skeleton(ask, project, trace_id.lower())
    return json_response(request, body)


@router.get("/{trace_id}/arrival", operation_id="get_trace_arrival")
def get_trace_arrival(ask: Ask, project: Project, trace_id: TraceId) -> TraceArrival:
    """What has come of a trace so far, for a reader that waits for the rest."""
    return trace_questions.trace_arrival(ask, project, trace_id.lower())


@router.get("/{trace_id}/spans/{span_id}", operation_id="get_span")
def get_span(
    ask: Ask,
    project: Project,
    trace_id: TraceId,
    span_id: SpanId,
    nth: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> Span:
    """One span in full; where a sender used its id more than once, the nth by start, counted from 0."""
    return trace_questions.trace_span(ask, project, trace_id.lower(), span_id.lower(), nth)


@router.get("/{trace_id}/cost", operation_id="explain_trace_cost")
def explain_trace_cost(ask: Ask, project: Project, trace_id: TraceId) -> Cost:
    """Why a trace costs what it costs: the buckets and prices of its calls, and which spans repeat them."""
    return trace_questions.trace_cost(ask, project, trace_id.lower())


@router.get("/{trace_id}/spans/{span_id}/cost", operation_id="explain_span_cost")
def explain_span_cost(ask: Ask, project: Project, trace_id: TraceId, span_id: SpanId) -> Cost:
    """The same of one span alone, and of those that share its id."""
    return trace_questions.trace_cost(ask, project, trace_id.lower(), span_id.lower())


@router.get("/{trace_id}/search", operation_id="search_trace")
def search_trace(ask: Ask, project: Project, trace_id: TraceId, q: Word) -> SpanSearch:
    """The spans that hold a text in names, attributes, events or status."""
    return trace_questions.search_trace(ask, project, trace_id.lower(), q)


@router.get(
    "/{trace_id}/otlp", operation_id="get_trace_otlp", responses={200: {"model": OtlpTraces}}
)
def get_trace_otlp(request: Request, ask: Ask, project: Project, trace_id: TraceId) -> Response:
    """The whole trace as OTLP JSON, for download."""
    pieces = trace_questions.trace_otlp(ask, project, trace_id.lower())
    return download(request, pieces, "application/json", f"{trace_id.lower()}.otlp.json")
