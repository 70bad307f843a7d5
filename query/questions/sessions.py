"""Sessions and users: both are names that traces carry, so both are the same questions to the summaries of traces."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import Any, Literal, NamedTuple

from ..analysis.attribution import MODEL_CALLS
from ..analysis.content import Content, asked
from ..analysis.content_difference import message_text
from ..analysis.outline import Outline
from ..analysis.shown import shown
from ..answers.sessions import (
    ConversationTrace,
    Session,
    SessionPage,
    SessionSummary,
    User,
    UserPage,
    UserSummary,
)
from ..answers.shown import ShownText
from ..errors import NotFound
from ..reader import Reader
from ..time_range import MAX_NANO, slots
from ..trace_filter import FILED_EARLIER
from ..views.usage import UsageTotal, dollars, usage_total
from . import usage
from .analysis import rows_of
from .search import Window
from .trace import bounds, parameters_within
from .trace_list import summaries
from .transcript import conversation_ends

Sort = Literal["-last", "-traces", "-turns", "-errors", "-tokens"]

_PREVIEW_CHARS = 300
# Whose usage is added up span by span: 1,000 traces of 10 calls take 0.1 s.
_TRACES_OF_KEY = 1000
_TRACES_OF_PAGE = 5000


class Kind(NamedTuple):
    """Names that traces carry: as SQL, what goes with them, how a person calls one, and how its traces are ordered."""

    keys: str
    others: str
    noun: str
    direction: int


SESSIONS = Kind("TraceSessions", "TraceUsers", "session", 1)
USERS = Kind("TraceUsers", "TraceSessions", "user", -1)


class _Told(NamedTuple):
    """What the summaries of traces do not say: by trace id what was asked, by name what was used."""

    inputs: dict[str, ShownText]
    used: dict[str, UsageTotal]


@dataclass(frozen=True)
class _Page:
    rows: list[dict[str, Any]]
    told: _Told
    total: int


def list_sessions(
    reader: Reader,
    window: Window,
    text: str,
    sort: Sort,
    offset: int,
    limit: int,
    user_id: str = "",
) -> SessionPage:
    """The sessions of the traces that ran in the window, or of those of one user; `text` is in its id or a user's."""
    page = _page(reader, SESSIONS, window, text, sort, offset, limit, user_id)
    return SessionPage(
        sessions=[_session(row, page.told) for row in page.rows],
        offset=offset,
        total=page.total,
        next_offset=_next(offset, page),
        start_time_unix_nano=str(window.start),
        end_time_unix_nano=str(window.end),
    )


def list_users(
    reader: Reader, window: Window, text: str, sort: Sort, offset: int, limit: int
) -> UserPage:
    """The users of the traces that ran in the window; `text` is in the id or that of a session."""
    page = _page(reader, USERS, window, text, sort, offset, limit)
    return UserPage(
        users=[_user(row, page.told) for row in page.rows],
        offset=offset,
        total=page.total,
        next_offset=_next(offset, page),
        start_time_unix_nano=str(window.start),
        end_time_unix_nano=str(window.end),
    )


def get_session(
    reader: Reader, project: str, session_id: str, offset: int, limit: int, max_chars: int
) -> Session:
    """A session with some of its traces, whenever they were.

    Raises:
        NotFound: no trace names it.
    """
    row, told = _one(reader, SESSIONS, project, session_id)
    traces = _conversation(reader, SESSIONS, project, session_id, offset, limit, max_chars)
    end = offset + len(traces)
    return Session(
        session=_session(row, told),
        traces=traces,
        offset=offset,
        next_offset=end if end < row["TraceCount"] else None,
    )


def get_user(
    reader: Reader, project: str, user_id: str, offset: int, limit: int, max_chars: int
) -> User:
    """A user with some of the traces, whenever they were.

    Raises:
        NotFound: no trace names the user.
    """
    row, told = _one(reader, USERS, project, user_id)
    traces = _conversation(reader, USERS, project, user_id, offset, limit, max_chars)
    end = offset + len(traces)
    return User(
        user=_user(row, told),
        traces=traces,
        offset=offset,
        next_offset=end if end < row["TraceCount"] else None,
    )


def _page(
    reader: Reader,
    kind: Kind,
    window: Window,
    text: str,
    sort: Sort,
    offset: int,
    limit: int,
    other: str = "",
) -> _Page:
    parameters = _within(window) | {
        "key": "",
        "other": other,
        "text": text,
        "sort": sort.removeprefix("-"),
        "offset": offset,
        "limit": limit,
    }
    rows = reader.rows("activity", parameters, keys=kind.keys, others=kind.others)
    total = rows[0]["Total"] if rows else 0
    if not rows and offset:
        first = reader.rows(
            "activity", parameters | {"offset": 0, "limit": 1}, keys=kind.keys, others=kind.others
        )
        total = first[0]["Total"] if first else 0
    return _Page(rows, _told(reader, window.project, rows), total)


