"""What a wrong query is told, word by word: where, what was found, what was expected, what to do."""

from __future__ import annotations

import pytest

from tests.query.conftest import Api

from .spec import WINDOW

# (signal, query, offset, length, what is said of it)
REFUSED: list[tuple[str, str, int, int, str]] = [
    (
        "spans",
        "status =",
        8,
        0,
        'found the end, expected a value; write a number, true, 5ms, or a text as in "GET /"',
    ),
    (
        "spans",
        "= 5",
        0,
        1,
        "found '=', expected a condition; "
        'write one as in status = error, or a text as in "GET /"',
    ),
    (
        "spans",
        "a and",
        5,
        0,
        "found the end, expected a condition; "
        'write one as in status = error, or a text as in "GET /"',
    ),
    (
        "spans",
        "or a",
        0,
        2,
        "found 'or', expected a condition; to look for the word itself, quote it: \"or\"",
    ),
    (
        "spans",
        "and",
        0,
        3,
        "found 'and', expected a condition; to look for the word itself, quote it: \"and\"",
    ),
    (
        "spans",
        "a or or b",
        5,
        2,
        "found 'or', expected a condition; to look for the word itself, quote it: \"or\"",
    ),
    (
        "spans",
        "not",
        3,
        0,
        "found the end, expected a condition; "
        'write one as in status = error, or a text as in "GET /"',
    ),
    ("spans", "(a", 2, 0, "found the end, expected ')'; close the '(' at character 1"),
    (
        "spans",
        "a)",
        1,
        1,
        "found ')', expected and, or, or the end; remove it, or quote it if it is text to look for",
    ),
    (
        "spans",
        "a = (",
        4,
        1,
        "found '(', expected a value; write a number, true, 5ms, or a text as in \"GET /\"",
    ),
    (
        "spans",
        'name in "x"',
        8,
        3,
        "found 'x', expected '(' and a list of values; write one as in name in (\"a\", \"b\")",
    ),
    (
        "spans",
        "name in ()",
        9,
        1,
        "found ')', expected a value; write a number, true, 5ms, or a text as in \"GET /\"",
    ),
    ("spans", 'name in ("x"', 12, 0, "found the end, expected ')'; close the '(' at character 9"),
    (
        "spans",
        "exists(",
        7,
        0,
        "found the end, expected a field; name one, as in exists(http.route)",
    ),
    ("spans", "exists()", 7, 1, "found ')', expected a field; name one, as in exists(http.route)"),
    (
        "spans",
        "span.",
        5,
        0,
        "found the end, expected a key right after 'span.'; as in span.key or span.\"a key\"",
    ),
    (
        "spans",
        "span. x = 1",
        6,
        1,
        "found 'x', expected a key right after 'span.'; as in span.key or span.\"a key\"",
    ),
    (
        "spans",
        'span."a b"',
        10,
        0,
        "found the end, expected an operator after the field; compare it, or ask exists() of it",
    ),
    (
        "spans",
        "5 = 5",
        0,
        1,
        "found '5', expected a field; quote the key of an attribute that is so named",
    ),
    (
        "spans",
        '"" = 1',
        0,
        2,
        "found '', expected a field; quote the key of an attribute that is so named",
    ),
    (
        "spans",
        'a "" b',
        2,
        2,
        "found an empty text, expected a text to look for; leave it out to find all",
    ),
    (
        "spans",
        "name = 'x'",
        7,
        1,
        'found "\'", expected a condition, an operator or a value; '
        'write text in double quotes, as in "GET /cart"',
    ),
    ("spans", "a && b", 2, 1, "found '&', expected a condition, an operator or a value; write and"),
    ("spans", "a || b", 2, 1, "found '|', expected a condition, an operator or a value; write or"),
    (
        "spans",
        "!a",
        0,
        1,
        "found '!', expected a condition, an operator or a value; "
        "write not before a condition, or != and !~ between a field and a value",
    ),
    (
        "spans",
        "a == 1",
        3,
        1,
        "found '=', expected a value; write a number, true, 5ms, or a text as in \"GET /\"",
    ),
    (
        "spans",
        '"open',
        0,
        1,
        "found '\"', expected a condition, an operator or a value; "
        'close the string with a double quote; inside it a double quote is \\"',
    ),
    (
        "spans",
        "`open",
        0,
        1,
        "found '`', expected a condition, an operator or a value; "
        "close the string with a backtick; no backtick can stand inside it",
    ),
    (
        "spans",
        '"\\d"',
        1,
        2,
        "found '\\\\d', expected one of the escapes \\\" \\\\ \\n \\t \\r \\u0000; "
        "double the backslash, or write the string in backticks, where it means itself",
    ),
    (
        "spans",
        '"\\ud800"',
        1,
        6,
        "found '\\\\ud800', expected one of the escapes \\\" \\\\ \\n \\t \\r \\u0000; "
        "double the backslash, or write the string in backticks, where it means itself",
    ),
    (
        "spans",
        "name = `x",
        7,
        1,
        "found '`', expected a condition, an operator or a value; "
        "close the string with a backtick; no backtick can stand inside it",
    ),
    (
        "spans",
        "status = broken",
        9,
        6,
        "found 'broken', expected one of unset ok error; these are all there are",
    ),
    (
        "spans",
        "status < ok",
        0,
        6,
        "found 'status <', expected one of = != in not in; status is one of a few words",
    ),
    (
        "spans",
        "status ~ e",
        0,
        6,
        "found 'status ~', expected one of = != in not in; status is one of a few words",
    ),
    (
        "spans",
        'kind = "web"',
        7,
        5,
        "found 'web', expected one of unspecified internal server client producer consumer; "
        "these are all there are",
    ),
    (
        "spans",
        "duration > 5",
        11,
        1,
        "found '5', expected a duration; write it with a unit, as in 250ms or 1h30m",
    ),
    (
        "spans",
        'duration > "5ms"',
        11,
        5,
        "found '5ms', expected a duration; write it with a unit, as in 250ms or 1h30m",
    ),
    (
        "spans",
        "duration = 999999d",
        11,
        7,
        "found '999999d', expected at most 292 years of nanoseconds; write a smaller one",
    ),
    (
        "spans",
        'duration ~ "5"',
        0,
        8,
        "found 'duration ~', expected one of = != in not in < <= > >=; "
        "duration is a duration, as in 5ms",
    ),
    (
        "spans",
        "start > yesterday",
        8,
        9,
        "found 'yesterday', expected a time; "
        "write it as 2026-01-31, 2026-01-31T12:00:00Z or now-1h30m",
    ),
    (
        "spans",
        "start > 2026-13-01",
        8,
        10,
        "found '2026-13-01', expected a time; "
        "write it as 2026-01-31, 2026-01-31T12:00:00Z or now-1h30m",
    ),
    (
        "spans",
        "start > 2026-02-30T00:00:00Z",
        8,
        20,
        "found '2026-02-30T00:00:00Z', expected a time; "
        "write it as 2026-01-31, 2026-01-31T12:00:00Z or now-1h30m",
    ),
    ("spans", "trace_id = 12", 11, 2, "found '12', expected 32 hex digits; write the whole id"),
    ("spans", "span_id = xyz", 10, 3, "found 'xyz', expected 16 hex digits; write the whole id"),
    (
        "spans",
        'trace_id ~ "0"',
        0,
        8,
        "found 'trace_id ~', expected one of = != in not in; trace_id is an id, compared whole",
    ),
    (
        "spans",
        "name = 5",
        7,
        1,
        "found '5', expected a text; the field holds text: quote it, \"5\"",
    ),
    (
        "spans",
        'input_tokens > "5"',
        15,
        3,
        "found '5', expected a number; write it without quotes, as in 5 or 0.25",
    ),
    (
        "spans",
        "input_tokens = 99999999999999999999",
        15,
        20,
        "found '99999999999999999999', expected an integer of 64 bits; "
        "write it with a decimal point",
    ),
    (
        "spans",
        "input_tokens contains 5",
        0,
        12,
        "found 'input_tokens contains', expected one of = != in not in < <= > >=; "
        "input_tokens is a number",
    ),
    (
        "spans",
        "a = 5ms",
        4,
        3,
        "found '5ms', expected a number, true, false or a text; "
        'attributes hold no durations and times: quote it to compare the text "5ms"',
    ),
    (
        "spans",
        "a = 2026-01-31",
        4,
        10,
        "found '2026-01-31', expected a number, true, false or a text; "
        'attributes hold no durations and times: quote it to compare the text "2026-01-31"',
    ),
    (
        "spans",
        "a < true",
        4,
        4,
        "found 'true', expected a number or a text; true and false have no order: use =",
    ),
    (
        "spans",
        "exists(duration)",
        7,
        8,
        "found 'duration', expected a field that may be missing; every row has it: compare it",
    ),
    (
        "spans",
        "log.x = 1",
        0,
        5,
        "found 'log.x', expected span. or resource. or event.; spans have no log. attributes",
    ),
    ("spans", "{ a", 3, 0, "found the end, expected '}'; close the '{' at character 1"),
    (
        "spans",
        "{ a } > b",
        8,
        1,
        "found 'b', expected a span set in braces; write one as in { status = error }",
    ),
    (
        "spans",
        "{ a } {b}",
        6,
        1,
        "found '{', expected and, or, or the end; remove it, or quote it if it is text to look for",
    ),
    (
        "spans",
        "a and { b }",
        6,
        1,
        "found '{', expected a condition; "
        'write one as in status = error, or a text as in "GET /"',
    ),
    (
        "spans",
        "{ a } >",
        7,
        0,
        "found the end, expected a span set in braces; write one as in { status = error }",
    ),
    (
        "spans",
        "{ a } = 1",
        6,
        1,
        "found '=', expected and, or, or the end; remove it, or quote it if it is text to look for",
    ),
    (
        "spans",
        "(((((((((((((((((((((a)))))))))))))))))))))",
        20,
        1,
        "found '(', expected at most 20 levels of brackets and not; ask it with fewer levels",
    ),
    (
        "spans",
        "{a} or {a} or {a} or {a} or {a} or {a} or {a}",
        42,
        1,
        "found '{', expected at most 6 span sets; relate fewer spans",
    ),
    (
        "logs",
        "{ a }",
        0,
        1,
        "found '{', expected a condition; only spans stand in relations: leave out the braces",
    ),
    (
        "logs",
        "span.x = 1",
        0,
        6,
        "found 'span.x', expected log. or resource.; logs have no span. attributes",
    ),
    (
        "logs",
        "event.x = 1",
        0,
        7,
        "found 'event.x', expected log. or resource.; logs have no event. attributes",
    ),
    (
        "spans",
        'name ~ "a" and name ~ "(?=a)"',
        22,
        7,
        "found '(?=a)', expected a regular expression of RE2; there is no look-around and no back-reference; "
        "double a backslash in double quotes, not in backticks",
    ),
]

