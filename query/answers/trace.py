"""Answers about one trace: its skeleton, one span in full, a search in it."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

from .attributes import Attribute
from .gen_ai import GenAi


class SkeletonSpans(BaseModel):
    """Parallel arrays, one element per span, ordered by start and span id."""

    span_id: list[str]
    parent: list[int] = Field(
        description="index of the parent; -1 for a root, -2 where the parent is not in the trace, "
        "-3 where the span is its own ancestor"
    )
    name: list[int] = Field(description="index into names")
    service: list[int] = Field(description="index into services")
    start: list[int] = Field(description="nanoseconds after the trace's start")
    duration: list[int] = Field(description="nanoseconds")
    status: list[int] = Field(description="0 unset, 1 ok, 2 error")
    kind: list[int] = Field(description="OTLP SpanKind: 0 unspecified to 5 consumer")
    event_count: list[int]
    operation: list[int] = Field(description="index into operations, 0 where the span is not GenAI")
    model: list[int] = Field(description="index into models, 0 where there is none")
    agent: list[int] = Field(description="index into agents, 0 where there is none")
    tool: list[int] = Field(description="index into tools, 0 where there is none")
    input_tokens: list[int] = Field(description="all of them, cached ones included")
    output_tokens: list[int] = Field(description="all of them, reasoning included")
    cache_read_tokens: list[int] = Field(description="of the input tokens")
    cache_write_tokens: list[int] = Field(description="of the input tokens")
    reasoning_tokens: list[int] = Field(description="of the output tokens")
    audio_tokens: list[int] = Field(description="of the input and the output tokens")
    cost: list[float | None] = Field(
        description="US dollars; null where no price is known, or the span calls no model"
    )
    counted: list[bool] = Field(
        description="whether the span is part of its trace's totals: it calls a model, and no span inside says the same"
    )


class Skeleton(BaseModel):
    """A trace without its attributes, by column."""

    trace_id: str
    start_time_unix_nano: str
    duration_nano: int
    span_count: int
    shown_span_count: int = Field(
        description="less than span_count for a trace over the server's bound"
    )
    error_count: int
    services: list[str]
    names: list[str]
    operations: list[str]
    models: list[str]
    agents: list[str]
    tools: list[str]
    spans: SkeletonSpans


class TraceArrival(BaseModel):
    """What has come of a trace so far: little enough to be asked again and again while it is in flight."""

    span_count: int
    root_count: int = Field(description="spans without a parent id")
    received_time_unix_nano: str = Field(description="when the last of them was received")
    age_nano: int = Field(description="nanoseconds since then, by the server's clock")


class SpanStatus(BaseModel):
    """How a span ended."""

    code: Literal["UNSET", "OK", "ERROR"]
    message: str


class SpanEvent(BaseModel):
    """Something that happened within a span."""

    name: str
    time_unix_nano: str
    attributes: list[Attribute]
    dropped_attributes_count: int


class SpanLink(BaseModel):
    """A pointer from a span to another, of any trace."""

    trace_id: str
    span_id: str
    trace_state: str
    flags: int
    attributes: list[Attribute]
    dropped_attributes_count: int


class Resource(BaseModel):
    """What produced the span."""

    attributes: list[Attribute]
    dropped_attributes_count: int
    schema_url: str


class Scope(BaseModel):
    """The instrumentation that produced the span."""

    name: str
    version: str
    attributes: list[Attribute]
    dropped_attributes_count: int
    schema_url: str


class Span(BaseModel):
    """One span in full."""

    trace_id: str
    span_id: str
    parent_span_id: str
    trace_state: str
    flags: int
    name: str
    kind: Literal["UNSPECIFIED", "INTERNAL", "SERVER", "CLIENT", "PRODUCER", "CONSUMER"]
    start_time_unix_nano: str
    end_time_unix_nano: str
    duration_nano: int
    received_time_unix_nano: str
    status: SpanStatus
    service: str
    attributes: list[Attribute]
    dropped_attributes_count: int
    events: list[SpanEvent]
    dropped_events_count: int
    links: list[SpanLink]
    dropped_links_count: int
    resource: Resource
    scope: Scope
    gen_ai: GenAi | None


class SpanSearch(BaseModel):
    """The spans of a trace that hold a text, in the skeleton's order."""

    span_ids: list[str]
    total: int


class OtlpTraces(BaseModel):
    """OTLP JSON: an ExportTraceServiceRequest."""

    resourceSpans: list[dict[str, Any]]
