"""The rules by which the fake provider answers, the same in each dialect.

The last user message decides: a name of an offered tool in it asks for that tool's call, until its result is in
the messages; "fail" is a 400; "overload" a 429 the first time; "break" cuts a stream after two chunks; "slow"
waits before the first chunk."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

INPUT_TOKENS: Final = 7
CACHED_TOKENS: Final = 2
"""Of the input tokens."""
OUTPUT_TOKENS: Final = 3
REASONING_TOKENS: Final = 1
"""Of the output tokens."""


@dataclass(frozen=True, slots=True)
class Tool:
    name: str
    schema: dict[str, Any]

    def arguments(self) -> dict[str, Any]:
        """Arguments by the types of the schema."""
        values = {
            "string": "Paris",
            "integer": 2,
            "number": 2,
            "boolean": True,
            "array": [],
            "object": {},
        }
        properties: dict[str, dict[str, Any]] = self.schema.get("properties", {})
        return {
            name: values.get(str(kind.get("type", "string")), "Paris")
            for name, kind in properties.items()
        }


@dataclass(frozen=True, slots=True)
class Scenario:
    """What to answer: a call of `tool`, or `text`."""

    text: str
    tool: Tool | None = None
    fails: bool = False
    overloaded: bool = False
    breaks: bool = False
    slow: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer. `body`: JSON, or bytes of `content_type`."""

    body: Any
    status: int = 200
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Chunks:
    """A streamed answer, already framed."""

    chunks: Iterator[bytes]
    content_type: str = "text/event-stream"
    breaks: bool = False
    slow: bool = False


Answer = Callable[[str, dict[str, Any]], Reply | Chunks]


def scenario(said: str, tools: list[Tool], result: str | None, first_time: bool) -> Scenario:
    """What to answer to `said`, the last user message; `result` is that of a tool, if one is in the messages."""
    wanted = next((tool for tool in tools if tool.name in said), None) if result is None else None
    text = f"It says: {result}" if result is not None else f"You said: {said}"
    return Scenario(
        text,
        wanted,
        "fail" in said,
        "overload" in said and first_time,
        "break" in said,
        "slow" in said,
    )
