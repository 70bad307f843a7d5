"""The digest of a trace for a language model: golden, within its budget, the same every time."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from spanhouse.query.analysis.durations import duration_text
from spanhouse.query.answers.digest import Digest

from .conftest import Api
from .sent import MS, SECOND, T0, Value, key_values, span, trace_id, traces
from .test_transcript import agent, call, chat, response, text, tool

QUESTION = text("user", "How many\norders are late?")
ASKS = call("c1", "count", status="late")
ANSWER = text("assistant", "Forty.")


def send(api: Api, steps: int = 0) -> None:
    """An agent whose tool makes forty requests, of which one fails with a stack trace; `steps` more spans."""
    failed = span(1, 30, "GET /orders", parent=5, start=1300 * MS, duration=90 * MS, error=True)
    failed.status.message = "read timed out"
    failed.events.add(
        name="exception",
        time_unix_nano=T0,
        attributes=key_values(
            {
                "exception.type": "Timeout",
                "exception.stacktrace": "Traceback\n"
                + "  frame\n" * 60
                + "Timeout: read timed out",
            }
        ),
    )
    requests = [
        span(
            1,
            40 + n,
            "GET /orders",
            parent=5,
            start=(400 + 20 * n) * MS,
            duration=(10 + n % 5) * MS,
        )
        for n in range(40)
    ]
    first = chat([QUESTION], ASKS, tokens=100) | {"gen_ai.response.time_to_first_chunk": 0.05}
    second = chat([QUESTION, ASKS, response("c1", "40")], ANSWER, tokens=130)
    asked: dict[str, Value] = {
        "gen_ai.operation.name": "execute_tool",
        **tool("count", "c1", '{"status":"late"}', "40"),
    }
    api.send(
        traces(
            [
                span(1, 1, "POST /ask", duration=2 * SECOND),
                span(1, 2, "invoke_agent support", parent=1, start=10 * MS, duration=1900 * MS,
                     attributes=agent("support")),
                span(1, 3, "chat m-1", parent=2, start=20 * MS, duration=200 * MS, attributes=first),
                span(1, 5, "execute_tool count", parent=2, start=300 * MS, duration=1200 * MS, attributes=asked,
                     error=True),
                span(1, 6, "chat m-1", parent=2, start=1600 * MS, duration=300 * MS, attributes=second),
                failed,
                *requests,
                *(span(1, 100 + n, f"step {n}", parent=1, start=n * MS) for n in range(steps)),
            ]
        )
    )  # fmt: skip


def digest(api: Api, **params: Any) -> str:
    """The digest of trace 1 as text."""
    response = api.ask(f"/api/traces/{trace_id(1)}/digest", **params)
    assert response.status_code == 200, response.text
    body: str = response.text
    return body


def test_a_digest_as_markdown(api: Api, golden: Callable[[str, str], None]) -> None:
    send(api)
    golden("api/digest.md", digest(api))


def test_a_digest_as_json(api: Api, golden: Callable[[str, str], None]) -> None:
    send(api)
    found = json.loads(digest(api, format="json"))
    assert Digest.model_validate(found).model_dump() == found
    golden("api/digest.json", json.dumps(found, indent=2) + "\n")


@pytest.mark.parametrize("format", ["markdown", "json"])
@pytest.mark.parametrize("max_chars", [2000, 2500, 4000, 9000])
def test_a_digest_keeps_its_budget_and_is_the_same_each_time(
    api: Api, format: str, max_chars: int
) -> None:
    send(api, steps=200)
    found = digest(api, format=format, max_chars=max_chars)
    assert max_chars / 2 < len(found) <= max_chars
    assert digest(api, format=format, max_chars=max_chars) == found


def test_what_does_not_fit_is_told(api: Api) -> None:
    send(api, steps=200)
    found = digest(api, max_chars=3000)
    shown, lines = map(int, re.findall(r"## Spans \((\d+) of (\d+) lines\)", found)[0])
    assert lines == 205
    assert shown == found.partition("## Spans")[2].partition("## Transcript")[0].count(", span ")
    assert 0 < shown < 100
    # The longest spans are the ones that are shown.
    assert "- `GET /orders` of web \u00d741, p50 12 ms" in found


def test_text_that_json_writes_longer_keeps_the_budget(api: Api) -> None:
    api.send(traces([span(1, 1, attributes=chat([text("user", "\x01" * 5000)], ANSWER))]))
    assert len(digest(api, format="json", max_chars=2000)) <= 2000


def test_names_stay_on_their_line(api: Api) -> None:
    api.send(traces([span(1, 1, "two\nlines " + "x" * 100)]))
    assert "# Trace " + trace_id(1) + ": `two lines " + "x" * 69 + "…` of web" in digest(api)


def test_a_trace_without_genai_has_a_digest(api: Api) -> None:
    api.send(traces([span(1, 1, "GET /", duration=3 * MS)]))
    found = digest(api)
    assert "- wall clock: own 3 ms (100 %)" in found
    assert "model calls" not in found
    assert "## Asked" not in found


@pytest.mark.parametrize("max_chars", [1999, 1_000_001])
def test_a_budget_has_bounds(api: Api, max_chars: int) -> None:
    send(api)
    path = f"/api/traces/{trace_id(1)}/digest"
    assert api.ask(path, max_chars=max_chars).status_code == 400


@pytest.mark.parametrize(
    ("nano", "expected"),
    [
        (0, "0 s"),
        (7, "7 ns"),
        (1500, "1.5 µs"),
        (12_345_678, "12.3 ms"),
        (840_000_000, "840 ms"),
        (12_317_995_900, "12.3 s"),
        (60 * SECOND, "1 min"),
        (5400 * SECOND, "1.5 h"),
    ],
)
def test_a_duration_is_three_digits_and_a_unit(nano: int, expected: str) -> None:
    assert duration_text(nano) == expected
