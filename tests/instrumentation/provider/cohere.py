"""Cohere's second API: chat with its stream of events, embed, rerank."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from .answers import CACHED_TOKENS, INPUT_TOKENS, OUTPUT_TOKENS, Answer, Chunks, Reply, Scenario
from .openai import chat_scenario, sse

USAGE = {
    "billed_units": {"input_tokens": INPUT_TOKENS, "output_tokens": OUTPUT_TOKENS},
    "tokens": {"input_tokens": INPUT_TOKENS, "output_tokens": OUTPUT_TOKENS},
    "cached_tokens": CACHED_TOKENS,
}


def chat(path: str, asked: dict[str, Any]) -> Reply | Chunks:
    told = chat_scenario(asked)
    if told.fails or told.overloaded:
        return Reply({"message": "the request asked to fail"}, 400 if told.fails else 429)
    calls = [] if told.tool is None else [
        {"id": "call_1", "type": "function",
         "function": {"name": told.tool.name, "arguments": json.dumps(told.tool.arguments())}}
    ]  # fmt: skip
    reason = "TOOL_CALL" if calls else "COMPLETE"
    if asked.get("stream"):
        return Chunks(
            _events(told, calls, reason, bool(asked.get("thinking"))),
            breaks=told.breaks,
            slow=told.slow,
        )
    thought = [{"type": "thinking", "thinking": "hm"}] if asked.get("thinking") else []
    said = (
        {"tool_calls": calls, "tool_plan": "look"}
        if calls
        else {"content": [*thought, {"type": "text", "text": told.text}]}
    )
    return Reply(
        {
            "id": "c-1",
            "finish_reason": reason,
            "message": {"role": "assistant", **said},
            "usage": USAGE,
        }
    )


def _events(
    told: Scenario, calls: list[dict[str, Any]], reason: str, thinks: bool
) -> Iterator[bytes]:
    def event(kind: str, **fields: Any) -> bytes:
        return sse({"type": kind, **fields}, kind)

    yield event(
        "message-start",
        id="c-1",
        delta={"message": {"role": "assistant", "content": [], "tool_calls": []}},
    )
    if calls:
        yield event("tool-plan-delta", delta={"message": {"tool_plan": "look"}})
    for call in calls:
        begun = {**call, "function": {**call["function"], "arguments": ""}}
        yield event("tool-call-start", index=0, delta={"message": {"tool_calls": begun}})
        part = {"function": {"arguments": call["function"]["arguments"]}}
        yield event("tool-call-delta", index=0, delta={"message": {"tool_calls": part}})
        yield event("tool-call-end", index=0)
    if thinks:
        thought = {"type": "thinking", "thinking": "hm"}
        yield event(
            "content-start", index=0, delta={"message": {"content": thought | {"thinking": ""}}}
        )
        yield event("content-delta", index=0, delta={"message": {"content": {"thinking": "hm"}}})
        yield event("content-end", index=0)
    if not calls:
        yield event(
            "content-start", index=0, delta={"message": {"content": {"type": "text", "text": ""}}}
        )
        for piece in (told.text[:4], told.text[4:]):
            yield event("content-delta", index=0, delta={"message": {"content": {"text": piece}}})
        yield event("content-end", index=0)
    yield event("message-end", id="c-1", delta={"finish_reason": reason, "usage": USAGE})


def embed(path: str, asked: dict[str, Any]) -> Reply:
    vectors = [[0.25, 0.5, 0.75] for _ in asked["texts"]]
    meta = {"billed_units": {"input_tokens": INPUT_TOKENS}}
    return Reply(
        {"id": "e-1", "embeddings": {"float": vectors}, "texts": asked["texts"], "meta": meta}
    )


def rerank(path: str, asked: dict[str, Any]) -> Reply:
    results = [{"index": index, "relevance_score": 0.5} for index in range(len(asked["documents"]))]
    return Reply({"id": "r-1", "results": results, "meta": {"billed_units": {"search_units": 1}}})


ROUTES: list[tuple[str, Answer]] = [
    ("/v2/chat", chat),
    ("/v2/embed", embed),
    ("/v2/rerank", rerank),
]
