"""Answer about one trace: its critical path, and what its wall clock was spent on."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

Category = Literal[
    "llm_wait",
    "llm_decode",
    "llm",
    "embedding",
    "retrieval",
    "tool",
    "agent",
    "http",
    "database",
    "client",
    "own",
    "idle",
]
"""llm_wait and llm_decode: a model before and after its first chunk, llm: where that moment is not known; agent: an
agent's own time; client: another call to something remote; own: code with a span; idle: no span runs."""


class CategoryTime(BaseModel):
    """What one category took of the wall clock."""

    category: Category
    duration_nano: int


class PathSpans(BaseModel):
    """Parallel arrays, one element per span on the path, the one that owns most of it first."""

    index: list[int] = Field(description="in the skeleton")
    span_id: list[str]
    duration: list[int] = Field(description="nanoseconds of the path that the span itself owns")


class PathSegments(BaseModel):
    """Parallel arrays by time; each segment begins where the one before ended."""

    span: list[int] = Field(description="index into spans; -1 where no span runs")
    start: list[int] = Field(description="nanoseconds after the trace's start")
    duration: list[int] = Field(description="nanoseconds; they add up to duration_nano")
    category: list[int] = Field(description="index into attribution")


class CriticalPath(BaseModel):
    """The span that was waited for at every moment of a trace, or of a span of it."""

    trace_id: str
    span_id: str = Field(description='whose subtree was asked for; "" for the whole trace')
    start_time_unix_nano: str
    duration_nano: int
    span_count: int
    shown_span_count: int = Field(
        description="less than span_count for a trace over the server's bound: the others are left out"
    )
    attribution: list[CategoryTime] = Field(
        description="the largest first; they add up to duration_nano"
    )
    spans: PathSpans
    segments: PathSegments