# The bounds: what is refused is one more than what is taken.
OVER: list[tuple[str, str, int, int, str]] = [
    (
        "x" * 4000,
        "x" * 4001,
        4000,
        1,
        "found 4001 characters, expected at most 4000; ask a shorter question",
    ),
    (
        "(" * 20 + "a" + ")" * 20,
        "(" * 21 + "a" + ")" * 21,
        20,
        1,
        "found '(', expected at most 20 levels of brackets and not; ask it with fewer levels",
    ),
    (
        "not " * 20 + "a",
        "not " * 21 + "a",
        80,
        3,
        "found 'not', expected at most 20 levels of brackets and not; ask it with fewer levels",
    ),
    (
        "a in (" + ",".join(["1"] * 100) + ")",
        "a in (" + ",".join(["1"] * 101) + ")",
        206,
        1,
        "found value 101, expected at most 100 values; ask for fewer",
    ),
    (
        " or ".join(["{a}"] * 6),
        " or ".join(["{a}"] * 7),
        42,
        1,
        "found '{', expected at most 6 span sets; relate fewer spans",
    ),
    (
        'name ~ "' + "a" * 500 + '"',
        'name ~ "' + "a" * 501 + '"',
        7,
        503,
        "found 501 characters, expected a regular expression of at most 500; ask for less of the text",
    ),
    (
        "{ " + "a " * 7 + "}" + " ~~ { }" * 5,
        "{ " + "a " * 80 + "}" + " ~~ { }" * 5,
        0,
        198,
        "found too much in all, expected at most 150000 characters of SQL; "
        "relate fewer spans, or ask for fewer values and texts in them",
    ),
]


