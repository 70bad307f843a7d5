"""A GenAI span's conversation, from the attributes of the semantic conventions or from their older span events.

Whatever a sender wrote is shown: text that is not the JSON it should be becomes a text part, an unknown part stays.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

import orjson

from ..answers.gen_ai import GenAi, Message, Part
from .attributes import texts

_EVENT_ROLES = {
    "gen_ai.system.message": "system",
    "gen_ai.user.message": "user",
    "gen_ai.assistant.message": "assistant",
    "gen_ai.tool.message": "tool",
}
_CHOICE = "gen_ai.choice"
# What the store counts: anything else is 0.
_COUNT = re.compile("[0-9]{1,19}")
# The whole body of such an event as one JSON attribute.
_EVENT_BODY = "gen_ai.event.content"
# Carries the attributes of a span when these were too large for it.
_DETAILS = "gen_ai.client.inference.operation.details"


def gen_ai(row: dict[str, Any]) -> GenAi | None:
    """The conversation of a row of span.sql; None where the span has nothing to do with GenAI."""
    attributes = texts(row["SpanAttributes"])
    events = [
        (name, texts(pairs))
        for name, pairs in zip(row["Events.Name"], row["Events.Attributes"], strict=True)
    ]
    if not any(key.startswith("gen_ai.") for key in attributes) and not any(
        name.startswith("gen_ai.") for name, _ in events
    ):
        return None
    for name, found in events:
        if name == _DETAILS:
            attributes = found | attributes
    said = defaultdict(str, attributes)
    inputs = messages(said["gen_ai.input.messages"], "user")
    outputs = messages(said["gen_ai.output.messages"], "assistant")
    system = parts_of(_json(said["gen_ai.system_instructions"]))
    if not inputs and not outputs:
        system_said, inputs, outputs = _conversation_of_events(events)
        system = system or system_said
    return GenAi(
        operation=said["gen_ai.operation.name"],
        provider=said["gen_ai.provider.name"] or said["gen_ai.system"],
        request_model=said["gen_ai.request.model"],
        response_model=said["gen_ai.response.model"],
        input_tokens=_count(said["gen_ai.usage.input_tokens"]),
        output_tokens=_count(said["gen_ai.usage.output_tokens"]),
        cache_read_tokens=_count(said["gen_ai.usage.cache_read.input_tokens"]),
        cache_write_tokens=_count(said["gen_ai.usage.cache_write.input_tokens"]),
        reasoning_tokens=_count(said["gen_ai.usage.reasoning.output_tokens"]),
        finish_reasons=_words(said["gen_ai.response.finish_reasons"]),
        conversation_id=said["gen_ai.conversation.id"],
        agent_name=said["gen_ai.agent.name"],
        tool_name=said["gen_ai.tool.name"],
        tool_call_id=said["gen_ai.tool.call.id"],
        tool_arguments=said["gen_ai.tool.call.arguments"],
        tool_result=said["gen_ai.tool.call.result"],
        system_instructions=system,
        input_messages=inputs,
        output_messages=outputs,
        tool_definitions=_list(_json(said["gen_ai.tool.definitions"])),
    )


def messages(text: str, role: str) -> list[Message]:
    """The messages of a JSON text; `role` is that of what does not say its own."""
    found = _json(text)
    if found is None:
        return []
    return [_message(item, role) for item in _list(found)]


def parts_of(value: Any) -> list[Part]:
    """The parts of a message's content, whatever its shape: a list of parts, one part, or text."""
    if value is None or value == "":
        return []
    return [_part(item) for item in _list(value)]


def _message(value: Any, role: str) -> Message:
    if not isinstance(value, dict):
        return Message(role=role, parts=parts_of(value))
    own_role = value.get("role")
    role = own_role if isinstance(own_role, str) and own_role else role
    if "parts" in value:
        parts = parts_of(value["parts"])
    elif "type" in value and "role" not in value:
        parts = parts_of(value)
    else:
        parts = _parts_of_chat(value, role)
    return Message(
        role=role,
        parts=parts,
        finish_reason=_text(value.get("finish_reason")),
        name=_text(value.get("name")),
    )


def _parts_of_chat(value: dict[str, Any], role: str) -> list[Part]:
    """The parts of a chat completion's message: content and tool_calls, or a tool's answer."""
    content = value.get("content")
    call_id = _text(value.get("tool_call_id")) or _text(value.get("id"))
    if role == "tool" and call_id:
        return [Part(type="tool_call_response", id=call_id, response=content)]
    calls = value.get("tool_calls")
    return parts_of(content) + [_chat_tool_call(call) for call in _list(calls) if calls]


def _chat_tool_call(value: Any) -> Part:
    if not isinstance(value, dict):
        return _part(value)
    function = value.get("function")
    call = function if isinstance(function, dict) else value
    return Part(
        type="tool_call",
        id=_text(value.get("id")),
        name=_text(call.get("name")),
        arguments=call.get("arguments"),
    )


def _part(value: Any) -> Part:
    if not isinstance(value, dict):
        return Part(type="text", content=value if isinstance(value, str) else _dumps(value))
    kind = value.get("type")
    if not isinstance(kind, str):
        return Part(type="text", content=_dumps(value))
    fields = {key: item for key, item in value.items() if key != "type"}
    if kind in ("text", "reasoning") and "content" not in fields and "text" in fields:
        fields["content"] = fields.pop("text")
    if kind == "tool_call_response" and "response" not in fields and "result" in fields:
        fields["response"] = fields.pop("result")
    for name in ("id", "name"):
        if fields.get(name) is not None:
            fields[name] = _text(fields[name])
    return Part(type=kind, **fields)


def _conversation_of_events(
    events: list[tuple[str, dict[str, str]]],
) -> tuple[list[Part], list[Message], list[Message]]:
    system: list[Part] = []
    inputs: list[Message] = []
    outputs: list[Message] = []
    for name, attributes in events:
        if name == _CHOICE:
            outputs.append(_choice(_event_body(attributes)))
        elif role := _EVENT_ROLES.get(name):
            message = _message(_event_body(attributes), role)
            if message.role == "system":
                system += message.parts
            else:
                inputs.append(message)
    return system, inputs, outputs


def _choice(body: dict[str, Any]) -> Message:
    inner = body.get("message")
    if isinstance(inner, str):
        inner = _json(inner)
    message = _message({"role": "assistant"} | body if inner is None else inner, "assistant")
    message.finish_reason = message.finish_reason or _text(body.get("finish_reason"))
    return message


def _event_body(attributes: dict[str, str]) -> dict[str, Any]:
    body = _json(attributes.get(_EVENT_BODY, ""))
    if isinstance(body, dict):
        return body
    fields: dict[str, Any] = dict(attributes)
    if body is not None:
        fields["content"] = body
    if "tool_calls" in fields:
        fields["tool_calls"] = _json(fields["tool_calls"])
    return fields


def _json(text: str) -> Any:
    """The value of a JSON text; the text itself where it is none; None for no text."""
    if not text:
        return None
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return text


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _words(text: str) -> list[str]:
    return [word for item in _list(_json(text)) if (word := _text(item))]


def _text(value: Any) -> str | None:
    if value is None:
        return None
    return value if isinstance(value, str) else _dumps(value)


def _count(text: str) -> int:
    return int(text) if _COUNT.fullmatch(text) else 0


def _dumps(value: Any) -> str:
    return orjson.dumps(value).decode()
