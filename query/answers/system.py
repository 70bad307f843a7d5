"""Answers about the server itself: version, projects, the ingest ledger, problems."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Health(BaseModel):
    """All doors are open."""

    status: Literal["ok"]


class Version(BaseModel):
    """What runs here and where it listens."""

    version: str
    clickhouse: str
    store: Literal["embedded", "server"]
    endpoints: dict[str, str]


class Project(BaseModel):
    """A project; times are null before its first data."""

    name: str
    span_count: int
    first_time_unix_nano: str | None = Field(description="true to the hour")
    last_time_unix_nano: str | None


class Projects(BaseModel):
    """By name; `default` is always one of them."""

    projects: list[Project]


class Reason(BaseModel):
    """Why something was rejected, and how many items or requests were."""

    reason: str
    count: int


class Sender(BaseModel):
    """One sender's items of one signal: received = stored + rejected + deduplicated."""

    project: str
    signal: str
    sender: str
    received: int
    stored: int
    rejected: int
    deduplicated: int
    requests: int
    reasons: list[Reason]
    last_time_unix_nano: str


class Ledger(BaseModel):
    """The sender heard last first."""

    senders: list[Sender]


class Problem(BaseModel):
    """RFC 9457 problem details; some kinds have more fields."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str = Field(description="what was tried, what was found, what to do")
    instance: str
