"""Answers of the search language: spans that match, the newest first."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field


class FoundSpan(BaseModel):
    """One line of a list of spans."""

    trace_id: str
    span_id: str
    parent_span_id: str = Field(description='"" of a root')
    name: str
    kind: Literal["UNSPECIFIED", "INTERNAL", "SERVER", "CLIENT", "PRODUCER", "CONSUMER"]
    service: str
    start_time_unix_nano: str
    duration_nano: int
    status: Literal["UNSET", "OK", "ERROR"]


class SpanPage(BaseModel):
    """A page of the spans that match; `next_cursor` is null on the last one."""

    spans: list[FoundSpan]
    next_cursor: str | None
    total: int
    total_is_exact: bool = Field(
        description="false: at least so many; counting them all takes longer than a twentieth of a second"
    )
    start_time_unix_nano: str
    end_time_unix_nano: str
