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
from .openai import first_time

USAGE = {
    "promptTokenCount": INPUT_TOKENS,
    "cachedContentTokenCount": CACHED_TOKENS,
    "candidatesTokenCount": OUTPUT_TOKENS - REASONING_TOKENS,
    "thoughtsTokenCount": REASONING_TOKENS,
    "totalTokenCount": INPUT_TOKENS + OUTPUT_TOKENS,
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
    if told.fails or told.overloaded:
        code, status = (400, "INVALID_ARGUMENT") if told.fails else (429, "RESOURCE_EXHAUSTED")
        error = {"code": code, "message": "the request asked to fail", "status": status}
        return Reply({"error": error}, code)
    parts = _parts(told, asked)
    if path.endswith(":generateContent"):
        return Reply(_answer(parts, True))
    return Chunks(_chunks(parts), breaks=told.breaks, slow=told.slow)


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


ROUTES: list[tuple[str, Answer]] = [
    (":generateContent", generate),
    (":streamGenerateContent", generate),
    (":countTokens", count_tokens),
    (":batchEmbedContents", embed),
    (":embedContent", embed),
]
