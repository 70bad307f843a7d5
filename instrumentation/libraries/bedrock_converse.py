"""Bedrock's Converse API, which Amazon's own models also speak through InvokeModel: what is asked, what comes
back, and what a stream of events adds up to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .. import semconv
from ..content import blob
from ..messages import message, reasoning, text, tool_call, tool_call_response
from ..operation import Answer
from ..usage import usage
from .openai_chat import finish_reasons, parameters

_PARAMETERS: Mapping[str, str] = {
    "maxTokens": semconv.GEN_AI_REQUEST_MAX_TOKENS,
    "max_new_tokens": semconv.GEN_AI_REQUEST_MAX_TOKENS,
    "temperature": semconv.GEN_AI_REQUEST_TEMPERATURE,
    "topP": semconv.GEN_AI_REQUEST_TOP_P,
    "topK": semconv.GEN_AI_REQUEST_TOP_K,
}


def converse_parameters(asked: Mapping[str, Any]) -> dict[str, Any]:
    """Attributes of a request's parameters."""
    config = asked.get("inferenceConfig") or {}
    return parameters({**config, "stop": config.get("stopSequences")}, _PARAMETERS)


def converse_content(asked: Mapping[str, Any]) -> dict[str, object]:
    """Content of a request."""
    return {
        semconv.GEN_AI_SYSTEM_INSTRUCTIONS: _parts(asked.get("system") or ()) or None,
        semconv.GEN_AI_INPUT_MESSAGES: [_message(each) for each in asked.get("messages") or ()],
        semconv.GEN_AI_TOOL_DEFINITIONS: _tools((asked.get("toolConfig") or {}).get("tools")),
    }


def _tools(tools: Iterable[Mapping[str, Any]] | None) -> list[dict[str, object]] | None:
    told: list[dict[str, object]] = []
    for tool in tools or ():
        if (function := tool.get("toolSpec")) is not None:
            definition = {"type": "function", "name": function.get("name")}
            schema = (function.get("inputSchema") or {}).get("json")
            more = {"description": function.get("description"), "parameters": schema}
            told.append(
                definition | {key: value for key, value in more.items() if value is not None}
            )
        elif (system := tool.get("systemTool")) is not None:
            told.append({"type": "system", "name": system.get("name")})
    return told or None


def _message(told: Mapping[str, Any], reason: str | None = None) -> dict[str, object]:
    parts = _parts(told.get("content") or ())
    results = bool(parts) and all(part["type"] == "tool_call_response" for part in parts)
    return message("tool" if results else told.get("role") or "user", parts, reason)


def _parts(blocks: str | Iterable[Mapping[str, Any]]) -> list[dict[str, object]]:
    if isinstance(blocks, str):
        return [text(blocks)]
    return [_part(block) for block in blocks if "cachePoint" not in block]


def _part(block: Mapping[str, Any]) -> dict[str, object]:
    match block:
        case {"text": str() as said}:
            return text(said)
        case {"toolUse": use}:
            return tool_call(use.get("toolUseId"), use.get("name"), use.get("input"))
        case {"toolResult": result}:
            return tool_call_response(result.get("toolUseId"), _result(result.get("content") or ()))
        case {"reasoningContent": {"reasoningText": thought}}:
            return reasoning(thought.get("text") or "")
        case {"guardContent": {"text": guarded}}:
            return text(guarded.get("text") or "")
        case {"citationsContent": cited}:
            return text("".join(each.get("text") or "" for each in cited.get("content") or ()))
    for kind in ("image", "video", "audio", "document"):
        if (held := block.get(kind)) is not None:
            return _media(kind, held)
    kind = next(iter(block), "unknown")
    return {"type": kind, "content": block.get(kind)}


def _result(blocks: Iterable[Mapping[str, Any]]) -> object:
    """A tool's result: its text or JSON where it is one of these alone."""
    held = list(blocks)
    if len(held) == 1 and "json" in held[0]:
        return held[0]["json"]
    if all("text" in block for block in held):
        return "".join(str(block["text"]) for block in held)
    return [block if "json" in block else _part(block) for block in held]


def _media(kind: str, held: Mapping[str, Any]) -> dict[str, object]:
    source, form = held.get("source") or {}, held.get("format")
    if (stored := source.get("s3Location")) is not None:
        return {"type": "uri", "modality": kind, "uri": stored.get("uri")}
    if (said := source.get("text")) is not None:
        return text(said)
    mime_type = f"{'application' if kind == 'document' else kind}/{form or 'octet-stream'}"
    return blob(kind, source.get("bytes") or b"", mime_type)


def tokens(used: Mapping[str, Any] | None) -> dict[str, int | None]:
    """The tokens of an answer; `inputTokens` leaves out what the cache gave or took (user guide, "Prompt
    caching")."""
    if not used or used.get("inputTokens") is None:
        return {}
    read = used.get("cacheReadInputTokens") or used.get("cacheReadInputTokenCount") or 0
    write = used.get("cacheWriteInputTokens") or used.get("cacheWriteInputTokenCount") or 0
    whole = used["inputTokens"] + read + write
    return usage(whole, used.get("outputTokens"), cache_read=read, cache_write=write)


def conversed(told: Mapping[str, Any]) -> Answer:
    """What an answer says."""
    said = (told.get("output") or {}).get("message") or {}
    reason = told.get("stopReason")
    return Answer(
        {
            semconv.GEN_AI_RESPONSE_FINISH_REASONS: finish_reasons([reason]),
            **tokens(told.get("usage")),
        },
        lambda: {semconv.GEN_AI_OUTPUT_MESSAGES: [_message({"role": "assistant", **said}, reason)]},
    )


class ConverseFold:
    """The events of a stream, put together."""

    def __init__(self) -> None:
        self._usage: Mapping[str, Any] | None = None
        self._reason: str | None = None
        self._blocks: dict[int, dict[str, Any]] = {}

    def add(self, event: Mapping[str, Any]) -> None:
        """Take an event."""
        match event:
            case {"contentBlockStart": {"start": {"toolUse": use}} as start}:
                self._blocks[_index(start)] = {"toolUse": {**use, "input": ""}}
            case {"contentBlockDelta": {"delta": delta} as held}:
                self._extend(self._blocks.setdefault(_index(held), {}), delta)
            case {"messageStop": stop}:
                self._reason = stop.get("stopReason")
            case {"metadata": {"usage": used}}:
                self._usage = used

    @staticmethod
    def _extend(block: dict[str, Any], delta: Mapping[str, Any]) -> None:
        match delta:
            case {"text": str() as piece}:
                block["text"] = block.get("text", "") + piece
            case {"toolUse": {"input": str() as piece}}:
                use = block.setdefault("toolUse", {"input": ""})
                use["input"] += piece
            case {"reasoningContent": {"text": str() as piece}}:
                thought = block.setdefault("reasoningContent", {"reasoningText": {"text": ""}})
                thought["reasoningText"]["text"] += piece

    def answer(self) -> Answer:
        """What was said so far."""
        blocks = [block for _, block in sorted(self._blocks.items()) if block]
        said = {"message": {"role": "assistant", "content": blocks}}
        return conversed({"output": said, "stopReason": self._reason, "usage": self._usage})


def _index(event: Mapping[str, Any]) -> int:
    return event.get("contentBlockIndex") or 0
