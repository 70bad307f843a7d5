"""Whatever is sent as a query is answered or refused: never a 5xx, never SQL."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from spanhouse.collector.store import Store
from spanhouse.query.errors import InvalidQuery
from spanhouse.query.filters.compile import Search
from spanhouse.query.filters.fields import LOGS, SPANS, Signal
from tests.query.conftest import Api
from tests.query.sent import T0, span, traces

from .spec import WINDOW, found_spans, send_logs, send_spans

PATHS = ("/api/spans", "/api/logs", "/api/traces")

TEXTS = [
    "'; DROP TABLE otel_traces; --",
    "') OR 1=1 --",
    "a\\'b",
    "\\",
    "\\N",
    "{p0:String}",
    "{project:String}",
    "$conditions ${rows} $$",
    "100%_",
    "\t\n\r",
    "a\x00b",
    "\x00",
    "é\u202e\U0001f600\ufffd\uffff",
]


def quoted(text: str) -> str:
    """A text as a string of the language."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def place_of_error(signal: Signal, query: str) -> tuple[int, int]:
    """Where a query is wrong; at its beginning where it is not."""
    try:
        Search.of(signal, query, T0)
    except InvalidQuery as error:
        return error.offset, error.length
    return 0, 0


@pytest.fixture(scope="module")
def searched(client: TestClient) -> Api:
    """A project with spans and logs."""
    api = Api(client, "hostile")
    send_spans(api)
    send_logs(api)
    return api


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_found_as_what_it_is_wherever_it_stands(api: Api, text: str) -> None:
    api.send(traces([span(1, 1, text, attributes={text: text})], text, {"r": text}))
    api.send(traces([span(1, 2)]))
    value = quoted(text)
    for query in (
        value,
        f"name = {value}",
        f"service in ({value})",
        f"name contains {value}",
        f"{value} = {value}",
        f"span.{value} = {value}",
        f"exists({value})",
        f"resource.r = {value}",
        f"{{ name = {value} }} or {{ {value} = {value} }}",
    ):
        assert found_spans(api, query) == (1,), query


@pytest.mark.parametrize("text", TEXTS)
def test_no_text_is_ever_in_the_sql(text: str) -> None:
    runs = re.findall(r"[0-9A-Za-z\x80-\U0010ffff]+", text)
    word = ("x" if runs == [text] else "x y") if runs else "/ /"
    # An item of the index is key=value: with another = it would say two things, so the values are read.
    word = word.replace(" ", "=") if "=" in text else word
    plain = Search.of(
        SPANS, f'name = "{word}" and "{word}" = "{word}" and "{word}" and name ~ "{word}"', T0
    ).rows
    value = quoted(text)
    query = f"name = {value} and {value} = {value} and {value} and name ~ {value}"
    assert Search.of(SPANS, query, T0).rows.sql == plain.sql


def test_a_project_cannot_be_left(searched: Api, api: Api) -> None:
    for query in ("", "1 or 1", "not x", "{ } or { }", f'"{searched.project}"', "not exists(x)"):
        assert found_spans(api, query) == ()
    assert len(found_spans(searched, "")) == 7


@pytest.mark.parametrize(
    "query",
    [
        "(" * 4000,
        "{" * 4000,
        "not " * 1000,
        "a " * 2000,
        "x" * 20_000,
        '"' * 4000,
        ">" * 4000,
        "a in (" + "1," * 1900,
        "{ } > " * 600,
        "\x00" * 4001,
        "\\" * 4001,
    ],
    ids=lambda query: query[:6],
)
def test_what_is_too_much_is_refused(searched: Api, query: str) -> None:
    for path in PATHS:
        response = searched.ask(path, **WINDOW, query=query)
        assert response.status_code == 400
        assert "errors" in response.json() or response.json()["length"] >= 0


def test_all_bounds_at_once_are_answered(searched: Api) -> None:
    brackets = "(" * 19 + "{ a = 1 }" + ")" * 19
    deep = "{ " + "(" * 19 + "a = 1" + ")" * 19 + " }"
    listed = "a in (" + ",".join(["1"] * 100) + ")"
    many = " ".join(["a"] * 100)
    nested = "{ a = 1 } ~~ { b = 1 } ~~ { } ~~ { c = 1 } ~~ { } ~~ { }"
    generations = "{ a = 1 } >> { } << { } >> { } << { } >> { }"
    together = "((({a = 1} and {}) or {}) and {}) and ({} or {})"
    for query in (brackets, deep, listed, many, nested, generations, together):
        response = searched.ask("/api/spans", **WINDOW, query=query)
        assert response.status_code == 200, response.text


