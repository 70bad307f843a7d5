"""Answers about many traces: a page of the list, and the histogram of the same question."""

from __future__ import annotations

from pydantic import BaseModel, Field


class TraceSummary(BaseModel):
    """One line of the list."""

    trace_id: str
    start_time_unix_nano: str
    duration_nano: int
    root_name: str = Field(description='"" while no span without a parent has arrived')
    root_service: str
    span_count: int
    error_count: int
    services: list[str]
    input_tokens: int = Field(description="of the counted spans, as in the skeleton")
    output_tokens: int
    cost: float | None = Field(
        description="US dollars of the counted spans with a known cost; null where there is none"
    )
    unpriced_models: list[str] = Field(description="that were called and have no known price")
    models: list[str]


class TracePage(BaseModel):
    """A page of the list; `next_cursor` is null on the last one."""

    traces: list[TraceSummary]
    next_cursor: str | None
    total: int
    total_is_exact: bool
    start_time_unix_nano: str
    end_time_unix_nano: str


class HistogramBucket(BaseModel):
    """The traces that began in one slice of the window; durations are 0 where there is none."""

    start_time_unix_nano: str
    trace_count: int
    error_count: int = Field(description="traces with at least one error")
    p50_nano: int
    p95_nano: int
    max_nano: int


class Histogram(BaseModel):
    """The window in slices of `bucket_nano`, empty ones included."""

    bucket_nano: int
    buckets: list[HistogramBucket]
