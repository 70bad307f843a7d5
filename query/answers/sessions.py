"""Answers about sessions and users: lists of them, and one with its traces as a conversation."""

from __future__ import annotations

from pydantic import BaseModel, Field

from .shown import ShownText
from .traces import TraceSummary
from .transcript import TranscriptMessage


class _Activity(BaseModel):
    start_time_unix_nano: str = Field(description="of its first trace")
    end_time_unix_nano: str = Field(description="of the trace that ended last")
    trace_count: int
    turn_count: int = Field(description="calls of a model")
    error_count: int = Field(description="spans that failed")
    input_tokens: int = Field(
        description="of the counted spans, as in the traces; of more than 1,000 traces of all spans that call a model"
    )
    output_tokens: int
    cost: float | None = Field(
        description="US dollars of the counted spans with a known cost; null where there is none, and of more than "
        "1,000 traces"
    )
    models: list[str]
    last_trace_id: str
    last_input: ShownText | None = Field(
        description="what was asked at the beginning of the last trace; null where it does not say"
    )


class SessionSummary(_Activity):
    """A session as its traces in the window tell, each over its whole length."""

    session_id: str
    user_ids: list[str] = Field(description="ten at most")


class UserSummary(_Activity):
    """A user as the traces in the window tell, each over its whole length."""

    user_id: str
    session_count: int


class SessionPage(BaseModel):
    """A page of the sessions that were active in the window."""

    sessions: list[SessionSummary]
    offset: int
    total: int
    next_offset: int | None = Field(description="of the next page; null on the last one")
    start_time_unix_nano: str
    end_time_unix_nano: str


class UserPage(BaseModel):
    """A page of the users that were active in the window."""

    users: list[UserSummary]
    offset: int
    total: int
    next_offset: int | None = Field(description="of the next page; null on the last one")
    start_time_unix_nano: str
    end_time_unix_nano: str


class ConversationTrace(BaseModel):
    """A trace of a session: what was asked in it, and what was answered in the end."""

    trace: TraceSummary
    asked: list[TranscriptMessage]
    answered: list[TranscriptMessage]


class Session(BaseModel):
    """A session with a page of its traces, the oldest first."""

    session: SessionSummary
    traces: list[ConversationTrace]
    offset: int
    next_offset: int | None = Field(description="of the next page; null on the last one")


class User(BaseModel):
    """A user with a page of the traces, the newest first."""

    user: UserSummary
    traces: list[ConversationTrace]
    offset: int
    next_offset: int | None = Field(description="of the next page; null on the last one")