def _one(reader: Reader, kind: Kind, project: str, key: str) -> tuple[dict[str, Any], _Told]:
    parameters = _within(Window(project, 0, MAX_NANO)) | {
        "key": key,
        "other": "",
        "text": "",
        "sort": "last",
        "offset": 0,
        "limit": 1,
    }
    rows = reader.rows("activity", parameters, keys=kind.keys, others=kind.others)
    if not rows:
        raise NotFound(
            f"cannot show {kind.noun} {key!r}: no trace of project {project!r} names it; its traces may not have "
            "arrived yet, or be older than the retention"
        )
    return rows[0], _told(reader, project, rows)


def _conversation(
    reader: Reader, kind: Kind, project: str, key: str, offset: int, limit: int, max_chars: int
) -> list[ConversationTrace]:
    parameters = _within(Window(project, 0, MAX_NANO)) | {
        "key": key,
        "direction": kind.direction,
        "offset": offset,
        "limit": limit,
    }
    rows = reader.rows("activity_traces", parameters, keys=kind.keys)
    found = []
    for summary in summaries(reader, project, [row["TraceId"] for row in rows]):
        first = int(summary.start_time_unix_nano)
        lies = parameters_within(project, summary.trace_id, first, first + summary.duration_nano)
        outline = Outline(rows_of(reader, lies))
        said, answered = conversation_ends(reader, lies, outline, max_chars)
        found.append(ConversationTrace(trace=summary, asked=said, answered=answered))
    return found


def _within(window: Window) -> dict[str, Any]:
    filed = slots(window.start - FILED_EARLIER, window.end)
    return window._asdict() | {"first_bucket": filed.first, "last_bucket": filed.last}


def _told(reader: Reader, project: str, rows: list[dict[str, Any]]) -> _Told:
    return _Told(_inputs(reader, project, rows), _used(reader, project, rows))


def _used(reader: Reader, project: str, rows: list[dict[str, Any]]) -> dict[str, UsageTotal]:
    """What each row's traces used, of rows with few enough traces; a trace of several is looked at once."""
    lie: dict[str, tuple[int, int]] = {}
    whole = []
    for row in rows:
        if row["TraceCount"] <= _TRACES_OF_KEY and len(lie) < _TRACES_OF_PAGE:
            lie |= {trace_id: (first, last) for trace_id, first, last in row["Traces"]}
            whole.append(row)
    charged = usage.of_traces(reader, project, lie)
    return {
        row["Key"]: usage_total(
            chain.from_iterable(charged[trace_id] for trace_id, _, _ in row["Traces"])
        )
        for row in whole
    }


def _inputs(reader: Reader, project: str, rows: list[dict[str, Any]]) -> dict[str, ShownText]:
    """What was asked at the beginning of the last trace of each row, by the trace's id."""
    trace_ids = sorted({row["LastTraceId"] for row in rows})
    lie = bounds(reader, project, trace_ids) if trace_ids else None
    if lie is None:
        return {}
    lies_in = slots(*lie)
    parameters = {
        "project": project,
        "trace_ids": trace_ids,
        "operations": sorted(MODEL_CALLS),
        "first": lie.first,
        "last": lie.last,
        "first_slot": lies_in.first,
        "last_slot": lies_in.last,
    }
    found = {}
    for row in reader.rows("first_calls", parameters):
        content = Content.of(row)
        if content.gen_ai is not None:
            text = "\n".join(message_text(message) for message in asked(content.gen_ai))
            if text:
                found[row["TraceId"]] = shown(text, _PREVIEW_CHARS)
    return found


def _next(offset: int, page: _Page) -> int | None:
    end = offset + len(page.rows)
    return end if page.rows and end < page.total else None


def _activity(row: dict[str, Any], told: _Told) -> dict[str, Any]:
    used = told.used.get(row["Key"])
    cost = None if used is None else used.cost
    return {
        "start_time_unix_nano": str(row["StartNano"]),
        "end_time_unix_nano": str(row["EndNano"]),
        "trace_count": row["TraceCount"],
        "turn_count": row["TurnCount"],
        "error_count": row["ErrorCount"],
        "input_tokens": row["InputTokens"] if used is None else used.input_tokens,
        "output_tokens": row["OutputTokens"] if used is None else used.output_tokens,
        "cost": None if cost is None else float(dollars(cost)),
        "models": row["Models"],
        "last_trace_id": row["LastTraceId"],
        "last_input": told.inputs.get(row["LastTraceId"]),
    }


def _session(row: dict[str, Any], told: _Told) -> SessionSummary:
    return SessionSummary(**_activity(row, told), session_id=row["Key"], user_ids=row["Others"])


def _user(row: dict[str, Any], told: _Told) -> UserSummary:
    return UserSummary(**_activity(row, told), user_id=row["Key"], session_count=row["OtherCount"])
