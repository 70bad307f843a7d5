"""Messages and their parts from JSON of any shape: OpenTelemetry's, a chat completion's, the AI SDK's, Anthropic's.

Whatever a sender wrote is shown: text that is not the JSON it should be becomes a text part, an unknown part stays.
"""

from __future__ import annotations

from typing import Any

import orjson

from ...answers.gen_ai import Message, Part

_LANGCHAIN_ROLES = {"human": "user", "ai": "assistant", "system": "system", "tool": "tool"}


def messages(text: str, role: str) -> list[Message]:
    """The messages of a JSON text; `role` is that of what does not say its own."""
    found = json_value(text)
    if found is None:
        return []
    return [message(item, role) for item in as_list(found)]


def parts_of(value: Any) -> list[Part]:
    """The parts of a message's content, whatever its shape: a list of parts, one part, or text."""
    if value is None or value == "":
        return []
    return [_part(item) for item in as_list(value)]


def message(value: Any, role: str) -> Message:
    """One message, whatever its shape; `role` is that of one that does not say its own."""
    if not isinstance(value, dict):
        return Message(role=role, parts=parts_of(value))
    own_role = value.get("role") or _LANGCHAIN_ROLES.get(str(value.get("type")))
    role = own_role if isinstance(own_role, str) and own_role else role
    if "parts" in value:
        parts = parts_of(value["parts"])
    elif "type" in value and not own_role:
        parts = parts_of(value)
    else:
        parts = _parts_of_chat(value, role)
    return Message(
        role=role,
        parts=parts,
        finish_reason=as_text(value.get("finish_reason")),
        name=as_text(value.get("name")),
    )


def _parts_of_chat(value: dict[str, Any], role: str) -> list[Part]:
    """The parts of a chat completion's message: content and tool_calls, or a tool's answer."""
    content = value.get("content")
    call_id = as_text(value.get("tool_call_id")) or as_text(value.get("id"))
    if role == "tool" and call_id:
        return [Part(type="tool_call_response", id=call_id, response=content)]
    calls = value.get("tool_calls")
    return parts_of(content) + [chat_tool_call(call) for call in as_list(calls) if calls]


def chat_tool_call(value: Any) -> Part:
    """A call of a tool as chat completions write it."""
    if not isinstance(value, dict):
        return _part(value)
    function = value.get("function")
    call = function if isinstance(function, dict) else value
    return Part(
        type="tool_call",
        id=as_text(value.get("id")),
        name=as_text(call.get("name")),
        arguments=call["args"] if "args" in call else call.get("arguments"),
    )


# Type of a part elsewhere -> (ours, field there -> field here): the AI SDK's, Anthropic's, OpenAI's Responses'.
_PARTS: dict[str, tuple[str, dict[str, str]]] = {
    "text": ("text", {"text": "content"}),
    "input_text": ("text", {"text": "content"}),
    "output_text": ("text", {"text": "content"}),
    "reasoning": ("reasoning", {"text": "content"}),
    "thinking": ("reasoning", {"thinking": "content"}),
    "tool-call": (
        "tool_call",
        {"toolCallId": "id", "toolName": "name", "input": "arguments", "args": "arguments"},
    ),
    "tool-result": (
        "tool_call_response",
        {"toolCallId": "id", "toolName": "name", "output": "response", "result": "response"},
    ),
    "tool_use": ("tool_call", {"input": "arguments"}),
    "tool_result": ("tool_call_response", {"tool_use_id": "id", "content": "response"}),
    "function_call": ("tool_call", {"call_id": "id"}),
    "function_call_output": ("tool_call_response", {"call_id": "id", "output": "response"}),
    "tool_call_response": ("tool_call_response", {"result": "response"}),
}


def _part(value: Any) -> Part:
    if not isinstance(value, dict):
        return Part(type="text", content=value if isinstance(value, str) else dumps(value))
    kind = value.get("type")
    if not isinstance(kind, str):
        return Part(type="text", content=dumps(value))
    fields = {key: item for key, item in value.items() if key != "type"}
    own, renamed = _PARTS.get(kind, (kind, {}))
    for there, here in renamed.items():
        if there in fields and here not in value:
            fields[here] = fields.pop(there)
    # The AI SDK says of a result what it is.
    response = fields.get("response")
    if kind == "tool-result" and isinstance(response, dict) and {"type", "value"} == set(response):
        fields["response"] = response["value"]
    for name in ("id", "name"):
        if fields.get(name) is not None:
            fields[name] = as_text(fields[name])
    return Part(type=own, **fields)


def json_value(text: str) -> Any:
    """The value of a JSON text; the text itself where it is none; None for no text."""
    if not text:
        return None
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return text


def as_list(value: Any) -> list[Any]:
    """A list as it is, anything else as its only item, nothing as none."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def words(text: str) -> list[str]:
    """The texts of a JSON list, or of one text."""
    return [word for item in as_list(json_value(text)) if (word := as_text(item))]


def as_text(value: Any) -> str | None:
    """A text as it is, any other value as JSON."""
    if value is None:
        return None
    return value if isinstance(value, str) else dumps(value)


def dumps(value: Any) -> str:
    """A value as JSON."""
    return orjson.dumps(value).decode()
