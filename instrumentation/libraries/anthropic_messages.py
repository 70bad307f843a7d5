"""Anthropic's messages API, as its own package and Bedrock carry it: what is asked, what comes back, and what a
stream of events adds up to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .. import semconv
from ..content import blob, media
from ..messages import message, reasoning, text, tool_call, tool_call_response, value_of
from ..operation import Answer
from ..usage import usage
from .openai_chat import finish_reasons, given, parameters

_PARAMETERS: Mapping[str, str] = {
    "max_tokens": semconv.GEN_AI_REQUEST_MAX_TOKENS,
    "temperature": semconv.GEN_AI_REQUEST_TEMPERATURE,
    "top_p": semconv.GEN_AI_REQUEST_TOP_P,
    "top_k": semconv.GEN_AI_REQUEST_TOP_K,
}


def asked_parameters(asked: Mapping[str, Any]) -> dict[str, Any]:
    """Attributes of a request's parameters."""
    return parameters({**asked, "stop": given(asked.get("stop_sequences"))}, _PARAMETERS)


def asked_content(asked: Mapping[str, Any]) -> dict[str, object]:
    """Content of a request."""
    return {
        semconv.GEN_AI_SYSTEM_INSTRUCTIONS: _parts(given(asked.get("system"))) or None,
        semconv.GEN_AI_INPUT_MESSAGES: [
            _message(each) for each in given(asked.get("messages")) or ()
        ],
        semconv.GEN_AI_TOOL_DEFINITIONS: [_tool(each) for each in given(asked.get("tools")) or ()]
        or None,
    }


def _tool(tool: Any) -> dict[str, object]:
    name, kind = value_of(tool, "name"), value_of(tool, "type")
    if kind not in (None, "custom"):
        return {"type": kind, "name": name or kind}
    definition = {
        "description": value_of(tool, "description"),
        "parameters": value_of(tool, "input_schema"),
    }
    told = {key: value for key, value in definition.items() if value is not None}
    return {"type": "function", "name": name, **told}


def _message(told: Any) -> dict[str, object]:
    parts = _parts(value_of(told, "content"))
    results = bool(parts) and all(part["type"] == "tool_call_response" for part in parts)
    return message("tool" if results else value_of(told, "role") or "user", parts)


def _parts(content: Any) -> list[dict[str, object]]:
    if not content:
        return []
    return [text(content)] if isinstance(content, str) else [_part(each) for each in content]


def _part(block: Any) -> dict[str, object]:
    if isinstance(block, str):
        return text(block)
    match value_of(block, "type"):
        case "text":
            return text(value_of(block, "text") or "")
        case "thinking":
            return reasoning(value_of(block, "thinking") or "")
        case "tool_use":
            return tool_call(
                value_of(block, "id"), value_of(block, "name"), value_of(block, "input")
            )
        case "tool_result":
            return tool_call_response(
                value_of(block, "tool_use_id"), _result(value_of(block, "content"))
            )
        case "image" | "document" as kind:
            return _media(kind, value_of(block, "source"))
        case "server_tool_use" | "mcp_tool_use":
            call = {"type": value_of(block, "name"), "input": value_of(block, "input")}
            named = {"id": value_of(block, "id"), "name": value_of(block, "name")}
            return {"type": "server_tool_call", **named, "server_tool_call": call}
        case str() as kind if kind.endswith("_tool_result"):
            response = {"type": kind, "content": value_of(block, "content")}
            named = {"id": value_of(block, "tool_use_id")}
            return {
                "type": "server_tool_call_response",
                **named,
                "server_tool_call_response": response,
            }
        case kind:
            return {"type": kind or "unknown", "content": block}


def _result(content: Any) -> object:
    """A tool's result: its text where it has no other parts."""
    if content is None or isinstance(content, str):
        return content
    parts = _parts(content)
    if all(part["type"] == "text" for part in parts):
        return "".join(str(part["content"]) for part in parts)
    return parts


def _media(kind: str, source: Any) -> dict[str, object]:
    if (url := value_of(source, "url")) is not None:
        return media(kind, str(url))
    if (file_id := value_of(source, "file_id")) is not None:
        return {"type": "file", "modality": kind, "file_id": file_id}
    if value_of(source, "type") == "text":
        return text(str(value_of(source, "data") or ""))
    return blob(kind, value_of(source, "data") or "", value_of(source, "media_type") or "")


def tokens(used: Any) -> dict[str, int | None]:
    """The tokens of an answer; `input_tokens` leaves out what the cache gave or took, the conventions do not."""
    fresh = value_of(used, "input_tokens")
    if fresh is None:
        return {}
    read = value_of(used, "cache_read_input_tokens") or 0
    write = value_of(used, "cache_creation_input_tokens") or 0
    return usage(
        fresh + read + write, value_of(used, "output_tokens"), cache_read=read, cache_write=write
    )


def answered(told: Any) -> Answer:
    """What a message says."""
    reason = value_of(told, "stop_reason")
    return Answer(
        {
            semconv.GEN_AI_RESPONSE_ID: value_of(told, "id"),
            semconv.GEN_AI_RESPONSE_MODEL: value_of(told, "model"),
            semconv.GEN_AI_RESPONSE_FINISH_REASONS: finish_reasons([reason]),
            **tokens(value_of(told, "usage")),
        },
        lambda: {
            semconv.GEN_AI_OUTPUT_MESSAGES: [
                message("assistant", _parts(value_of(told, "content")), reason)
            ]
        },
    )


class MessageFold:
    """The events of a message's stream, put together."""

    def __init__(self) -> None:
        self._message: dict[str, Any] = {}
        self._usage: dict[str, Any] = {}
        self._blocks: dict[int, dict[str, Any]] = {}

    def add(self, event: Any) -> None:
        """Take an event."""
        match value_of(event, "type"):
            case "message_start":
                begun = value_of(event, "message")
                self._message = {key: value_of(begun, key) for key in ("id", "model")}
                self._count(value_of(begun, "usage"))
            case "content_block_start":
                self._blocks[value_of(event, "index") or 0] = _fields(
                    value_of(event, "content_block")
                )
            case "content_block_delta":
                self._extend(
                    self._blocks.setdefault(value_of(event, "index") or 0, {}),
                    value_of(event, "delta"),
                )
            case "message_delta":
                self._message["stop_reason"] = value_of(value_of(event, "delta"), "stop_reason")
                self._count(value_of(event, "usage"))

    def _count(self, used: Any) -> None:
        for key in (
            "input_tokens",
            "output_tokens",
            "cache_read_input_tokens",
            "cache_creation_input_tokens",
        ):
            if (count := value_of(used, key)) is not None:
                self._usage[key] = count

    @staticmethod
    def _extend(block: dict[str, Any], delta: Any) -> None:
        for key in ("text", "thinking"):
            if isinstance(piece := value_of(delta, key), str):
                block.setdefault("type", key)
                block[key] = (block.get(key) or "") + piece
        if isinstance(piece := value_of(delta, "partial_json"), str):
            before = block.get("input")
            block["input"] = (before if isinstance(before, str) else "") + piece

    def answer(self) -> Answer:
        """What was said so far."""
        blocks = [block for _, block in sorted(self._blocks.items())]
        return answered({**self._message, "content": blocks, "usage": self._usage})


def _fields(block: Any) -> dict[str, Any]:
    """The fields of a block that a stream begins, which its deltas extend."""
    names = ("type", "id", "name", "text", "thinking", "input", "content", "tool_use_id")
    return {name: value for name in names if (value := value_of(block, name)) is not None}
