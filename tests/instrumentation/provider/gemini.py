"""Gemini's API: generateContent, its stream, countTokens, batchEmbedContents. Thoughts are counted beside the
answer, as Gemini does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from .answers import (
    CACHED_TOKENS,
    INPUT_TOKENS,
    OUTPUT_TOKENS,
    REASONING_TOKENS,
    Answer,
    Chunks,
    Reply,
    Scenario,
    Tool,
    scenario,
)
from .openai import first_time, sse

USAGE = {
    "promptTokenCount": INPUT_TOKENS,
    "cachedContentTokenCount": CACHED_TOKENS,
    "candidatesTokenCount": OUTPUT_TOKENS - REASONING_TOKENS,
    "thoughtsTokenCount": REASONING_TOKENS,
    "totalTokenCount": INPUT_TOKENS + OUTPUT_TOKENS,
}


INTERACTION_USAGE = {
    "total_input_tokens": INPUT_TOKENS,
    "total_cached_tokens": CACHED_TOKENS,
    "total_output_tokens": OUTPUT_TOKENS - REASONING_TOKENS,
    "total_thought_tokens": REASONING_TOKENS,
    "total_tokens": INPUT_TOKENS + OUTPUT_TOKENS,
}


def _scenario(asked: dict[str, Any]) -> Scenario:
    said, result = "", None
    for content in asked["contents"]:
        results = [
            part["functionResponse"] for part in content["parts"] if "functionResponse" in part
        ]
        result = json.dumps(results[-1]["response"]) if results else None
        if content.get("role", "user") == "user" and not results:
            said = "".join(part.get("text", "") for part in content["parts"])
    offered = [
        each for tool in asked.get("tools") or () for each in tool.get("functionDeclarations") or ()
    ]
    tools = [Tool(each["name"], _schema(each)) for each in offered]
    return scenario(said, tools, result, "overload" in said and first_time(said))


def _schema(function: dict[str, Any]) -> dict[str, Any]:
    schema: dict[str, Any] = (
        function.get("parameters_json_schema") or function.get("parameters") or {}
    )
    properties = {
        name: {"type": str(kind.get("type", "string")).lower()}
        for name, kind in schema.get("properties", {}).items()
    }
    return {"properties": properties}


def _answer(parts: list[dict[str, Any]], end: bool) -> dict[str, Any]:
    candidate: dict[str, Any] = {"content": {"role": "model", "parts": parts}, "index": 0}
    if end:
        candidate["finishReason"] = "STOP"
    told = {"candidates": [candidate], "modelVersion": "gemini-x-001", "responseId": "g-1"}
    return {**told, "usageMetadata": USAGE} if end else told


def _parts(told: Scenario, asked: dict[str, Any]) -> list[dict[str, Any]]:
    settings = asked.get("generationConfig") or {}
    thoughts = (settings.get("thinkingConfig") or {}).get("includeThoughts")
    thinking = [{"text": "let me see", "thought": True}] if thoughts else []
    if told.tool is not None:
        call = {"name": told.tool.name, "args": told.tool.arguments()}
        return [*thinking, {"functionCall": call}]
    as_json = settings.get("responseMimeType") == "application/json"
    return [*thinking, {"text": json.dumps({"city": "Paris"}) if as_json else told.text}]


def generate(path: str, asked: dict[str, Any]) -> Reply | Chunks:
    told = _scenario(asked)
    parts = _parts(told, asked)
    if path.endswith(":generateContent"):
        return _error(told) or Reply(_answer(parts, True))
    return _error(told) or Chunks(_chunks(parts), breaks=told.breaks, slow=told.slow)


def _error(told: Scenario) -> Reply | None:
    if not told.fails and not told.overloaded:
        return None
    code, status = (400, "INVALID_ARGUMENT") if told.fails else (429, "RESOURCE_EXHAUSTED")
    error = {"code": code, "message": "the request asked to fail", "status": status}
    return Reply({"error": error}, code)


def _chunks(parts: list[dict[str, Any]]) -> Iterator[bytes]:
    """Text in two pieces; the last chunk has the reason and the usage."""
    pieces: list[dict[str, Any]] = []
    for part in parts:
        text = part.get("text")
        cut = [part] if text is None else [{**part, "text": t} for t in (text[:4], text[4:])]
        pieces += cut
    for number, piece in enumerate(pieces, 1):
        answer = json.dumps(_answer([piece], number == len(pieces))).encode()
        yield b"data: " + answer + b"\r\n\r\n"


def count_tokens(path: str, asked: dict[str, Any]) -> Reply:
    return Reply({"totalTokens": INPUT_TOKENS})


def embed(path: str, asked: dict[str, Any]) -> Reply:
    vector = {"values": [0.25, 0.5, 0.75]}
    if "requests" in asked:
        return Reply({"embeddings": [vector for _ in asked["requests"]]})
    return Reply({"embedding": vector})


def interactions(path: str, asked: dict[str, Any]) -> Reply | Chunks:
    given = asked["input"]
    items = [{"type": "text", "text": given}] if isinstance(given, str) else given
    said = next((str(each["text"]) for each in reversed(items) if "text" in each), "")
    result = json.dumps(items[-1]["result"]) if items[-1].get("type") == "function_result" else None
    offered = [each for each in asked.get("tools") or () if each.get("type") == "function"]
    tools = [Tool(each["name"], each.get("parameters") or {}) for each in offered]
    told = scenario(said, tools, result, "overload" in said and first_time(said))
    step: dict[str, Any] = {
        "type": "model_output",
        "content": [{"type": "text", "text": told.text}],
    }
    if told.tool is not None:
        arguments = told.tool.arguments()
        step = {
            "type": "function_call",
            "id": "call_1",
            "name": told.tool.name,
            "arguments": arguments,
        }
    status = "completed" if told.tool is None else "requires_action"
    whole = {
        "id": "interaction-1",
        "object": "interaction",
        "model": asked["model"],
        "status": status,
        "steps": [step],
        "usage": INTERACTION_USAGE,
    }
    if asked.get("stream"):
        events = _interaction_events(whole, told)
        return _error(told) or Chunks(events, breaks=told.breaks, slow=told.slow)
    return _error(told) or Reply(whole)


def _interaction_events(whole: dict[str, Any], told: Scenario) -> Iterator[bytes]:
    def event(kind: str, **fields: Any) -> bytes:
        return sse({"event_type": kind, **fields}, kind)

    begun = {key: whole[key] for key in ("id", "object", "model")} | {"status": "in_progress"}
    yield event("interaction.created", interaction=begun)
    if told.tool is None:
        yield event("step.start", index=0, step={"type": "model_output"})
        for piece in (told.text[:4], told.text[4:]):
            yield event("step.delta", index=0, delta={"type": "text", "text": piece})
    else:
        call = {"type": "function_call", "id": "call_1", "name": told.tool.name, "arguments": {}}
        yield event("step.start", index=0, step=call)
        delta = {"type": "arguments_delta", "arguments": json.dumps(told.tool.arguments())}
        yield event("step.delta", index=0, delta=delta)
    yield event("step.stop", index=0)
    done = {key: value for key, value in whole.items() if key != "steps"}
    yield event("interaction.completed", interaction=done)
    yield b"data: [DONE]\n\n"


ROUTES: list[tuple[str, Answer]] = [
    (":generateContent", generate),
    (":streamGenerateContent", generate),
    (":countTokens", count_tokens),
    (":batchEmbedContents", embed),
    (":embedContent", embed),
    ("/interactions", interactions),
]
