"""How the contents of two steps differ: messages added, removed or changed, tools offered, parameters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher, unified_diff
from itertools import zip_longest
from typing import Any

import orjson

from ..answers.comparison import MessageDifference, StepContent, ToolDifference, ValueDifference
from ..answers.gen_ai import GenAi, Message, Part
from .content import Content
from .shown import shown, text_of

# Lines are compared in quadratic time at worst: a longer text is compared by its beginning, and its diff says so.
_MAX_DIFF_CHARS = 20_000
# As are messages: a longer list is compared by its end, where two runs part.
_MAX_MESSAGES = 1000
_MAX_VALUE_CHARS = 500
_REQUEST = "gen_ai.request."
_SHOWN_ELSEWHERE = frozenset({"gen_ai.request.model"})


def content_difference(
    left: Content | None, right: Content | None, max_chars: int
) -> StepContent | None:
    """The differences of two steps' contents; None where neither has any to compare."""
    if left is None or right is None or left.gen_ai is None or right.gen_ai is None:
        return None
    one, other = left.gen_ai, right.gen_ai
    systems = (_system(one), _system(other))
    differences: list[MessageDifference] = []
    equal = 0
    for place, before, after in (
        ("system", *systems),
        ("input", one.input_messages, other.input_messages),
        ("output", one.output_messages, other.output_messages),
    ):
        found = list(_messages(place, before, after, max_chars))
        differences += found
        changed_or_removed = sum(item.change != "added" for item in found)
        equal += len(before[-_MAX_MESSAGES:]) - changed_or_removed if place != "system" else 0
    return StepContent(
        messages=differences,
        equal_messages=equal,
        tools=list(_tools(one.tool_definitions, other.tool_definitions, max_chars)),
        parameters=list(_parameters(left, right)),
    )


def _system(gen_ai: GenAi) -> list[Message]:
    parts = gen_ai.system_instructions
    return [Message(role="system", parts=parts)] if parts else []


def _messages(
    place: Any, left: Sequence[Message], right: Sequence[Message], max_chars: int
) -> Iterator[MessageDifference]:
    skipped = max(0, len(right) - _MAX_MESSAGES)
    left_skipped = max(0, len(left) - _MAX_MESSAGES)
    left, right = left[left_skipped:], right[skipped:]
    matcher = SequenceMatcher(None, list(map(_said, left)), list(map(_said, right)), autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            continue
        for i, j in zip_longest(range(i1, i2), range(j1, j2)):
            if i is not None and j is not None and left[i].role == right[j].role:
                diff = _diff(message_text(left[i]), message_text(right[j]))
                yield _difference("changed", place, right[j], skipped + j, diff, max_chars)
                continue
            if i is not None:
                text = message_text(left[i])
                yield _difference("removed", place, left[i], left_skipped + i, text, max_chars)
            if j is not None:
                text = message_text(right[j])
                yield _difference("added", place, right[j], skipped + j, text, max_chars)


def _said(message: Message) -> tuple[str, str]:
    """Without the ids of tool calls, which no two runs share."""
    return message.role, message_text(message)


def _difference(
    change: Any, place: Any, message: Message, index: int, text: str, max_chars: int
) -> MessageDifference:
    return MessageDifference(
        change=change, place=place, role=message.role, index=index, text=shown(text, max_chars)
    )


def message_text(message: Message) -> str:
    """A message as plain text, a part a paragraph; what is not text says what it is."""
    return "\n".join(_part_text(part) for part in message.parts)


def _part_text(part: Part) -> str:
    match part.type:
        case "text":
            return text_of(part.content)
        case "reasoning":
            return f"[reasoning] {text_of(part.content)}"
        case "tool_call":
            return f"[tool_call {part.name or ''}] {text_of(part.arguments)}"
        case "tool_call_response":
            return f"[tool_call_response] {text_of(part.response)}"
        case _:
            return f"[{part.type}] {text_of(part.model_dump(exclude={'type'}, exclude_none=True))}"


def _diff(left: str, right: str) -> str:
    is_cut = max(len(left), len(right)) > _MAX_DIFF_CHARS
    before, after = left[:_MAX_DIFF_CHARS].splitlines(), right[:_MAX_DIFF_CHARS].splitlines()
    # Without the two lines that would name files.
    lines = list(unified_diff(before, after, lineterm="", n=2))[2:]
    if is_cut:
        lengths = f"left {len(left)}, right {len(right)} characters"
        lines.append(f"@@ only the first {_MAX_DIFF_CHARS} compared: {lengths} @@")
    return "\n".join(lines)


def _tools(left: Sequence[Any], right: Sequence[Any], max_chars: int) -> Iterator[ToolDifference]:
    before, after = _by_name(left), _by_name(right)
    for name in sorted(before.keys() | after.keys()):
        if name not in after:
            yield ToolDifference(change="removed", name=name, diff=None)
        elif name not in before:
            yield ToolDifference(change="added", name=name, diff=None)
        elif before[name] != after[name]:
            diff = _diff(_indented(before[name]), _indented(after[name]))
            yield ToolDifference(change="changed", name=name, diff=shown(diff, max_chars))


def _by_name(definitions: Sequence[Any]) -> dict[str, Any]:
    found = {}
    for number, definition in enumerate(definitions):
        name = None
        if isinstance(definition, dict):
            function = definition.get("function")
            name = definition.get("name") or (isinstance(function, dict) and function.get("name"))
        found[str(name or f"#{number + 1}")] = definition
    return found


def _indented(value: Any) -> str:
    return orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS).decode()


def _parameters(left: Content, right: Content) -> Iterator[ValueDifference]:
    before, after = _values(left), _values(right)
    for key in sorted(before.keys() | after.keys()):
        if before.get(key) != after.get(key):
            yield ValueDifference(key=key, left=_cut(before.get(key)), right=_cut(after.get(key)))


def _values(content: Content) -> dict[str, str]:
    found = {
        key: value
        for key, value in content.attributes.items()
        if key.startswith(_REQUEST) and key not in _SHOWN_ELSEWHERE
    }
    if content.gen_ai is not None:
        found["gen_ai.tool.call.arguments"] = content.gen_ai.tool_arguments
        found["gen_ai.tool.call.result"] = content.gen_ai.tool_result
    return {key: value for key, value in found.items() if value}


def _cut(value: str | None) -> str | None:
    if value is None or len(value) <= _MAX_VALUE_CHARS:
        return value
    return f"{value[:_MAX_VALUE_CHARS]}… ({_MAX_VALUE_CHARS} of {len(value)} characters)"
