"""The list of traces: what matches, in which order, page by page."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from spanhouse.collector.store import Store
from spanhouse.query.filters.compile import Search
from spanhouse.query.filters.fields import SPANS
from spanhouse.query.trace_filter import TraceFilter, clauses

from .conftest import Api
from .sent import HOUR, MINUTE, MS, SECOND, T0, Value, span, trace_id, traces

WINDOW = {"start": T0 - HOUR, "end": T0 + HOUR}


def found(api: Api, **params: Any) -> list[int]:
    """The traces listed, by number."""
    page = api.get("/api/traces", **({**WINDOW, "sort": "start"} | params))
    assert page["total"] == len(page["traces"])
    return [int(trace["trace_id"], 16) for trace in page["traces"]]


def test_a_trace_is_one_line_of_the_list(api: Api) -> None:
    usage: dict[str, Value] = {
        "gen_ai.operation.name": "chat",
        "gen_ai.request.model": "m-1",
        "gen_ai.usage.input_tokens": 11,
        "gen_ai.usage.output_tokens": 7,
    }
    agent = usage | {"gen_ai.operation.name": "invoke_agent"}
    api.send(traces([span(1, 1, "GET /", duration=50 * MS, attributes=agent)], "web"))
    api.send(traces([span(1, 2, "ask", parent=1, start=MS, error=True, attributes=usage)], "llm"))
    page = api.get("/api/traces", **WINDOW)
    assert page == {
        "traces": [
            {
                "trace_id": trace_id(1),
                "start_time_unix_nano": str(T0),
                "duration_nano": 50 * MS,
                "root_name": "GET /",
                "root_service": "web",
                "span_count": 2,
                "error_count": 1,
                "services": ["llm", "web"],
                # The agent repeats what its call used.
                "input_tokens": 11,
                "output_tokens": 7,
                "cost": None,
                "unpriced_models": ["m-1"],
                "models": ["m-1"],
            }
        ],
        "next_cursor": None,
        "total": 1,
        "total_is_exact": True,
        "start_time_unix_nano": str(WINDOW["start"]),
        "end_time_unix_nano": str(WINDOW["end"]),
    }


def test_a_late_root_joins_its_trace(api: Api) -> None:
    api.send(traces([span(1, 2, "child", parent=1, start=MS)]))
    [before] = api.get("/api/traces", **WINDOW)["traces"]
    api.send(traces([span(1, 1, "root", duration=5 * MS)]))
    [after] = api.get("/api/traces", **WINDOW)["traces"]
    assert (before["root_name"], before["root_service"], before["span_count"]) == ("", "", 1)
    assert (after["root_name"], after["root_service"], after["span_count"]) == ("root", "web", 2)
    assert after["start_time_unix_nano"] == str(T0)


def test_of_two_roots_the_first_names_the_trace(api: Api) -> None:
    """Name and service are of one span; a root that comes later, began later, or sorts higher changes neither."""
    api.send(traces([span(1, 1, "b", start=MS)], "a"))
    api.send(traces([span(1, 2, "a")], "b"))
    api.send(traces([span(1, 3, "z", start=2 * MS)], "z"))
    [found] = api.get("/api/traces", **WINDOW)["traces"]
    assert (found["root_name"], found["root_service"]) == ("a", "b")


@pytest.fixture(scope="module")
def three_traces(client: TestClient) -> Api:
    """A project with three traces, for the filters to choose from."""
    api = Api(client, "three-traces")
    web: dict[str, Value] = {"http.route": "/cart", "retries": 5}
    api.send(traces([span(1, 1, "open", duration=5 * MS, attributes=web)], "web"))
    api.send(traces([span(1, 2, "pay", parent=1, error=True)], "cart"))
    types: dict[str, Value] = {
        "retries": 5,
        "share": 0.25,
        "cached": True,
        "tags": [1, 2.0, None],
        "blob": b"\x00\xff",
    }
    api.send(traces([span(2, 1, "list", start=SECOND, attributes=types)], "web"))
    odd = {"odd": "a=b", "street": "Lange Straße"}
    slow = span(3, 1, "pay", start=2 * SECOND, duration=SECOND, error=True, attributes=odd)
    api.send(traces([slow], "cart", {"host.name": "h1"}))
    return api


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [1, 2, 3]),
        ("service = web", [1, 2]),
        ("service = cart", [1, 3]),
        ("service = nobody", []),
        ("name = pay", [1, 3]),
        ("status = error", [1, 3]),
        ("status = unset", [1, 2]),
        ("status = ok", []),
        ("trace.duration >= 5ms", [1, 3]),
        ("trace.duration <= 5ms", [1, 2]),
        ("trace.duration = 5ms", [1]),
        ('http.route = "/cart"', [1]),
        ("retries = 5", [1, 2]),
        ("retries = 5 cached = true", [2]),
        ("host.name = h1", [3]),
        ("PAY", [1, 3]),
        ("straße", [3]),
        ("STRASSE", []),
        ("service = web retries = 5 list", [2]),
    ],
)
def test_a_query_keeps_the_traces_of_which_a_span_matches(
    three_traces: Api, query: str, expected: list[int]
) -> None:
    assert found(three_traces, query=query) == expected


def test_merged_and_freshly_inserted_parts_are_searched_alike(api: Api, store: Store) -> None:
    api.send(traces([span(1, 1, attributes={"x": 1})], resource={"host.name": "h1"}))
    api.send(traces([span(2, 1, start=SECOND, attributes={"x": 2})]))
    store.command("OPTIMIZE TABLE otel_traces FINAL")
    api.send(traces([span(3, 1, start=2 * SECOND, attributes={"x": 1})]))
    assert found(api, query="x = 1") == [1, 3]
    assert found(api, query="x = 1 and host.name = h1") == [1]


def test_the_text_index_answers_for_merged_parts(api: Api, store: Store) -> None:
    api.send(traces([span(1, 1, attributes={"x": 1})]))
    store.command("OPTIMIZE TABLE otel_traces FINAL")
    search = Search.of(SPANS, "x = 1", T0)
    matching, _, parameters = clauses(TraceFilter(api.project, T0 - HOUR, T0 + HOUR, search))
    spans = matching[matching.index("(") + 1 : matching.rindex(")")]
    plan = store.columns(f"EXPLAIN indexes = 1 {spans}", parameters)["explain"]
    text = "\n".join(plan)
    assert "Name: idx_span_attribute_items" in text
    assert "Name: idx_resource_attribute_items" in text
    assert "toStartOfFiveMinutes(Timestamp)\n" in text


def test_a_condition_must_hold_of_one_span(api: Api) -> None:
    apart = [span(1, 1, "a", attributes={"x": 1}), span(1, 2, "second", parent=1, error=True)]
    together = [
        span(2, 1, "a", start=MS, error=True, attributes={"x": 1}),
        span(2, 2, "second", parent=1),
    ]
    api.send(traces(apart))
    api.send(traces(together))
    assert found(api, query="name = a and status = error") == [2]
    assert found(api, query="service = web and status = error") == [1, 2]
    assert found(api, query="x = 1 and status = error") == [2]
    assert found(api, query="x = 1 and second") == []


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("start", [1, 2, 3]),
        ("-start", [3, 2, 1]),
        ("duration", [2, 3, 1]),
        ("-duration", [1, 3, 2]),
        ("-spans", [3, 1, 2]),
        ("-errors", [2, 1, 3]),
    ],
)
def test_the_list_is_sorted(api: Api, sort: str, expected: list[int]) -> None:
    api.send(traces([span(1, 1, duration=9 * MS)]))
    api.send(traces([span(2, 1, start=SECOND, duration=MS, error=True)]))
    children = [span(3, n, parent=1, start=2 * SECOND) for n in (2, 3)]
    api.send(traces([span(3, 1, start=2 * SECOND, duration=5 * MS), *children]))
    assert found(api, sort=sort) == expected


@pytest.mark.parametrize("sort", ["-start", "duration", "-errors"])
def test_pages_show_every_trace_once_even_where_sort_keys_tie(api: Api, sort: str) -> None:
    api.send(traces([span(number, 1) for number in range(1, 12)]))
    seen: list[str] = []
    cursor, pages = "", 0
    while True:
        page = api.get(
            "/api/traces", **WINDOW, sort=sort, limit=3, **({"cursor": cursor} if cursor else {})
        )
        assert page["total"] == 11
        seen += [trace["trace_id"] for trace in page["traces"]]
        cursor, pages = page["next_cursor"], pages + 1
        if cursor is None:
            break
    assert sorted(seen) == [trace_id(number) for number in range(1, 12)]
    assert pages == 4


def test_a_page_after_the_end_still_says_how_many_there_are(api: Api) -> None:
    api.send(traces([span(1, 1), span(2, 1, start=SECOND)]))
    cursor = api.get("/api/traces", **WINDOW, sort="start", limit=1)["next_cursor"]
    shorter = WINDOW | {"end": T0}
    page = api.get("/api/traces", **shorter, sort="start", cursor=cursor)
    assert (page["traces"], page["next_cursor"], page["total"]) == ([], None, 1)


@pytest.mark.parametrize("cursor", ["x", "WzFd", "%%%", "WyJzdGFydCIsIDEuNSwgIngiXQ", "é"])
def test_a_cursor_of_ones_own_making_is_refused(api: Api, cursor: str) -> None:
    response = api.ask("/api/traces", cursor=cursor)
    assert response.status_code == 400
    assert "leave it out for the first page" in response.json()["detail"]


def test_a_cursor_of_another_sort_is_refused(api: Api) -> None:
    api.send(traces([span(1, 1), span(2, 1)]))
    cursor = api.get("/api/traces", **WINDOW, sort="start", limit=1)["next_cursor"]
    response = api.ask("/api/traces", **WINDOW, sort="-start", cursor=cursor)
    assert response.status_code == 400
    assert "'-start'" in response.json()["detail"]


def test_a_trace_that_began_before_the_window_is_shown_whole(api: Api) -> None:
    api.send(traces([span(1, 1, "root", duration=3 * HOUR)], "first"))
    api.send(traces([span(1, 2, "late", parent=1, start=2 * HOUR, error=True)], "second"))
    for query in ("", "service = second", "name = late", "trace.duration = 3h"):
        page = api.get("/api/traces", start=T0 + HOUR, end=T0 + 4 * HOUR, query=query)
        [trace] = page["traces"]
        assert trace["root_name"] == "root"
        assert trace["start_time_unix_nano"] == str(T0)
        assert (trace["duration_nano"], trace["span_count"]) == (3 * HOUR, 2)


def test_a_trace_is_in_every_window_it_ran_in(api: Api) -> None:
    api.send(traces([span(1, 1, duration=10 * MINUTE)]))
    inside = [(T0, T0), (T0 + MINUTE, T0 + 2 * MINUTE), (T0 + 10 * MINUTE, T0 + HOUR)]
    outside = [(T0 - HOUR, T0 - 1), (T0 + 10 * MINUTE + 1, T0 + HOUR)]
    assert [found(api, start=start, end=end) for start, end in inside] == [[1], [1], [1]]
    assert [found(api, start=start, end=end) for start, end in outside] == [[], []]


@pytest.mark.parametrize("year", [2107, 2261])
def test_spans_dated_far_ahead_are_found_where_they_say_they_are(api: Api, year: int) -> None:
    ahead = (year - 2026) * 365 * 24 * HOUR
    api.send(traces([span(1, 1, start=ahead, attributes={"far": "yes"})]))
    window = {"start": T0 + ahead - HOUR, "end": T0 + ahead + HOUR}
    assert found(api, **window) == [1]
    assert found(api, **window, query="far = yes and trace.span_count = 1") == [1]
    assert api.get(f"/api/traces/{trace_id(1)}/skeleton")["span_count"] == 1
    assert found(api) == []


def test_a_project_sees_only_its_own(api: Api) -> None:
    api.send(traces([span(1, 1)]))
    other = Api(api.client, f"{api.project}-other")
    assert found(api) == [1]
    assert found(other) == []
    assert found(other, project=api.project) == []
    without_header = api.client.get("/api/traces", params=WINDOW | {"project": api.project}).json()
    assert without_header["total"] == 1


def test_the_histogram_counts_the_traces_of_the_list(api: Api) -> None:
    api.send(
        traces([span(1, 1, duration=4 * MS), span(2, 1, start=1, duration=4 * MS, error=True)])
    )
    api.send(traces([span(3, 1, start=45 * MINUTE, duration=MS)], "cart"))
    asked = {"start": T0, "end": T0 + HOUR - 1, "buckets": 4}
    histogram = api.get("/api/traces/histogram", **asked)
    quarter = 15 * MINUTE
    empty = {"trace_count": 0, "error_count": 0, "p50_nano": 0, "p95_nano": 0, "max_nano": 0}
    first = {
        "trace_count": 2,
        "error_count": 1,
        "p50_nano": 4 * MS,
        "p95_nano": 4 * MS,
        "max_nano": 4 * MS,
    }
    last = {"trace_count": 1, "error_count": 0, "p50_nano": MS, "p95_nano": MS, "max_nano": MS}
    assert histogram == {
        "bucket_nano": quarter,
        "buckets": [
            {"start_time_unix_nano": str(T0 + slot * quarter)} | counts
            for slot, counts in enumerate([first, empty, empty, last])
        ],
    }
    narrowed = api.get("/api/traces/histogram", **asked, query="service = cart")
    assert [bucket["trace_count"] for bucket in narrowed["buckets"]] == [0, 0, 0, 1]


def test_a_trace_from_before_the_window_counts_in_the_first_bucket(api: Api) -> None:
    api.send(traces([span(1, 1, duration=2 * HOUR)]))
    histogram = api.get("/api/traces/histogram", start=T0 + HOUR, end=T0 + HOUR + 99, buckets=10)
    assert [bucket["trace_count"] for bucket in histogram["buckets"]] == [1] + [0] * 9


def test_a_window_shorter_than_its_buckets_has_fewer(api: Api) -> None:
    histogram = api.get("/api/traces/histogram", start=T0, end=T0 + 2, buckets=60)
    assert (histogram["bucket_nano"], len(histogram["buckets"])) == (1, 3)
