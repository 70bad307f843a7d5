"""Amazon Bedrock's runtime: Converse and InvokeModel, streams in AWS's binary framing
(application/vnd.amazon.eventstream)."""

from __future__ import annotations

import base64
import json
import struct
import zlib
from collections.abc import Iterator
from typing import Any

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
from .openai import first_time

USAGE = {
    "inputTokens": INPUT_TOKENS - CACHED_TOKENS,
    "cacheReadInputTokens": CACHED_TOKENS,
    "outputTokens": OUTPUT_TOKENS,
    "totalTokens": INPUT_TOKENS + OUTPUT_TOKENS,
}
STREAM_TYPE = "application/vnd.amazon.eventstream"


def event(kind: str, payload: dict[str, Any]) -> bytes:
    """One message of an event stream: lengths, CRC of these, headers, payload, CRC of all."""
    headers = b""
    for name, value in (
        (":message-type", "event"),
        (":event-type", kind),
        (":content-type", "application/json"),
    ):
        headers += (
            struct.pack(">B", len(name))
            + name.encode()
            + struct.pack(">BH", 7, len(value))
            + value.encode()
        )
    body = json.dumps(payload).encode()
    prelude = struct.pack(">II", 16 + len(headers) + len(body), len(headers))
    framed = prelude + struct.pack(">I", zlib.crc32(prelude)) + headers + body
    return framed + struct.pack(">I", zlib.crc32(framed))


def _scenario(asked: dict[str, Any]) -> Scenario:
    said, result = "", None
    for each in asked["messages"]:
        content = each["content"]
        blocks: list[dict[str, Any]] = [{"text": content}] if isinstance(content, str) else content
        results = [block["toolResult"] for block in blocks if "toolResult" in block]
        result = json.dumps(results[-1]["content"]) if results else None
        if each["role"] == "user" and not results:
            said = "".join(str(block.get("text", "")) for block in blocks)
    specs = [each["toolSpec"] for each in (asked.get("toolConfig") or {}).get("tools") or ()]
    tools = [Tool(each["name"], each["inputSchema"]["json"]) for each in specs]
    return scenario(said, tools, result, "overload" in said and first_time(said))


def _error(told: Scenario) -> Reply | None:
    if told.fails:
        return Reply({"message": "the request asked to fail", "__type": "ValidationException"}, 400)
    return (
        Reply({"message": "come again", "__type": "ThrottlingException"}, 429)
        if told.overloaded
        else None
    )


def _content(told: Scenario) -> dict[str, Any]:
    if told.tool is None:
        return {"text": told.text}
    return {
        "toolUse": {
            "toolUseId": "tooluse_1",
            "name": told.tool.name,
            "input": told.tool.arguments(),
        }
    }


def converse(path: str, asked: dict[str, Any]) -> Reply:
    told = _scenario(asked)
    reason = "end_turn" if told.tool is None else "tool_use"
    said = {"message": {"role": "assistant", "content": [_content(told)]}}
    return _error(told) or Reply(
        {"output": said, "stopReason": reason, "usage": USAGE, "metrics": {"latencyMs": 5}}
    )


def converse_stream(path: str, asked: dict[str, Any]) -> Reply | Chunks:
    told = _scenario(asked)

    def events() -> Iterator[bytes]:
        yield event("messageStart", {"role": "assistant"})
        if told.tool is None:
            for piece in (told.text[:4], told.text[4:]):
                yield event("contentBlockDelta", {"contentBlockIndex": 0, "delta": {"text": piece}})
        else:
            start = {"toolUse": {"toolUseId": "tooluse_1", "name": told.tool.name}}
            yield event("contentBlockStart", {"contentBlockIndex": 0, "start": start})
            delta = {"toolUse": {"input": json.dumps(told.tool.arguments())}}
            yield event("contentBlockDelta", {"contentBlockIndex": 0, "delta": delta})
        yield event("contentBlockStop", {"contentBlockIndex": 0})
        yield event("messageStop", {"stopReason": "end_turn" if told.tool is None else "tool_use"})
        yield event("metadata", {"usage": USAGE, "metrics": {"latencyMs": 5}})

    return _error(told) or Chunks(events(), STREAM_TYPE, told.breaks, told.slow)


def invoke(path: str, asked: dict[str, Any]) -> Reply:
    if "anthropic" in path:
        told = _scenario(asked)
        used = {
            "input_tokens": INPUT_TOKENS - CACHED_TOKENS,
            "cache_read_input_tokens": CACHED_TOKENS,
            "output_tokens": OUTPUT_TOKENS,
        }
        content = [{"type": "text", "text": told.text}]
        return _error(told) or Reply(
            {"id": "msg_1", "content": content, "stop_reason": "end_turn", "usage": used}
        )
    if "embed" in path:
        return Reply({"embedding": [0.25, 0.5, 0.75], "inputTextTokenCount": INPUT_TOKENS})
    if "titan" in path:
        result = {
            "tokenCount": OUTPUT_TOKENS,
            "outputText": f"You said: {asked['inputText']}",
            "completionReason": "FINISH",
        }
        return Reply({"inputTextTokenCount": INPUT_TOKENS, "results": [result]})
    said = {"generation": f"You said: {asked['prompt']}", "stop_reason": "stop"}
    return Reply(
        {**said, "prompt_token_count": INPUT_TOKENS, "generation_token_count": OUTPUT_TOKENS}
    )


def invoke_stream(path: str, asked: dict[str, Any]) -> Reply | Chunks:
    told = _scenario(asked)

    def events() -> Iterator[bytes]:
        metrics = {
            "inputTokenCount": INPUT_TOKENS - CACHED_TOKENS,
            "outputTokenCount": OUTPUT_TOKENS,
            "cacheReadInputTokenCount": CACHED_TOKENS,
        }
        for body in (
            {
                "type": "message_start",
                "message": {"id": "msg_1", "usage": {"input_tokens": 5, "output_tokens": 1}},
            },
            {
                "type": "content_block_delta",
                "index": 0,
                "delta": {"type": "text_delta", "text": told.text[:4]},
            },
            {
                "type": "content_block_delta",
                "index": 0,
                "delta": {"type": "text_delta", "text": told.text[4:]},
            },
            {
                "type": "message_delta",
                "delta": {"stop_reason": "end_turn"},
                "usage": {"output_tokens": OUTPUT_TOKENS},
            },
            {"type": "message_stop", "amazon-bedrock-invocationMetrics": metrics},
        ):
            yield event("chunk", {"bytes": base64.b64encode(json.dumps(body).encode()).decode()})

    return _error(told) or Chunks(events(), STREAM_TYPE, told.breaks, told.slow)


ROUTES: list[tuple[str, Answer]] = [
    ("/converse", converse),
    ("/converse-stream", converse_stream),
    ("/invoke", invoke),
    ("/invoke-with-response-stream", invoke_stream),
]
