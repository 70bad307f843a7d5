"""Messages in the shapes of OpenTelemetry's GenAI conventions, from the shape that most providers took over
from OpenAI's chat.

A message is {role, parts}, a part {type, ...}: text, reasoning, tool_call, tool_call_response, uri, blob, file.
What has no part of its own keeps the provider's fields under its own `type`."""

from __future__ import annotations

import functools
import json
from collections.abc import Hashable, Iterable, Mapping
from typing import Any, cast

from .content import blob, fields_of, media


@functools.lru_cache(maxsize=1024)
def _is_mapping(kind: type[object]) -> bool:
    """Kept by class: the ABC's own check takes 0.7 µs, and a call asks fifty times."""
    return issubclass(kind, Mapping)


def value_of(item: Any, name: str, default: Any = None) -> Any:
    """A field of a dictionary, or of a model."""
    if _is_mapping(cast("Hashable", type(item))):
        return item.get(name, default)
    return getattr(item, name, default)


def text(content: str) -> dict[str, object]:
    """A part `text`."""
    return {"type": "text", "content": content}


def reasoning(content: str) -> dict[str, object]:
    """A part `reasoning`."""
    return {"type": "reasoning", "content": content}


def tool_call(call_id: str | None, name: str | None, arguments: object) -> dict[str, object]:
    """A part `tool_call`; arguments that are JSON as text become what they say."""
    return {"type": "tool_call", "id": call_id, "name": name, "arguments": parsed(arguments)}


def tool_call_response(call_id: str | None, response: object) -> dict[str, object]:
    """A part `tool_call_response`."""
    return {"type": "tool_call_response", "id": call_id, "response": parsed(response)}


def parsed(value: object) -> object:
    """What a text of a JSON object or array says, else the value itself."""
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def message(
    role: str,
    parts: list[dict[str, object]],
    finish_reason: str | None = None,
    name: str | None = None,
) -> dict[str, object]:
    """A message; `finish_reason` for one of the model's."""
    told: dict[str, object] = {"role": role, "parts": parts}
    if name is not None:
        told["name"] = name
    if finish_reason is not None:
        told["finish_reason"] = finish_reason
    return told


def chat_messages(messages: Iterable[Any]) -> list[dict[str, object]]:
    """Messages of OpenAI's chat API: each {role, content, tool_calls?, tool_call_id?, name?}, dictionaries or
    models."""
    return [chat_message(each) for each in messages]


def chat_message(item: Any, finish_reason: str | None = None) -> dict[str, object]:
    """One message of OpenAI's chat API."""
    role = value_of(item, "role") or "user"
    content = value_of(item, "content")
    if role in ("tool", "function"):
        answer = (
            content if isinstance(content, str) or content is None else "".join(_texts(content))
        )
        return message(
            "tool",
            [tool_call_response(value_of(item, "tool_call_id") or value_of(item, "name"), answer)],
        )
    parts: list[dict[str, object]] = []
    for field in ("reasoning_content", "reasoning"):
        if isinstance(thought := value_of(item, field), str) and thought:
            parts.append(reasoning(thought))
            break
    parts += content_parts(content)
    if isinstance(refusal := value_of(item, "refusal"), str) and refusal:
        parts.append({"type": "refusal", "content": refusal})
    for call in value_of(item, "tool_calls") or ():
        function = value_of(call, "function") or value_of(call, "custom")
        arguments = value_of(function, "arguments")
        parts.append(
            tool_call(
                value_of(call, "id"),
                value_of(function, "name"),
                value_of(function, "input") if arguments is None else arguments,
            )
        )
    if (sound := value_of(item, "audio")) is not None:
        parts.append(_audio(sound))
    return message(role, parts, finish_reason, value_of(item, "name"))


def _audio(sound: Any) -> dict[str, object]:
    if (data := value_of(sound, "data")) is not None:
        return {**blob("audio", data, "audio/wav"), "transcript": value_of(sound, "transcript")}
    return {"type": "file", "modality": "audio", "file_id": value_of(sound, "id")}


def content_parts(content: Any) -> list[dict[str, object]]:
    """The parts of a message's `content`: a text, or a list of OpenAI's content parts."""
    if content is None or content == "":
        return []
    if isinstance(content, str):
        return [text(content)]
    if isinstance(content, Mapping) or not isinstance(content, Iterable):
        return [_content_part(content)]
    return [_content_part(each) for each in content]


def _content_part(part: Any) -> dict[str, object]:
    if isinstance(part, str):
        return text(part)
    match value_of(part, "type"):
        case "text" | "input_text" | "output_text":
            return text(value_of(part, "text", ""))
        case "refusal":
            return {"type": "refusal", "content": value_of(part, "refusal")}
        case "image_url":
            url = value_of(part, "image_url")
            return media("image", url if isinstance(url, str) else value_of(url, "url", ""))
        case "input_image":
            url = value_of(part, "image_url")
            return (
                media("image", url)
                if url
                else {"type": "file", "modality": "image", "file_id": value_of(part, "file_id")}
            )
        case "input_audio":
            sound = value_of(part, "input_audio")
            return blob(
                "audio", value_of(sound, "data", ""), f"audio/{value_of(sound, 'format', 'wav')}"
            )
        case "file" | "input_file":
            file = value_of(part, "file") or part
            if (file_id := value_of(file, "file_id")) is not None:
                return {"type": "file", "modality": "document", "file_id": file_id}
            return media(
                "document", str(value_of(file, "file_data") or value_of(file, "file_url") or "")
            )
        case _:
            fields = (
                part if isinstance(part, Mapping) else fields_of(part) or {"content": str(part)}
            )
            return {"type": "unknown", **fields}


def _texts(content: Iterable[Any]) -> Iterable[str]:
    for part in content:
        yield part if isinstance(part, str) else str(value_of(part, "text", "") or "")


def tool_definitions(tools: Iterable[Any] | None) -> list[dict[str, object]] | None:
    """`gen_ai.tool.definitions` of OpenAI's `tools=`: flat, or with the function nested."""
    if not tools:
        return None
    definitions: list[dict[str, object]] = []
    for tool in tools:
        function = value_of(tool, "function") or tool
        name = value_of(function, "name")
        definition: dict[str, object] = {
            "type": value_of(tool, "type") or "function",
            "name": name or value_of(tool, "type"),
        }
        for field in ("description", "parameters"):
            if (value := value_of(function, field)) is not None:
                definition[field] = value
        definitions.append(definition)
    return definitions
