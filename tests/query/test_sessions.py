"""Sessions and users: lists and conversations, from what the traces say."""

from __future__ import annotations

from itertools import chain
from typing import Any
from urllib.parse import quote

import pytest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from spanhouse.query.answers.sessions import Session, SessionPage, User, UserPage

from .conftest import Api
from .sent import HOUR, MINUTE, MS, SECOND, T0, Value, span, trace_id, traces
from .test_transcript import agent, chat, said, text


def asked(
    trace: int, at: int, question: str, answer: str = "y", error: bool = False, **who: Value
) -> list[Span]:
    """One trace: an agent that is asked once and answers; `who` names session and user on the root."""
    named: dict[str, Value] = {
        {"session": "session.id", "conversation": "gen_ai.conversation.id", "user": "user.id"}[key]: value
        for key, value in who.items()
    }  # fmt: skip
    call = chat([text("user", question)], text("assistant", answer), tokens=10)
    return [
        span(trace, 1, "agent", start=at, duration=SECOND, attributes=agent("a") | named),
        span(trace, 2, "chat", parent=1, start=at + MS, error=error, attributes=call),
    ]


def send_some(api: Api) -> None:
    """Two sessions of ann, one of them shared with bob; one trace without a session."""
    api.send(
        traces(
            [
                *asked(1, 0, "hello?", "hi", session="s-1", user="ann"),
                *asked(2, 2 * MINUTE, "still there?", "yes", True, session="s-1", user="bob"),
                *asked(3, MINUTE, "where is it?", "Leipzig", conversation="S-2", user="ann"),
                *asked(4, 3 * MINUTE, "who am I?", "nobody"),
            ]
        )
    )


def listed(api: Api, what: str, **params: Any) -> Any:
    """A list over the first hours; its shape is that of the model the page's types come from."""
    found = api.get(f"/api/{what}", start=T0, end=T0 + 9 * HOUR, **params)
    model: type[SessionPage | UserPage] = SessionPage if what == "sessions" else UserPage
    assert model.model_validate(found).model_dump() == found
    return found


def ids(page: Any) -> list[str]:
    """The names on a page."""
    return [
        item["session_id"] if "session_id" in item else item["user_id"]
        for item in page.get("sessions") or page.get("users") or []
    ]


def test_sessions_are_listed_by_their_last_activity(api: Api) -> None:
    send_some(api)
    page = listed(api, "sessions")
    assert page["sessions"][0] == {
        "start_time_unix_nano": str(T0),
        "end_time_unix_nano": str(T0 + 2 * MINUTE + SECOND),
        "trace_count": 2,
        "turn_count": 2,
        "error_count": 1,
        "input_tokens": 20,
        "output_tokens": 10,
        "cost": None,
        "models": ["m-1"],
        "last_trace_id": trace_id(2),
        "last_input": {"text": "still there?", "truncated": None},
        "session_id": "s-1",
        "user_ids": ["ann", "bob"],
    }
    assert ids(page) == ["s-1", "S-2"]
    assert (page["total"], page["next_offset"]) == (2, None)


def test_users_are_listed_with_their_sessions(api: Api) -> None:
    send_some(api)
    page = listed(api, "users")
    assert [
        (item["user_id"], item["trace_count"], item["session_count"], item["last_input"]["text"])
        for item in page["users"]
    ] == [("bob", 1, 1, "still there?"), ("ann", 2, 2, "where is it?")]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [("-last", "c a b"), ("-traces", "b a c"), ("-turns", "b a c"), ("-errors", "a b c"), ("-tokens", "b a c")],
)  # fmt: skip
def test_a_list_is_sorted_by(api: Api, sort: str, expected: str) -> None:
    api.send(
        traces(
            [
                *asked(1, MINUTE, "x", error=True, session="a"),
                *asked(2, 0, "x", session="b"),
                *asked(3, MS, "x", session="b"),
                *asked(4, 2 * MINUTE, "x", session="c"),
            ]
        )
    )
    assert ids(listed(api, "sessions", sort=sort)) == expected.split()


