"""Answer about one trace: its log records by time."""

from __future__ import annotations

from pydantic import BaseModel, Field

from .attributes import Attribute, AttributeType
from .shown import ShownText, Truncated


class LogAttribute(Attribute):
    """An attribute whose value may be cut."""

    truncated: Truncated | None


class TraceLog(BaseModel):
    """One log record of a trace."""

    time_unix_nano: str
    start: int = Field(description="nanoseconds after the trace's start; negative before it")
    span_id: str = Field(description='"" where the record names the trace alone')
    severity: str
    severity_number: int
    event_name: str
    service: str
    body: ShownText
    body_type: AttributeType
    attributes: list[LogAttribute]


class TraceLogs(BaseModel):
    """The first log records of a trace, the oldest first."""

    trace_id: str
    start_time_unix_nano: str
    logs: list[TraceLog]
    shown: int
    total: int
