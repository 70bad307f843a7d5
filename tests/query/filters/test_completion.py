"""What the search box offers at each place of a query, and how a click on a value becomes a condition."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from spanhouse.query.errors import InvalidQuery
from spanhouse.query.filters.compile import Search
from spanhouse.query.filters.complete import value_text, wish
from spanhouse.query.filters.fields import LOGS, SPANS
from spanhouse.query.filters.narrow import narrowed, narrowing
from tests.query.conftest import Api
from tests.query.sent import T0

from .spec import examples, send_logs, send_spans


@pytest.fixture(scope="module")
def searched(client: TestClient) -> Api:
    """A project with the spans and log records of SPEC.md, which are older than the week that is sampled."""
    api = Api(client, "completed")
    send_spans(api)
    send_logs(api)
    return api


def offered(api: Api, query: str, signal: str = "spans") -> list[str]:
    """What may go in at the `|` of a query, or at its end."""
    at = query.find("|")
    asked: dict[str, Any] = {"signal": signal, "query": query.replace("|", "")}
    if at >= 0:
        asked["cursor"] = at
    found = api.get("/api/search/complete", **asked)
    return [item["text"] for item in found["completions"]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("stat", ["status", "status_message", "http.status_code"]),
        ("status ", ["=", "!=", "in (", "not in (", "and", "or", "not", "exists("]),
        ("status = er", ["error"]),
        ("status in (ok, ", ["unset", "ok", "error"]),
        ("duration >= 15", ["15ms", "15s", "15us", "15m", "15h", "15ns", "15d"]),
        ("start > now-1", ["now-15m", "now-1h", "now-1d"]),
        (
            "service = web an",
            ["and", "annotated", "span_id", "parent_span_id", "trace.span_count", "span."],
        ),
        ("{ service = web } ", [">", ">>", "<", "<<", "~~", "and", "or"]),
        ("{ service = web } > ", ["{ "]),
        ("{ service = b", ["bot", "bank", "db", "web"]),
        ('service = "we|b" and a', ["web"]),
        ("name = GET", ['"GET /cart"']),
        ("odd", ['"odd key"']),
        ('span."od', ['span."odd key"', "span.http.status_code", "span.gen_ai.request.model"]),
        ("resource.re", ["resource.region"]),
        ("regi", ["resource.region", "region"]),
        ("retries = ", ["5", '"5"', "2.5", "5.0"]),
        ("http.route contains ca", ['"/cart"', "/cart"]),
        ("sampled = ", ["true"]),
        ("name ~ GE", []),
        ("nonsense & ", []),
        ("status = error) ", []),
    ],
)
def test_what_is_offered(searched: Api, query: str, expected: list[str]) -> None:
    found = offered(searched, query)
    if query in ("regi", "http.route contains ca", "retries = "):
        assert found
        assert set(found) <= set(expected)
    else:
        assert found == expected


def test_an_offer_says_what_it_is(searched: Api) -> None:
    found = searched.get("/api/search/complete", query="service = web and retr")
    assert (found["offset"], found["length"]) == (18, 4)
    assert found["completions"] == [
        {
            "kind": "field",
            "label": "retries",
            "text": "retries",
            "detail": "attribute of the span",
            "type": "double or int or string",
            "count": 4,
        }
    ]


def test_a_word_is_replaced_whole_wherever_the_cursor_stands_in_it(searched: Api) -> None:
    found = searched.get("/api/search/complete", query="stxyz = error", cursor=2)
    assert (found["offset"], found["length"]) == (0, 5)
    assert [item["text"] for item in found["completions"]][:2] == ["status", "status_message"]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from([e.query for e in examples("")]), st.integers(0, 60), st.text(max_size=3))
def test_anything_is_completed_without_an_error(query: str, cut: int, more: str) -> None:
    text = query[:cut] + more
    for signal in (SPANS, LOGS):
        for cursor in (0, len(text) // 2, len(text)):
            place = wish(signal, text, cursor).place
            assert 0 <= place.offset <= cursor <= sum(place) <= len(text)


@settings(max_examples=300, deadline=None)
@given(st.text(min_size=1, max_size=20), st.text(max_size=20))
def test_any_key_and_value_become_a_condition_that_means_them(key: str, value: str) -> None:
    for scope in ("", "span"):
        found = narrowing(SPANS, key, scope, value, "string", "=", False, False)
        parameters = Search.of(SPANS, narrowed("", found), T0).rows.parameters
        assert key in parameters.values()
        assert value in parameters.values()


@pytest.mark.parametrize("value", ["5", "5ms", "true", "now", "a b", "and", "", "2026-01-01", "é"])
def test_a_text_is_never_written_as_another_type(value: str) -> None:
    query = f"k = {value_text(value, 'string')}"
    assert value in Search.of(SPANS, query, T0).rows.parameters.values()
    assert "t = 'string'" in Search.of(SPANS, query, T0).rows.sql


@pytest.mark.parametrize(
    ("query", "asked", "expected"),
    [
        ("", {"field": "service", "value": "a b"}, 'service = "a b"'),
        ("cart", {"field": "status", "value": "error"}, "cart and status = error"),
        ("a or b", {"field": "service", "value": "x"}, "(a or b) and service = x"),
        ("service = x", {"field": "service", "value": "x"}, "service = x"),
        ("service = x a", {"field": "service", "value": "y", "replaces": "1"}, "a and service = y"),
        ("service = x and a", {"field": "service"}, "a"),
        ("not service = x", {"field": "service"}, ""),
        ("a", {"field": "service", "value": "x", "negated": "1"}, "a and not service = x"),
        ("", {"field": "name", "scope": "any", "value": "5", "type": "int"}, '"name" = 5'),
        ("", {"field": "x", "scope": "resource", "value": "true"}, 'resource.x = "true"'),
        ("", {"field": "x", "scope": "event", "operator": "exists"}, "exists(event.x)"),
        (
            "{ a } >> { b or c }",
            {"field": "service", "value": "x"},
            "{ a } >> { (b or c) and service = x }",
        ),
        ("{ a } > { }", {"field": "service", "value": "x"}, "{ a } > { service = x }"),
        (
            "{ a } and { b }",
            {"field": "service", "value": "x"},
            "({ a } and { b }) and { service = x }",
        ),
    ],
)
def test_a_click_on_a_value(
    searched: Api, query: str, asked: dict[str, str], expected: str
) -> None:
    found = searched.get("/api/search/narrow", query=query, **asked)["query"]
    assert found == expected


def test_a_query_that_is_wrong_is_not_narrowed(searched: Api) -> None:
    problem = searched.ask("/api/search/narrow", query="a = ", field="service", value="x").json()
    assert problem["type"] == "urn:spanhouse:problem:invalid-query"


@pytest.mark.parametrize(("name", "signal"), [("spans", SPANS), ("logs", LOGS)])
def test_every_field_is_described_and_every_example_is_a_query(
    searched: Api, name: str, signal: Any
) -> None:
    language = searched.get("/api/search/language", signal=name)
    assert [field["name"] for field in language["fields"]] == list(signal.fields)
    assert list(signal.about) == list(signal.fields)
    assert len(language["examples"]) > 5
    for example in language["examples"]:
        try:
            Search.of(signal, example["query"], T0)
        except InvalidQuery as error:
            pytest.fail(f"{example['query']}: {error}")
