"""Anthropic's messages API: text, tools, thinking, streams; of the 7 input tokens 2 come from the cache, and
are not in `input_tokens`."""

from __future__ import annotations

import json
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
from .openai import first_time, sse, text_of

USAGE = {
    "input_tokens": INPUT_TOKENS - CACHED_TOKENS,
    "cache_read_input_tokens": CACHED_TOKENS,
    "cache_creation_input_tokens": 0,
    "output_tokens": OUTPUT_TOKENS,
}


def _scenario(asked: dict[str, Any]) -> Scenario:
    said, result = "", None
    for message in asked["messages"]:
        content = message["content"]
        blocks = [{"type": "text", "text": content}] if isinstance(content, str) else content
        results = [
            text_of(block.get("content")) for block in blocks if block.get("type") == "tool_result"
        ]
        result = results[-1] if results else None
        if message["role"] == "user" and not results:
            said = text_of(blocks)
    tools = [
        Tool(each["name"], each.get("input_schema") or {}) for each in asked.get("tools") or ()
    ]
    return scenario(said, tools, result, "overload" in said and first_time(said))


def messages(path: str, asked: dict[str, Any]) -> Reply | Chunks:
    told = _scenario(asked)
    if told.fails or told.overloaded:
        kind = "invalid_request_error" if told.fails else "rate_limit_error"
        error = {
            "type": "error",
            "error": {"type": kind, "message": "the request asked to fail"},
            "request_id": "req_1",
        }
        return Reply(error, 400 if told.fails else 429)
    block: dict[str, Any] = {"type": "text", "text": told.text}
    if told.tool is not None:
        block = {
            "type": "tool_use",
            "id": "toolu_1",
            "name": told.tool.name,
            "input": told.tool.arguments(),
        }
    reason = "tool_use" if told.tool is not None else "end_turn"
    thinking = (
        [{"type": "thinking", "thinking": "let me see", "signature": "sig"}]
        if asked.get("thinking")
        else []
    )
    whole = {
        "id": "msg_1", "type": "message", "role": "assistant", "model": asked["model"], "content": [*thinking, block],
        "stop_reason": reason, "stop_sequence": None, "usage": USAGE,
    }  # fmt: skip
    if not asked.get("stream"):
        return Reply(whole)
    events = (sse(part, part["type"]) for part in parts(whole))
    return Chunks(events, breaks=told.breaks, slow=told.slow)


def parts(whole: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The events of a stream that says `whole`."""

    def event(kind: str, **fields: Any) -> dict[str, Any]:
        return {"type": kind, **fields}

    begun = {**whole, "content": [], "stop_reason": None, "usage": {**USAGE, "output_tokens": 1}}
    yield event("message_start", message=begun)
    for index, block in enumerate(whole["content"]):
        if block["type"] == "tool_use":
            yield event("content_block_start", index=index, content_block={**block, "input": {}})
            part = json.dumps(block["input"])
            for piece in (part[:4], part[4:]):
                yield event(
                    "content_block_delta",
                    index=index,
                    delta={"type": "input_json_delta", "partial_json": piece},
                )
        elif block["type"] == "thinking":
            yield event("content_block_start", index=index, content_block={**block, "thinking": ""})
            yield event(
                "content_block_delta",
                index=index,
                delta={"type": "thinking_delta", "thinking": block["thinking"]},
            )
        else:
            yield event("content_block_start", index=index, content_block={**block, "text": ""})
            for piece in (block["text"][:4], block["text"][4:]):
                yield event(
                    "content_block_delta", index=index, delta={"type": "text_delta", "text": piece}
                )
        yield event("content_block_stop", index=index)
    delta = {"stop_reason": whole["stop_reason"], "stop_sequence": None}
    yield event("message_delta", delta=delta, usage={"output_tokens": OUTPUT_TOKENS})
    yield event("message_stop")


def count_tokens(path: str, asked: dict[str, Any]) -> Reply:
    return Reply({"input_tokens": INPUT_TOKENS})


ROUTES: list[tuple[str, Answer]] = [
    ("/v1/messages/count_tokens", count_tokens),
    ("/v1/messages", messages),
]
