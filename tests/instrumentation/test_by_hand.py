"""Spans of the program's own code: `@trace`, `span()`, and what they leave as it was."""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator, Iterator

import pytest

import spanhouse
from spanhouse.instrumentation.testing import Captured, captured


@pytest.fixture
def told() -> Iterator[Captured]:
    with captured(include=[]) as kept:
        yield kept


def test_a_traced_function_is_one_whole_span(told: Captured) -> None:
    @spanhouse.trace("add", attributes={"team": "sums"})
    def add(left: int, right: int = 2) -> int:
        return left + right

    assert add(1) == 3
    [span] = told.written()
    line = span["attributes"].pop("code.line.number")
    assert isinstance(line, int)
    assert span == {
        "name": "add", "kind": "INTERNAL", "id": 1, "parent": None, "status": "UNSET", "events": [],
        "attributes": {
            "team": "sums",
            "code.function.name": f"{__name__}.test_a_traced_function_is_one_whole_span.<locals>.add",
            "code.file.path": __file__,
            "spanhouse.function.arguments": '{"left":1}',
            "spanhouse.function.result": "3",
        },
    }  # fmt: skip


def test_a_tool_is_where_opentelemetry_puts_one(told: Captured) -> None:
    @spanhouse.trace("weather", operation="execute_tool")
    def weather(city: str) -> str:
        return f"clear in {city}"

    weather("Paris")
    [span] = told.written()
    assert span["name"] == "execute_tool weather"
    assert {
        key: value for key, value in span["attributes"].items() if key.startswith("gen_ai.")
    } == {
        "gen_ai.operation.name": "execute_tool",
        "gen_ai.tool.name": "weather",
        "gen_ai.tool.call.arguments": '{"city":"Paris"}',
        "gen_ai.tool.call.result": "clear in Paris",
    }


async def test_generators_and_coroutines_stay_what_they_are_and_end_with_their_last_item(
    told: Captured,
) -> None:
    @spanhouse.trace
    def count() -> Iterator[int]:
        yield from (1, 2)

    @spanhouse.trace
    async def later() -> str:
        with spanhouse.span("inside"):
            return "done"

    @spanhouse.trace
    async def count_later() -> AsyncIterator[int]:
        yield 1
        yield 2

    items = count()
    assert told.spans() == []
    assert list(items) == [1, 2]
    assert inspect.iscoroutinefunction(later)
    assert await later() == "done"
    assert [item async for item in count_later()] == [1, 2]
    spans = told.written()
    assert [span["attributes"].get("spanhouse.function.result") for span in spans] == [
        "[1,2]",
        None,
        "done",
        "[1,2]",
    ]
    assert (spans[1]["name"], spans[1]["parent"]) == ("inside", spans[2]["id"])


def test_an_exception_goes_on_and_marks_the_span(told: Captured) -> None:
    @spanhouse.trace
    def fails() -> None:
        raise KeyError("missing")

    with pytest.raises(KeyError, match="missing"), spanhouse.span("around"):
        fails()
    inner, outer = told.written()
    assert [span["status"] for span in (inner, outer)] == ["ERROR", "ERROR"]
    assert [span["attributes"]["error.type"] for span in (inner, outer)] == ["KeyError", "KeyError"]
    assert inner["events"] == ["exception"]
    assert inner["parent"] == outer["id"]


def test_content_is_left_out_where_it_is_switched_off() -> None:
    @spanhouse.trace(arguments=False, result=False)
    def here(secret: str) -> str:
        return secret

    @spanhouse.trace
    def everywhere(secret: str) -> str:
        return secret

    with captured(include=[]) as on:
        here("hush")
    assert "hush" not in str(on.written())
    with captured(include=[], content=False) as off:
        everywhere("hush")
        [span] = off.written()
    assert "hush" not in str(span)


def test_spans_carry_the_session_user_and_tags_around_them(told: Captured) -> None:
    around = spanhouse.session("s1"), spanhouse.user("u1")
    with (
        around[0],
        around[1],
        spanhouse.tags("a"),
        spanhouse.tags("b", tier="gold"),
        spanhouse.span("inside"),
    ):
        pass
    with spanhouse.span("outside"):
        pass
    inside, outside = told.written()
    assert inside["attributes"] == {
        "session.id": "s1",
        "gen_ai.conversation.id": "s1",
        "user.id": "u1",
        "spanhouse.tags": ["a", "b"],
        "tier": "gold",
    }
    assert outside["attributes"] == {}


def test_feedback_without_a_span_says_what_to_do() -> None:
    sentence = r"^feedback 'helpful' has no span: call it inside a span, or give span=$"
    with pytest.raises(ValueError, match=sentence):
        spanhouse.feedback("helpful", True)
