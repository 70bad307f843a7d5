"""Every example of SPEC.md, asked of the embedded engine: of freshly inserted parts and of merged, indexed ones."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from spanhouse.collector.store import Store
from spanhouse.query.filters.compile import Search
from spanhouse.query.filters.fields import LOGS, SPANS
from spanhouse.query.filters.lex import MAX_LENGTH
from spanhouse.query.filters.parse import MAX_DEPTH, MAX_SPAN_SETS, MAX_TERMS
from spanhouse.query.time_range import slots
from tests.query.conftest import Api
from tests.query.sent import MS, T0, Value, span, span_id, trace_id, traces

from .spec import (
    SPEC,
    WINDOW,
    Example,
    examples,
    found_logs,
    found_spans,
    lines,
    send_annotations,
    send_logs,
    send_spans,
)


@pytest.fixture(scope="module")
def inserted(client: TestClient) -> Api:
    """The data of section 1, in the parts it was inserted as."""
    api = Api(client, "spec-inserted")
    send_spans(api)
    send_logs(api)
    send_annotations(api)
    return api


@pytest.fixture(scope="module")
def merged(client: TestClient, store: Store) -> Api:
    """The data of section 1, in parts that have their text indexes."""
    api = Api(client, "spec-merged")
    send_spans(api)
    send_logs(api)
    send_annotations(api)
    for table in ("otel_traces", "otel_logs"):
        store.command(f"OPTIMIZE TABLE {table} FINAL")
    return api


@pytest.mark.parametrize("example", examples(""), ids=lambda example: example.query)
def test_an_example_of_spans(inserted: Api, merged: Api, example: Example) -> None:
    assert found_spans(inserted, example.query) == example.numbers
    assert found_spans(merged, example.query) == example.numbers


@pytest.mark.parametrize("example", examples("logs-examples"), ids=lambda example: example.query)
def test_an_example_of_logs(inserted: Api, merged: Api, example: Example) -> None:
    assert found_logs(inserted, example.query) == example.numbers
    assert found_logs(merged, example.query) == example.numbers


@pytest.mark.parametrize("example", examples("errors"), ids=lambda example: example.query)
def test_an_example_of_an_error(inserted: Api, example: Example) -> None:
    problem = inserted.ask("/api/spans", query=example.query).json()
    assert problem["type"] == "urn:spanhouse:problem:invalid-query"
    assert (problem["offset"], problem["length"]) == example.numbers


def test_no_example_is_overlooked() -> None:
    read = sum(len(examples(kind)) for kind in ("", "logs-examples", "errors"))
    text = SPEC.read_text(encoding="utf-8")
    assert read == sum("=> " in line for line in text.splitlines() if "`=>`" not in line)
    assert read > 100
    assert (len(lines("spans")), len(lines("logs")), len(lines("annotations"))) == (7, 3, 5)


def test_the_document_names_every_field_and_bound() -> None:
    text = SPEC.read_text(encoding="utf-8")
    for signal in (SPANS, LOGS):
        assert [name for name in signal.fields if f"`{name}`" not in text] == []
    words = f"{MAX_LENGTH} characters, {MAX_TERMS} values and texts, {MAX_DEPTH} levels"
    assert words in text
    assert f"{MAX_SPAN_SETS} span sets" in text


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [1, 2]),
        ("status = error", [1]),
        ("{ service = bot } > { service = llm }", [2]),
        ("{ service = bot } or { service = web }", [1, 2]),
        ("retries = 5", [1]),
        ("nothing", []),
        ('label = "to review"', [1]),
        ("score.relevance < 0.5", [2]),
    ],
)
def test_a_trace_is_listed_when_a_span_of_it_matches(
    merged: Api, query: str, expected: list[int]
) -> None:
    asked = WINDOW | {"sort": "start", "query": query}
    page = merged.get("/api/traces", **asked)
    assert [int(trace["trace_id"], 16) for trace in page["traces"]] == expected
    assert page["total"] == len(expected)
    buckets = merged.get("/api/traces/histogram", **WINDOW, query=query)["buckets"]
    assert sum(bucket["trace_count"] for bucket in buckets) == len(expected)


def test_a_span_found_is_one_line(merged: Api) -> None:
    assert merged.get("/api/spans", **WINDOW, query="service = pay") == {
        "spans": [
            {
                "trace_id": trace_id(1),
                "span_id": span_id(3),
                "parent_span_id": span_id(1),
                "name": "charge card",
                "kind": "CLIENT",
                "service": "pay",
                "start_time_unix_nano": str(T0 + 40 * MS),
                "duration_nano": 80 * MS,
                "status": "ERROR",
            }
        ],
        "next_cursor": None,
        "total": 1,
        "total_is_exact": True,
        "start_time_unix_nano": str(WINDOW["start"]),
        "end_time_unix_nano": str(WINDOW["end"]),
    }


def test_pages_show_every_span_once_the_newest_first_even_in_one_nanosecond(api: Api) -> None:
    api.send(traces([span(1, number) for number in range(1, 8)]))
    api.send(traces([span(2, number, start=number) for number in range(1, 5)]))
    seen: list[tuple[str, str]] = []
    cursor: str | None = ""
    while cursor is not None:
        asked = WINDOW | {"limit": 3} | ({"cursor": cursor} if cursor else {})
        page = api.get("/api/spans", **asked)
        assert page["total"] == 11
        seen += [(found["start_time_unix_nano"], found["span_id"]) for found in page["spans"]]
        cursor = page["next_cursor"]
    newest = [(str(T0 + number), span_id(number)) for number in (4, 3, 2, 1)]
    assert seen == newest + [(str(T0), span_id(number)) for number in range(1, 8)]


@pytest.mark.parametrize("cursor", ["x", "W10", "WzEsLTFd", "WyIxIiwwXQ", "é"])
def test_a_cursor_of_ones_own_making_is_refused(api: Api, cursor: str) -> None:
    response = api.ask("/api/spans", cursor=cursor)
    assert response.status_code == 400
    assert "leave it out for the first page" in response.json()["detail"]


def test_a_project_sees_only_its_own(merged: Api) -> None:
    other = Api(merged.client, "spec-other")
    assert found_spans(other, "") == found_spans(other, "{ } >> { }") == ()
    assert found_logs(other, "") == ()


def test_a_cycle_of_parents_ends(api: Api) -> None:
    twice = [span(1, 1, "a", parent=2), span(1, 1, "b", parent=2, start=1)]
    api.send(traces([*twice, span(1, 2, "c", parent=1), span(1, 3, "d", parent=3)]))
    assert found_spans(api, "{ name = a } >> { }") == (1, 1, 2)
    assert found_spans(api, "{ name = a } << { }") == (1, 1, 2)


def test_the_text_index_answers_for_merged_parts(merged: Api, store: Store) -> None:
    rows = Search.of(SPANS, "retries = 5 and service = web", T0).rows
    lies_in = slots(WINDOW["start"], WINDOW["end"])
    window: dict[str, Value] = {
        **WINDOW,
        "project": merged.project,
        "first_slot": lies_in.first,
        "last_slot": lies_in.last,
    }
    plan = store.columns(f"EXPLAIN indexes = 1 {rows.sql}", rows.parameters | window)["explain"]
    assert "Name: idx_span_attribute_items" in "\n".join(plan)


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("nothing", ""),
        ("fields", 'status = error and duration > 50ms and name ~ "^GET" and service != web'),
        ("attributes", 'http.route = "/cart" and retries in (5, true) and span.share < 0.5'),
        ("either", "(retries != 5 or not exists(resource.region)) and event.x contains 1"),
        ("text", "cart 503"),
        ("child", "{ service = web } > { status = error }"),
        ("descendant", "{ http.route = a } >> { status = error }"),
        ("ancestor", "{ service = web } << { status = error }"),
        ("sibling", "{ service = web } ~~ { }"),
        ("together", "{ service = web } and { service = db }"),
        ("annotations", 'label != x and score."a b" > 0.5 and annotated = true'),
    ],
)
def test_a_query_as_sql(golden: Callable[[str, str], None], name: str, query: str) -> None:
    rows = Search.of(SPANS, query, T0).rows
    values = "".join(f"-- {key} = {value!r}\n" for key, value in rows.parameters.items())
    golden(f"sql/filters/{name}.sql", f"-- {query}\n{rows.sql}\n{values}")


def test_logs_as_sql(golden: Callable[[str, str], None]) -> None:
    query = "card and items = 3 and severity_number >= 9"
    rows = Search.of(LOGS, query, T0).rows
    values = "".join(f"-- {key} = {value!r}\n" for key, value in rows.parameters.items())
    golden("sql/filters/logs.sql", f"-- {query}\n{rows.sql}\n{values}")
