"""What a span says in full, as a reader of one dialect finds it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, NamedTuple

from ...answers.gen_ai import Message, Part


class Said(NamedTuple):
    """A GenAI span as its reader gets it."""

    operation: str
    """Canonical."""
    attributes: defaultdict[str, str]
    """"" where there is none."""
    events: list[tuple[str, dict[str, str]]]

    def indexed(self, prefix: str) -> list[dict[str, str]]:
        """The items of a list that is written as `prefix.N.rest`, each by its rest, in the order of N."""
        found: dict[int, dict[str, str]] = defaultdict(dict)
        for key, value in self.attributes.items():
            if key.startswith(prefix + "."):
                number, _, rest = key[len(prefix) + 1 :].partition(".")
                if number.isdecimal():
                    found[int(number)][rest] = value
        return [found[number] for number in sorted(found)]


@dataclass
class Content:
    """Empty where a span does not say it."""

    system: list[Part] = field(default_factory=list)
    inputs: list[Message] = field(default_factory=list)
    outputs: list[Message] = field(default_factory=list)
    tools: list[Any] = field(default_factory=list)
    """Offered to the model."""
    finish_reasons: list[str] = field(default_factory=list)
    tool_call_id: str = ""
    tool_arguments: str = ""
    tool_result: str = ""
    query: str = ""
    """Of a retrieval."""
    documents: list[Any] = field(default_factory=list)
    """Retrieved or ranked."""

    def or_else(self, other: Content) -> Content:
        """This, and where it is silent the other."""
        return Content(
            **{f.name: getattr(self, f.name) or getattr(other, f.name) for f in fields(Content)}
        )


def sub_indexed(item: Mapping[str, str], prefix: str) -> list[dict[str, str]]:
    """As `Said.indexed`, of the attributes of one item."""
    return Said("", defaultdict(str, item), []).indexed(prefix)
