"""Answer about one trace: a digest that fits into a language model's context."""

from __future__ import annotations

from pydantic import BaseModel, Field

from .critical_path import CategoryTime
from .shown import Truncated
from .transcript import FailedWith, Usage


class DigestStep(BaseModel):
    """A contributor to the critical path."""

    span_id: str
    name: str
    service: str
    duration_nano: int
    percent: float = Field(description="of the trace's wall clock")


class DigestLine(BaseModel):
    """Spans of one name under one parent, folded; a line that stands for one span has its id."""

    depth: int
    count: int
    name: str
    service: str
    span_id: str
    duration_nano: int = Field(description="of one span; of several the median")
    max_duration_nano: int
    error_count: int
    input_tokens: int
    output_tokens: int


class DigestError(BaseModel):
    """A span that failed, an innermost one first."""

    span_id: str
    name: str
    service: str
    count: int = Field(description="spans that failed alike")
    failed_with: FailedWith


class Digest(BaseModel):
    """Everything in order of importance; what did not fit is told by `truncated` and by the counts."""

    trace_id: str
    root_name: str
    root_service: str
    start_time_unix_nano: str
    duration_nano: int
    span_count: int
    shown_span_count: int
    error_count: int
    services: list[str]
    models: list[str]
    usage: Usage
    attribution: list[CategoryTime]
    critical_path: list[DigestStep]
    critical_path_count: int
    errors: list[DigestError]
    errors_count: int
    tree: list[DigestLine]
    tree_count: int
    transcript: list[str] = Field(description="cards as text, in order")
    transcript_count: int
    truncated: Truncated | None = Field(
        description="characters of the whole digest; null: all fits"
    )
