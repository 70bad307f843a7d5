"""Answer about one trace: a digest that fits into a language model's context."""

from __future__ import annotations

from pydantic import BaseModel, Field

from .critical_path import CategoryTime
from .shown import ShownText
from .transcript import FailedWith, Usage


class DigestError(BaseModel):
    """Spans of one name that failed; those below which nothing failed, where an error began, come first."""

    name: str
    service: str
    count: int
    span_id: str = Field(description="the first of them")
    failed_with: FailedWith


class DigestStep(BaseModel):
    """What the spans of one name own of the critical path."""

    name: str
    service: str
    count: int = Field(description="spans")
    duration_nano: int
    span_id: str = Field(description="the one that owns most")


class DigestSpans(BaseModel):
    """Spans of one name whose parents are folded together too."""

    depth: int
    name: str
    service: str
    count: int
    p50_duration_nano: int
    max_duration_nano: int
    error_count: int
    input_tokens: int = Field(description="of calls of a model, summed")
    output_tokens: int
    span_id: str = Field(description="the longest of them")


class DigestCard(BaseModel):
    """A card of the transcript as text."""

    depth: int
    span_id: str
    text: str


class Digest(BaseModel):
    """A trace in as many characters as were asked for; each list says how many there are in all."""

    trace_id: str
    name: str = Field(description="of the first root")
    service: str
    start_time_unix_nano: str
    duration_nano: int
    span_count: int
    shown_span_count: int = Field(
        description="less than span_count for a trace over the server's bound: the digest is of these"
    )
    error_count: int
    services: list[str]
    service_count: int
    models: list[str]
    model_count: int
    usage: Usage
    attribution: list[CategoryTime]
    asked: ShownText | None
    answered: ShownText | None
    errors: list[DigestError]
    errors_count: int
    critical_path: list[DigestStep]
    critical_path_count: int
    spans: list[DigestSpans]
    spans_count: int
    transcript: list[DigestCard]
    transcript_count: int
