"""Amazon Bedrock's runtime: Converse and InvokeModel, streams as binary event streams (application/vnd.amazon.
eventstream: lengths, headers, payload, two CRCs); bodies of Claude, Titan, Llama and Mistral."""

from __future__ import annotations

import base64
import json
import struct
import zlib
from collections.abc import Iterator
from typing import Any

from . import anthropic
from .answers import (
    CACHED_TOKENS,
    INPUT_TOKENS,
    OUTPUT_TOKENS,
    Answer,
    Chunks,
    Reply,
    Scenario,
    Tool,
    scenario,
)
from .openai import first_time, text_of

USAGE = {
    "inputTokens": INPUT_TOKENS - CACHED_TOKENS,
    "outputTokens": OUTPUT_TOKENS,
    "totalTokens": INPUT_TOKENS + OUTPUT_TOKENS,
    "cacheReadInputTokens": CACHED_TOKENS,
}
METRICS = {
    "inputTokenCount": INPUT_TOKENS,
    "outputTokenCount": OUTPUT_TOKENS,
    "invocationLatency": 9,
    "firstByteLatency": 4,
}
HEADERS = {
    "x-amzn-bedrock-input-token-count": str(INPUT_TOKENS),
    "x-amzn-bedrock-output-token-count": str(OUTPUT_TOKENS),
}
EVENT_STREAM = "application/vnd.amazon.eventstream"


def event(kind: str, payload: dict[str, Any]) -> bytes:
    """One message of an event stream."""
    names = {":event-type": kind, ":content-type": "application/json", ":message-type": "event"}
    headers = b"".join(
        bytes([len(name)])
        + name.encode()
        + b"\x07"
        + struct.pack(">H", len(value))
        + value.encode()
        for name, value in names.items()
    )
    body = json.dumps(payload).encode()
    prelude = struct.pack(">II", 16 + len(headers) + len(body), len(headers))
    message = prelude + struct.pack(">I", zlib.crc32(prelude)) + headers + body
    return message + struct.pack(">I", zlib.crc32(message))


def _error(told: Scenario) -> Reply | None:
    if not told.fails and not told.overloaded:
        return None
    kind = "ValidationException" if told.fails else "ThrottlingException"
    body = {"message": "the request asked to fail", "__type": kind}
    return Reply(body, 400 if told.fails else 429)


def _scenario(asked: dict[str, Any]) -> Scenario:
    said, result = "", None
    for message in asked["messages"]:
        results = [block["toolResult"] for block in message["content"] if "toolResult" in block]
        result = text_of(results[-1]["content"]) if results else None
        if message["role"] == "user" and not results:
            said = text_of(message["content"])
    offered = (asked.get("toolConfig") or {}).get("tools") or ()
    tools = [
        Tool(each["toolSpec"]["name"], each["toolSpec"]["inputSchema"]["json"]) for each in offered
    ]
    return scenario(said, tools, result, "overload" in said and first_time(said))


def converse(path: str, asked: dict[str, Any]) -> Reply:
    told = _scenario(asked)
    block: dict[str, Any] = {"text": told.text}
    if told.tool is not None:
        use = {"toolUseId": "tooluse_1", "name": told.tool.name, "input": told.tool.arguments()}
        block = {"toolUse": use}
    answer = {
        "output": {"message": {"role": "assistant", "content": [block]}},
        "stopReason": "tool_use" if told.tool is not None else "end_turn",
        "usage": USAGE,
        "metrics": {"latencyMs": 9},
    }
    return _error(told) or Reply(answer)


def converse_stream(path: str, asked: dict[str, Any]) -> Reply | Chunks:
    told = _scenario(asked)
    return _error(told) or Chunks(_converse_events(told), EVENT_STREAM, told.breaks, told.slow)


def _converse_events(told: Scenario) -> Iterator[bytes]:
    at = {"contentBlockIndex": 0}
    yield event("messageStart", {"role": "assistant"})
    if told.tool is not None:
        start = {"toolUse": {"toolUseId": "tooluse_1", "name": told.tool.name}}
        yield event("contentBlockStart", {**at, "start": start})
        arguments = json.dumps(told.tool.arguments())
        for piece in (arguments[:4], arguments[4:]):
            yield event("contentBlockDelta", {**at, "delta": {"toolUse": {"input": piece}}})
    else:
        for piece in (told.text[:4], told.text[4:]):
            yield event("contentBlockDelta", {**at, "delta": {"text": piece}})
    yield event("contentBlockStop", at)
    yield event("messageStop", {"stopReason": "tool_use" if told.tool is not None else "end_turn"})
    yield event("metadata", {"usage": USAGE, "metrics": {"latencyMs": 9}})


def invoke(path: str, asked: dict[str, Any]) -> Reply:
    if "anthropic_version" in asked:
        reply = anthropic.messages(path, {**asked, "model": "claude-x"})
        assert isinstance(reply, Reply)
        return (
            reply
            if reply.status == 200
            else Reply({"message": "no", "__type": "ValidationException"}, reply.status)
        )
    if "embed" in path:
        return Reply({"embedding": [0.25, 0.5, 0.75], "inputTextTokenCount": INPUT_TOKENS})
    said = str(asked.get("inputText") or asked.get("prompt"))
    told = scenario(said, [], None, "overload" in said and first_time(said))
    whole, headers = _whole(path, told.text)
    return _error(told) or Reply(whole, headers=headers)


def _whole(path: str, text: str) -> tuple[dict[str, Any], dict[str, str]]:
    if "titan" in path:
        result = {"tokenCount": OUTPUT_TOKENS, "outputText": text, "completionReason": "FINISH"}
        return {"inputTextTokenCount": INPUT_TOKENS, "results": [result]}, HEADERS
    if "mistral" in path:
        return {"outputs": [{"text": text, "stop_reason": "stop"}]}, HEADERS
    counts = {"prompt_token_count": INPUT_TOKENS, "generation_token_count": OUTPUT_TOKENS}
    return {"generation": text, "stop_reason": "stop", **counts}, HEADERS


def invoke_stream(path: str, asked: dict[str, Any]) -> Reply | Chunks:
    if "anthropic_version" in asked:
        reply = anthropic.messages(path, {**asked, "model": "claude-x"})
        if not isinstance(reply, Reply) or reply.status != 200:
            return Reply({"message": "no", "__type": "ValidationException"}, 400)
        metrics = {**METRICS, "inputTokenCount": INPUT_TOKENS - CACHED_TOKENS}
        parts: list[dict[str, Any]] = list(anthropic.parts(reply.body))
        parts[-1] = {**parts[-1], "amazon-bedrock-invocationMetrics": metrics}
        return Chunks(map(_chunk, parts), EVENT_STREAM, "break" in str(asked["messages"]))
    text = f"You said: {asked.get('inputText') or asked.get('prompt')}"
    key, reason = (
        ("outputText", "completionReason") if "titan" in path else ("generation", "stop_reason")
    )
    end: dict[str, Any] = {
        key: text[4:],
        reason: "stop",
        "amazon-bedrock-invocationMetrics": METRICS,
    }
    plain = [{key: text[:4], reason: None}, end]
    return Chunks(map(_chunk, plain), EVENT_STREAM)


def _chunk(part: dict[str, Any]) -> bytes:
    return event("chunk", {"bytes": base64.b64encode(json.dumps(part).encode()).decode()})


ROUTES: list[tuple[str, Answer]] = [
    ("/converse", converse),
    ("/converse-stream", converse_stream),
    ("/invoke", invoke),
    ("/invoke-with-response-stream", invoke_stream),
]
