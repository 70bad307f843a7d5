"""The critical path and what the wall clock was spent on: the rules by literals, the tiling as a property."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spanhouse.query.analysis.attribution import segments
from spanhouse.query.analysis.critical_path import IDLE, critical_path
from spanhouse.query.answers.critical_path import CriticalPath

from .conftest import Api
from .sent import MS, T0, Value, span, span_id, trace_id, traces
from .traced import Line, rows


def path(*lines: Line, top: str | None = None) -> list[str]:
    """The stretches by time, as `span start-end`."""
    trace = rows(lines)
    index = None if top is None else list(trace.span_id).index(top)
    return [
        f"{'idle' if at == IDLE else trace.span_id[at]} {start}-{end}"
        for at, start, end in critical_path(trace, index)
    ]


ROOT = Line("root", duration=100)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param([Line("root", duration=10)], ["root 0-10"], id="a span alone"),
        pytest.param(
            [ROOT, Line("a", "root", 10, 30), Line("b", "root", 50, 40)],
            ["root 0-10", "a 10-40", "root 40-50", "b 50-90", "root 90-100"],
            id="children one after the other",
        ),
        pytest.param(
            [ROOT, Line("quick", "root", 10, 20), Line("slow", "root", 10, 80)],
            ["root 0-10", "slow 10-90", "root 90-100"],
            id="of parallel children the one that ended last",
        ),
        pytest.param(
            [
                ROOT,
                Line("first", "root", 0, 30),
                Line("across", "root", 20, 40),
                Line("last", "root", 50, 50),
            ],
            ["first 0-30", "root 30-50", "last 50-100"],
            id="a child across the start of the one waited for",
        ),
        pytest.param(
            [ROOT, Line("long", "root", 10, 90), Line("short", "root", 60, 40)],
            ["root 0-60", "short 60-100"],
            id="of children that end together the one that began last",
        ),
        pytest.param(
            [Line("root", duration=50), Line("async", "root", 40, 100)],
            ["root 0-40", "async 40-140"],
            id="a child that outlives its parent is what the trace waits for then",
        ),
        pytest.param(
            [Line("root", start=10, duration=10), Line("early", "root", 5, 10)],
            ["early 5-15", "root 15-20"],
            id="a child that began before its parent",
        ),
        pytest.param(
            [Line("root", start=10, duration=10), Line("later", "root", 30, 5)],
            ["root 10-20", "idle 20-30", "later 30-35"],
            id="a child outside its parent, by a clock that is off",
        ),
        pytest.param(
            [Line("a", duration=10), Line("b", start=20, duration=10)],
            ["a 0-10", "idle 10-20", "b 20-30"],
            id="several roots and nothing between",
        ),
        pytest.param(
            [Line("a", duration=60), Line("b", start=40, duration=60)],
            ["a 0-40", "b 40-100"],
            id="roots that overlap leave nothing idle",
        ),
        pytest.param(
            [Line("a", duration=60), Line("c", "a", 10, 40), Line("b", start=40, duration=60)],
            ["a 0-10", "c 10-40", "b 40-100"],
            id="a root cut by another still waits for its children",
        ),
        pytest.param(
            [Line("orphan", "gone", 0, 10), Line("other", "gone", 10, 10)],
            ["orphan 0-10", "other 10-20"],
            id="spans whose parent has not arrived",
        ),
        pytest.param(
            [ROOT, Line("orphan", "gone", 20, 10)],
            ["root 0-100"],
            id="an orphan beside a root that runs on",
        ),
        pytest.param(
            [Line("a", "b", 0, 50), Line("b", "a", 10, 30)],
            ["a 0-10", "b 10-40", "a 40-50"],
            id="a cycle is walked from its first span",
        ),
        pytest.param(
            [ROOT, Line("instant", "root", 50, 0)],
            ["root 0-100"],
            id="a span of no duration owns nothing",
        ),
        pytest.param([Line("root", duration=0)], [], id="a trace of no duration"),
        pytest.param(
            [
                Line("root", duration=100),
                Line("call", "root", 10, 20),
                Line("async", "call", 20, 60),
                Line("below", "async", 50, 20),
            ],
            ["root 0-10", "call 10-20", "async 20-30", "root 30-100"],
            id="what outlives its parent inside the grandparent is not waited for",
        ),
    ],
)
def test_the_path_is(lines: list[Line], expected: list[str]) -> None:
    assert path(*lines) == expected


def test_a_subtree_ends_with_its_span() -> None:
    lines = [ROOT, Line("a", "root", 10, 30), Line("b", "a", 20, 40)]
    assert path(*lines, top="a") == ["a 10-20", "b 20-40"]


LINES = st.lists(
    st.builds(
        Line,
        id=st.integers(0, 12).map(str),
        parent=st.integers(-2, 14).map(lambda number: "" if number < 0 else str(number)),
        start=st.integers(0, 40),
        duration=st.integers(0, 40),
        operation=st.sampled_from(["", "", "chat", "execute_tool", "embeddings", "unheard_of"]),
        first_chunk=st.integers(0, 40),
        kind=st.sampled_from(["Internal", "Client"]),
    ),
    min_size=1,
    max_size=14,
)


@given(LINES, st.none() | st.integers(0, 13))
def test_the_segments_tile_the_trace(lines: list[Line], asked: int | None) -> None:
    """Whatever was sent: no gap, no overlap, within its span; idle only while no span runs."""
    trace = rows(lines, origin=1_767_225_600 * 10**9)
    top = None if asked is None else asked % len(trace)
    ends = list(map(int.__add__, trace.start, trace.duration))
    first, last = (min(trace.start), max(ends)) if top is None else (trace.start[top], ends[top])
    at = first
    for segment in segments(trace, critical_path(trace, top)):
        assert segment.start == at < segment.end
        at = segment.end
        if segment.span == IDLE:
            assert top is None
            assert segment.category == "idle"
            assert all(
                end <= segment.start or start >= segment.end
                for start, end in zip(trace.start, ends, strict=True)
                if start < end
            )
        else:
            assert trace.start[segment.span] <= segment.start
            assert segment.end <= ends[segment.span]
    assert at == last


def spent(*lines: Line) -> list[str]:
    """The segments by time, as `category start-end`."""
    trace = rows(lines)
    return [
        f"{segment.category} {segment.start}-{segment.end}"
        for segment in segments(trace, critical_path(trace))
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (Line("x", operation="chat"), "llm"),
        (Line("x", operation="generate_content"), "llm"),
        (Line("x", operation="text_completion"), "llm"),
        (Line("x", operation="embeddings"), "embedding"),
        (Line("x", operation="retrieval"), "retrieval"),
        (Line("x", operation="rerank"), "retrieval"),
        (Line("x", operation="execute_tool"), "tool"),
        (Line("x", operation="invoke_agent"), "agent"),
        (Line("x", operation="invoke_workflow"), "agent"),
        (Line("x", operation="upsert_memory"), "own"),
        (Line("x", kind="Client", protocol="http"), "http"),
        (Line("x", kind="Client", protocol="database"), "database"),
        (Line("x", kind="Client"), "client"),
        (Line("x", kind="Producer"), "client"),
        (Line("x", kind="Server", protocol="http"), "own"),
        (Line("x", operation="execute_tool", kind="Client", protocol="http"), "tool"),
        (Line("x"), "own"),
    ],
)
def test_a_span_is_of_the_category(line: Line, expected: str) -> None:
    assert spent(Line(**vars(line) | {"duration": 5})) == [f"{expected} 0-5"]


def test_a_call_is_split_at_its_first_chunk() -> None:
    agent = Line("agent", duration=100, operation="invoke_agent")
    chat = Line("chat", "agent", 10, 80, operation="chat", first_chunk=30)
    assert spent(agent, chat) == [
        "agent 0-10",
        "llm_wait 10-40",
        "llm_decode 40-90",
        "agent 90-100",
    ]


def test_what_carries_a_call_counts_as_the_call() -> None:
    """The HTTP client and the server that answers it; a tool that runs inside the call is a tool."""
    chat = Line("chat", duration=100, operation="chat", first_chunk=30)
    http = Line("http", "chat", 5, 90, kind="Client", protocol="http")
    server = Line("vllm", "http", 10, 80, kind="Server")
    tool = Line("tool", "chat", 96, 3, operation="execute_tool")
    query = Line("query", "tool", 97, 1, kind="Client", protocol="database")
    assert spent(chat, http, server, tool, query) == [
        "llm_wait 0-5",
        "llm_wait 5-10",
        "llm_wait 10-30",
        "llm_decode 30-90",
        "llm_decode 90-95",
        "llm_decode 95-96",
        "tool 96-97",
        "database 97-98",
        "tool 98-99",
        "llm_decode 99-100",
    ]


def ask(api: Api, **params: str) -> CriticalPath:
    """The answer for trace 1; its shape is that of the model the page's types come from."""
    found = api.get(f"/api/traces/{trace_id(1)}/critical-path", **params)
    answer = CriticalPath.model_validate(found)
    assert answer.model_dump() == found
    return answer