def refused(api: Api, signal: str, query: str, offset: int, length: int, words: str) -> None:
    """The query is refused in exactly these words, of which the fields are the parts."""
    response = api.ask(f"/api/{signal}", **WINDOW, query=query)
    assert (response.status_code, response.headers["content-type"]) == (
        400,
        "application/problem+json",
    )
    problem = response.json()
    assert problem == {
        "type": "urn:spanhouse:problem:invalid-query",
        "title": "The query is not valid",
        "status": 400,
        "detail": f"cannot read the query at character {offset + 1}: {words}",
        "instance": f"/api/{signal}",
        "offset": offset,
        "length": length,
        "found": problem["found"],
        "expected": problem["expected"],
        "advice": problem["advice"],
    }
    assert words == "found {found}, expected {expected}; {advice}".format(**problem)


@pytest.mark.parametrize(("signal", "query", "offset", "length", "words"), REFUSED)
def test_a_wrong_query_is_told_where_and_what_to_do(
    api: Api, signal: str, query: str, offset: int, length: int, words: str
) -> None:
    refused(api, signal, query, offset, length, words)


@pytest.mark.parametrize(
    ("taken", "query", "offset", "length", "words"), OVER, ids=[case[4][:30] for case in OVER]
)
def test_a_bound_is_told_by_the_first_that_is_over_it(
    api: Api, taken: str, query: str, offset: int, length: int, words: str
) -> None:
    assert api.ask("/api/spans", **WINDOW, query=taken).status_code == 200
    refused(api, "spans", query, offset, length, words)


@pytest.mark.parametrize("path", ["/api/traces", "/api/traces/histogram"])
@pytest.mark.parametrize("query", ["status = broken", 'name ~ "("'])
def test_a_list_of_traces_refuses_the_same(api: Api, path: str, query: str) -> None:
    problem = api.ask(path, **WINDOW, query=query).json()
    assert problem == api.ask("/api/spans", **WINDOW, query=query).json() | {"instance": path}
