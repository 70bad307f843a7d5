"""Which messages of a call are new, compared with an earlier call that it continues.

Messages are compared by what they say: role and parts, without reasoning (which providers do not take back), finish
reasons and the way a dialect writes JSON. The order does not count, so a conversation whose beginning was dropped
or summarised still repeats the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import orjson

from ..answers.gen_ai import GenAi, Message, Part


def part_key(part: Part) -> bytes:
    """What a part says, as bytes that are equal for parts that say the same."""
    said = part.model_dump(exclude_none=True)
    for name in ("arguments", "response", "content"):
        if isinstance(said.get(name), str):
            said[name] = _value(said[name])
    return orjson.dumps(said, option=orjson.OPT_SORT_KEYS)


def message_key(message: Message) -> bytes:
    """What a message says, as bytes that are equal for messages that say the same."""
    parts = [part_key(part) for part in message.parts if part.type != "reasoning"]
    return b"\n".join([message.role.encode(), *parts])


def _value(text: str) -> Any:
    """JSON written as text and the value itself are the same; text around it does not count."""
    text = text.strip()
    if text[:1] in ("{", "["):
        try:
            return orjson.loads(text)
        except orjson.JSONDecodeError:
            return text
    return text


@dataclass(frozen=True)
class Said:
    """What a call was told and answered, made comparable once."""

    system: tuple[bytes, ...]
    input: tuple[bytes, ...]
    output: tuple[bytes, ...]
    output_parts: frozenset[bytes]

    @classmethod
    def of(cls, gen_ai: GenAi) -> Said:
        """The conversation of one call."""
        return cls(
            system=tuple(part_key(part) for part in gen_ai.system_instructions),
            input=tuple(message_key(message) for message in gen_ai.input_messages),
            output=tuple(message_key(message) for message in gen_ai.output_messages),
            output_parts=frozenset(
                part_key(part) for message in gen_ai.output_messages for part in message.parts
            ),
        )


class Continuation(NamedTuple):
    """How a call goes on from an earlier one."""

    new: list[int]
    """Indexes of the input messages that the earlier call had neither in its input nor in its output."""
    repeated: int
    dropped: int
    """Input messages of the earlier call that are not sent again."""


def continuation(messages: Sequence[Message], said: Said, before: Said) -> Continuation:
    """What of `messages`, whose keys are `said.input`, is new after the call `before`."""
    left = Counter(before.input)
    answered = Counter(before.output)
    new = []
    for index, key in enumerate(said.input):
        if left[key] > 0:
            left[key] -= 1
        elif answered[key] > 0:
            answered[key] -= 1
        elif not _is_of_answer(messages[index], before):
            new.append(index)
    return Continuation(new, len(messages) - len(new), sum(left.values()))


def _is_of_answer(message: Message, before: Said) -> bool:
    """Whether a message is part of what the earlier call answered: dialects cut an answer differently."""
    parts = [part for part in message.parts if part.type != "reasoning"]
    return (
        message.role == "assistant"
        and bool(parts)
        and all(part_key(part) in before.output_parts for part in parts)
    )
