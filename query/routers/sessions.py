"""Sessions and users: lists, and one with its conversation."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from ..answers.sessions import Session, SessionPage, User, UserPage
from ..questions import sessions
from ..questions.search import Window
from .parameters import PROBLEMS, Ask, Limit, MaxChars, Nano, Offset, Project, window

router = APIRouter(prefix="/api", tags=["sessions"], responses=PROBLEMS)

IdPart = Annotated[
    str, Query(max_length=1000, description="a part of the id of the session or user, in any case")
]
# An id may hold any character, slashes too.
Id = Annotated[str, Path(min_length=1, max_length=10_000)]
Traces = Annotated[int, Query(ge=1, le=100, description="traces of a page")]


@router.get("/sessions", operation_id="list_sessions")
def list_sessions(
    ask: Ask,
    project: Project,
    q: IdPart = "",
    user: Annotated[str, Query(max_length=10_000, description="id of a user")] = "",
    start: Nano | None = None,
    end: Nano | None = None,
    sort: sessions.Sort = "-last",
    offset: Offset = 0,
    limit: Limit = 50,
) -> SessionPage:
    """Sessions of the traces that ran in the window (the last hour), or of those of one user."""
    within = Window(project, *window(start, end))
    return sessions.list_sessions(ask, within, q, sort, offset, limit, user)


@router.get("/sessions/{session_id:path}", operation_id="get_session")
def get_session(
    ask: Ask,
    project: Project,
    session_id: Id,
    offset: Offset = 0,
    limit: Traces = 20,
    max_chars: MaxChars = 4000,
) -> Session:
    """A session and its traces, the oldest first: what was asked in each and what was answered."""
    return sessions.get_session(ask, project, session_id, offset, limit, max_chars)


@router.get("/users", operation_id="list_users")
def list_users(
    ask: Ask,
    project: Project,
    q: IdPart = "",
    start: Nano | None = None,
    end: Nano | None = None,
    sort: sessions.Sort = "-last",
    offset: Offset = 0,
    limit: Limit = 50,
) -> UserPage:
    """Users of the traces that ran in the window (the last hour)."""
    within = Window(project, *window(start, end))
    return sessions.list_users(ask, within, q, sort, offset, limit)


@router.get("/users/{user_id:path}", operation_id="get_user")
def get_user(
    ask: Ask,
    project: Project,
    user_id: Id,
    offset: Offset = 0,
    limit: Traces = 20,
    max_chars: MaxChars = 4000,
) -> User:
    """A user and the traces, the newest first: what was asked in each and what was answered."""
    return sessions.get_user(ask, project, user_id, offset, limit, max_chars)