@pytest.mark.parametrize("term", ["a", "a = 1", "event.a != 1", "name != a", "a in (1, 2, 3)"])
@pytest.mark.parametrize("sets", [" ~~ { }", " >> { }", ""])
def test_the_largest_sql_that_is_taken_is_read_by_the_engine(
    searched: Api, term: str, sets: str
) -> None:
    queries = [f"{{ {' '.join([term] * terms)} }}" + sets * 5 for terms in range(1, 101)]
    taken = [query for query in queries if place_of_error(SPANS, query) == (0, 0)]
    for path in ("/api/spans", "/api/traces"):
        response = searched.ask(path, **WINDOW, query=taken[-1])
        assert response.status_code == 200, response.text


@pytest.mark.parametrize(
    "pattern",
    [
        "(a*)*b",
        "(a|a)*$",
        "(x+x+)+y",
        "((a{1,30}){1,30})",
        "(((a{1000}){1000}){1000})",
        "(?=a)",
        "(a)\\\\1",
        "[",
        "*",
        "\\\\C\\\\C",
        "(?i)(?s).*",
        "a\x00b",
        "|" * 400,
        "(" * 200 + ")" * 200,
        "[[:foo:]]",
        "\\\\p{Greek}",
        "^" * 500,
    ],
    ids=lambda pattern: pattern[:12],
)
def test_a_regular_expression_is_answered_or_refused(searched: Api, pattern: str) -> None:
    for path in PATHS:
        query = f'scope !~ "{pattern}" or x ~ "{pattern}"'
        response = searched.ask(path, **WINDOW, query=query)
        assert response.status_code in (200, 400), response.text
        if response.status_code == 400:
            assert response.json()["expected"] == "a regular expression of RE2"


def test_a_regular_expression_never_backtracks(api: Api) -> None:
    api.send(traces([span(1, 1, "a" * 100_000)]))
    assert found_spans(api, 'name ~ "(a*)*b" or name ~ "(a|aa)+$"') == (1,)


@pytest.mark.parametrize("raw", [b"%ff%fe", b"%c3%2e", b"%ed%a0%80", b"%f8%88", b"%00", b"%"])
def test_bytes_that_are_no_utf8_are_text(searched: Api, raw: bytes) -> None:
    for path in PATHS:
        response = searched.client.get(f"{path}?query={raw.decode()}&project={searched.project}")
        assert response.status_code == 200, response.text


def test_nothing_was_dropped(searched: Api, store: Store) -> None:
    assert len(found_spans(searched, "")) == 7
    assert store.rows("SELECT 1 AS One FROM otel_traces LIMIT 1")


_PIECES = st.sampled_from(
    [
        *("and", "or", "not", "in", "contains", "exists", "(", ")", "{", "}", ",", "=", "!="),
        *("<", "<=", ">", ">=", ">>", "<<", "~", "!~", "~~", "name", "status", "error"),
        *("duration", "5ms", "5", "-1.5e3", "true", "start", "now-1h", "2026-01-01", "trace_id"),
        *(
            "input_tokens",
            "event.x",
            "event.name",
            "resource.",
            "span.x",
            '"a b"',
            "`\\d`",
            '"\\n"',
        ),
        *(
            "http.route",
            "parent_span_id",
            "0" * 32,
            "9" * 30,
            "1e400",
            "now+99999999d",
            "'",
            "\x00",
        ),
    ]
)
_QUERIES = st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=25).map(" ".join))
_FORMS = st.recursive(
    st.sampled_from(
        ['a = "x"', "retries != 5", "status = error", "cart", "exists(x)", "x in (1, 2.5)"]
    ),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from([" and ", " or ", " "]), inner).map("".join),
        inner.map("not ({})".format),
    ),
    max_leaves=12,
)


@settings(max_examples=2000, deadline=None)
@given(_QUERIES)
def test_any_text_is_a_query_or_a_problem_with_its_place(query: str) -> None:
    for signal in (SPANS, LOGS):
        offset, length = place_of_error(signal, query)
        assert 0 <= offset <= offset + length <= len(query)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.one_of(
        _QUERIES, _FORMS, st.tuples(_FORMS, _FORMS).map(lambda two: f"{{{two[0]}}} >> {{{two[1]}}}")
    )
)
def test_no_query_fails_in_the_engine(searched: Api, query: str) -> None:
    for path in PATHS:
        response = searched.ask(path, **WINDOW, query=query)
        assert response.status_code in (200, 400), (query, response.text)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(_FORMS)
def test_a_condition_and_its_opposite_share_all_spans(searched: Api, condition: str) -> None:
    both = found_spans(searched, condition) + found_spans(searched, f"not ({condition})")
    assert sorted(both) == [1, 2, 3, 4, 5, 6, 7]
