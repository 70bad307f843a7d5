"""Answers about log records: pages of those that match, what has just arrived, counts over time and by value."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from .attributes import Attribute, AttributeType


class LogRecord(BaseModel):
    """One log record."""

    log_id: str = Field(
        description="of GET /api/logs/{log_id}; records alike in everything share it"
    )
    time_unix_nano: str
    received_time_unix_nano: str
    severity: str
    severity_number: int
    event_name: str
    service: str
    scope: str
    body: str = Field(
        description="text, as an attribute's value is; its beginning where it is long"
    )
    body_type: AttributeType
    body_length: int = Field(description="characters of the whole")
    trace_id: str = Field(description='"" where the record belongs to no trace')
    span_id: str
    attributes: list[Attribute]
    resource_attributes: list[Attribute]


class LogPage(BaseModel):
    """A page of the log records that match; `next_cursor` is null on the last one."""

    logs: list[LogRecord]
    next_cursor: str | None
    total: int
    total_is_exact: bool = Field(
        description="false: at least so many; counting them all takes longer than a twentieth of a second"
    )
    start_time_unix_nano: str
    end_time_unix_nano: str


class LogTail(BaseModel):
    """What has arrived, the last to arrive first; some of it may have been in the answer before."""

    logs: list[LogRecord]
    total: int = Field(description="that arrived; more than `logs` where they came too fast")
    since_time_unix_nano: str = Field(description="to ask with next")


class LogBucket(BaseModel):
    """The records of a stretch of time by their class of severity; `none` sent neither number nor known text."""

    start_time_unix_nano: str
    none: int = 0
    trace: int = 0
    debug: int = 0
    info: int = 0
    warn: int = 0
    error: int = 0
    fatal: int = 0


class LogHistogram(BaseModel):
    """Counts over the whole window."""

    bucket_nano: int
    buckets: list[LogBucket]


class FacetValue(BaseModel):
    """A value and how many records have it."""

    value: str
    type: AttributeType
    count: int


class Facet(BaseModel):
    """The most frequent values of a field or attribute."""

    name: str
    scope: Literal["log", "resource"] | None = Field(description="of an attribute")
    distinct: int = Field(description="values in all")
    values: list[FacetValue]


class LogFacets(BaseModel):
    """Fields first, then the attributes that were asked for."""

    facets: list[Facet]