def test_a_list_goes_on_page_by_page(api: Api) -> None:
    spans = [asked(number + 1, number * MINUTE, "x", user=f"u{number}") for number in range(5)]
    api.send(traces(chain.from_iterable(spans)))
    found: list[str] = []
    offset: int | None = 0
    while offset is not None:
        page = listed(api, "users", offset=offset, limit=2)
        assert page["total"] == 5
        found += ids(page)
        offset = page["next_offset"]
    assert found == ["u4", "u3", "u2", "u1", "u0"]
    past = listed(api, "users", offset=9)
    assert (past["users"], past["total"], past["next_offset"]) == ([], 5, None)


def test_a_list_is_narrowed_by_a_part_of_the_id(api: Api) -> None:
    send_some(api)
    assert ids(listed(api, "sessions", q="s-2")) == ["S-2"]
    assert ids(listed(api, "sessions", q="%")) == []


def test_a_session_is_found_by_its_user_and_a_user_by_a_session(api: Api) -> None:
    send_some(api)
    assert ids(listed(api, "sessions", q="BO")) == ["s-1"]
    assert ids(listed(api, "users", q="s-2")) == ["ann"]
    assert ids(listed(api, "users", q="s-")) == ["bob", "ann"]


def test_sessions_are_narrowed_to_those_of_a_user(api: Api) -> None:
    send_some(api)
    page = listed(api, "sessions", user="bob")
    [session] = page["sessions"]
    # Of a session that two share only what the one took part in.
    assert (session["session_id"], session["trace_count"], page["total"]) == ("s-1", 1, 1)
    assert ids(listed(api, "sessions", user="ann")) == ["S-2", "s-1"]
    assert ids(listed(api, "sessions", user="an")) == []


def test_a_trace_outside_the_window_does_not_count(api: Api) -> None:
    api.send(traces([*asked(1, 0, "x", session="s"), *asked(2, 2 * HOUR, "x", session="s")]))
    found = api.get("/api/sessions", start=T0 + HOUR, end=T0 + 9 * HOUR)
    assert [item["trace_count"] for item in found["sessions"]] == [1]


def test_a_session_is_a_conversation(api: Api) -> None:
    send_some(api)
    found = api.get("/api/sessions/s-1")
    assert Session.model_validate(found).model_dump() == found
    assert found["session"]["trace_count"] == 2
    assert [
        (item["trace"]["trace_id"], said(item["asked"]), said(item["answered"]))
        for item in found["traces"]
    ] == [
        (trace_id(1), ["user: hello?"], ["assistant: hi"]),
        (trace_id(2), ["user: still there?"], ["assistant: yes"]),
    ]
    assert found["next_offset"] is None
    page = api.get("/api/sessions/s-1", limit=1)
    assert (page["next_offset"], len(page["traces"])) == (1, 1)
    rest = api.get("/api/sessions/s-1", limit=1, offset=1)
    assert (rest["next_offset"], rest["traces"][0]["trace"]["trace_id"]) == (None, trace_id(2))


def test_the_newest_trace_of_a_user_comes_first(api: Api) -> None:
    send_some(api)
    found = api.get("/api/users/ann")
    assert User.model_validate(found).model_dump() == found
    assert found["user"]["session_count"] == 2
    assert [item["trace"]["trace_id"] for item in found["traces"]] == [trace_id(3), trace_id(1)]


@pytest.mark.parametrize("odd", ["a/b", "100%", "ü &?#", "'; DROP TABLE otel_traces", ".."])
def test_an_id_may_hold_any_character(api: Api, odd: str) -> None:
    api.send(traces(asked(1, 0, "x", session=odd)))
    found = api.get(f"/api/sessions/{quote(odd, safe='').replace('.', '%2E')}")
    assert found["session"]["session_id"] == odd


def test_what_no_trace_names_is_not_found(api: Api) -> None:
    for path in ("sessions/none", "users/none"):
        response = api.ask(f"/api/{path}")
        assert response.status_code == 404
        assert "'none'" in response.json()["detail"]