def send_an_agent(api: Api) -> None:
    """Agent 0-100 ms, its streamed model call 10-60, a tool 70-90 with a query, and a job 120-130 that outlives all."""
    chat: dict[str, Value] = {
        "gen_ai.operation.name": "chat",
        "gen_ai.response.time_to_first_chunk": 0.02,
    }
    query = span(1, 4, "SELECT", parent=3, start=75 * MS, duration=10 * MS)
    query.kind = query.SPAN_KIND_CLIENT
    query.attributes.add(key="db.system.name").value.string_value = "postgresql"
    agent: dict[str, Value] = {"gen_ai.operation.name": "invoke_agent"}
    tool: dict[str, Value] = {"gen_ai.operation.name": "execute_tool"}
    api.send(
        traces(
            [
                span(1, 1, "agent", duration=100 * MS, attributes=agent),
                span(1, 2, "chat", parent=1, start=10 * MS, duration=50 * MS, attributes=chat),
                span(1, 3, "tool", parent=1, start=70 * MS, duration=20 * MS, attributes=tool),
                query,
                span(1, 5, "job", parent=1, start=120 * MS, duration=10 * MS),
            ]
        )
    )


def test_the_answer_says_what_the_wall_clock_was_spent_on(api: Api) -> None:
    send_an_agent(api)
    answer = ask(api)
    assert (answer.start_time_unix_nano, answer.duration_nano) == (str(T0), 130 * MS)
    assert (answer.span_count, answer.shown_span_count) == (5, 5)
    assert [(item.category, item.duration_nano // MS) for item in answer.attribution] == [
        ("agent", 30),
        ("llm_decode", 30),
        ("idle", 20),
        ("llm_wait", 20),
        ("database", 10),
        ("own", 10),
        ("tool", 10),
    ]
    assert answer.spans.span_id == [span_id(number) for number in (2, 1, 3, 4, 5)]
    assert answer.spans.index == [1, 0, 2, 3, 4]
    assert [nano // MS for nano in answer.spans.duration] == [50, 30, 10, 10, 10]
    columns = answer.segments
    assert [
        (
            answer.spans.span_id[at][-1] if at >= 0 else "",
            start // MS,
            duration // MS,
            answer.attribution[category].category,
        )
        for at, start, duration, category in zip(
            columns.span, columns.start, columns.duration, columns.category, strict=True
        )
    ] == [
        ("1", 0, 10, "agent"),
        ("2", 10, 20, "llm_wait"),
        ("2", 30, 30, "llm_decode"),
        ("1", 60, 10, "agent"),
        ("3", 70, 5, "tool"),
        ("4", 75, 10, "database"),
        ("3", 85, 5, "tool"),
        ("1", 90, 10, "agent"),
        ("", 100, 20, "idle"),
        ("5", 120, 10, "own"),
    ]


def test_a_span_may_be_asked_for_alone(api: Api) -> None:
    send_an_agent(api)
    answer = ask(api, span_id=span_id(3))
    assert (answer.span_id, answer.duration_nano) == (span_id(3), 20 * MS)
    assert answer.start_time_unix_nano == str(T0 + 70 * MS)
    assert [(item.category, item.duration_nano // MS) for item in answer.attribution] == [
        ("database", 10),
        ("tool", 10),
    ]
    assert answer.segments.start == [70 * MS, 75 * MS, 85 * MS]
    response = api.ask(f"/api/traces/{trace_id(1)}/critical-path", span_id=span_id(9))
    assert response.status_code == 404
    assert "has no such span" in response.json()["detail"]


@pytest.mark.parametrize(
    ("attributes", "event", "expected"),
    [
        ({"gen_ai.response.time_to_first_chunk": 0.25}, "", 250),
        ({"gen_ai.server.time_to_first_token": 0.25}, "", 250),
        ({"ai.response.msToFirstChunk": 250.0}, "", 250),
        (
            {"langfuse.observation.completion_start_time": '"2026-01-01T00:00:00.250Z"'},
            "",
            250,
        ),
        ({}, "gen_ai.stream.chunk", 250),
        ({}, "First Token Stream Event", 250),
        ({}, "something else", 0),
        ({"gen_ai.response.time_to_first_chunk": 7.0}, "", 0),
        ({"gen_ai.response.time_to_first_chunk": -1.0}, "", 0),
        ({"gen_ai.response.time_to_first_chunk": float("nan")}, "", 0),
        ({"gen_ai.response.time_to_first_chunk": float("inf")}, "", 0),
        ({"gen_ai.response.time_to_first_chunk": "soon"}, "", 0),
    ],
)
def test_the_first_chunk_is_read_as_it_is_sent(
    api: Api, attributes: dict[str, Value], event: str, expected: int
) -> None:
    chat = span(
        1,
        1,
        "chat",
        duration=1000 * MS,
        attributes={"gen_ai.operation.name": "chat"} | attributes,
    )
    if event:
        chat.events.add(name="before", time_unix_nano=T0 + 1)
        chat.events.add(name=event, time_unix_nano=T0 + 250 * MS)
    api.send(traces([chat]))
    found = {item.category: item.duration_nano // MS for item in ask(api).attribution}
    wanted = {"llm_decode": 1000 - expected, "llm_wait": expected} if expected else {"llm": 1000}
    assert found == wanted
