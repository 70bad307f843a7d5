"""Gemini's API: generateContent, its stream, countTokens, embeddings; the output tokens are told in two parts, of
which `candidatesTokenCount` has no thoughts."""

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
from .openai import first_time, sse, text_of

USAGE = {
    "promptTokenCount": INPUT_TOKENS,
    "cachedContentTokenCount": CACHED_TOKENS,
    "candidatesTokenCount": OUTPUT_TOKENS - REASONING_TOKENS,
    "thoughtsTokenCount": REASONING_TOKENS,
    "totalTokenCount": INPUT_TOKENS + OUTPUT_TOKENS,
}
_BEGUN_USAGE = {"promptTokenCount": INPUT_TOKENS, "totalTokenCount": INPUT_TOKENS}
MODEL_VERSION = "gemini-2.5-flash-001"


def _tool(declaration: dict[str, Any]) -> Tool:
    # Functions come with a JSON schema, written in either case; declarations with Gemini's own, types in capitals.
    names = ("parameters_json_schema", "parametersJsonSchema", "parameters")
    given: dict[str, Any] = next((declaration[name] for name in names if declaration.get(name)), {})
    properties = {
        name: {**kind, "type": str(kind.get("type", "string")).lower()}
        for name, kind in given.get("properties", {}).items()
    }
    return Tool(declaration["name"], {**given, "properties": properties})


def _scenario(asked: dict[str, Any]) -> Scenario:
    said, result = "", None
    for content in asked["contents"]:
        parts = content.get("parts") or []
        results = [part["functionResponse"] for part in parts if "functionResponse" in part]
        result = json.dumps(results[-1].get("response")) if results else None
        if content.get("role", "user") == "user" and not results:
            said = text_of(parts)
    declared = [
        declaration
        for group in asked.get("tools") or ()
        for declaration in group.get("functionDeclarations") or ()
    ]
    tools = [_tool(declaration) for declaration in declared]
    return scenario(said, tools, result, "overload" in said and first_time(said))


def generate(path: str, asked: dict[str, Any]) -> Reply | Chunks:
    told = _scenario(asked)
    if told.fails or told.overloaded:
        code, status = (400, "INVALID_ARGUMENT") if told.fails else (429, "RESOURCE_EXHAUSTED")
        error = {"code": code, "message": "the request asked to fail", "status": status}
        return Reply({"error": error}, code)
    settings = asked.get("generationConfig") or {}
    parts = _parts(told, settings)
    if path.endswith(":generateContent"):
        return Reply(_response(parts, "STOP", USAGE))
    return Chunks(_stream(parts), breaks=told.breaks, slow=told.slow)


def _parts(told: Scenario, settings: dict[str, Any]) -> list[dict[str, Any]]:
    thoughts = (settings.get("thinkingConfig") or {}).get("includeThoughts")
    thinking = [{"text": "let me see", "thought": True}] if thoughts else []
    if told.tool is not None:
        call = {"id": "call_1", "name": told.tool.name, "args": told.tool.arguments()}
        return [*thinking, {"functionCall": call}]
    as_json = settings.get("responseMimeType") == "application/json"
    return [*thinking, {"text": json.dumps({"city": "Paris"}) if as_json else told.text}]


def _response(
    parts: list[dict[str, Any]], reason: str | None, usage: dict[str, int]
) -> dict[str, Any]:
    candidate: dict[str, Any] = {"content": {"role": "model", "parts": parts}, "index": 0}
    if reason is not None:
        candidate["finishReason"] = reason
    return {
        "candidates": [candidate],
        "usageMetadata": usage,
        "modelVersion": MODEL_VERSION,
        "responseId": "resp-1",
    }


def _stream(parts: list[dict[str, Any]]) -> Iterator[bytes]:
    for part in parts:
        text = None if "functionCall" in part else part["text"]
        pieces = [part] if text is None else [{**part, "text": t} for t in (text[:4], text[4:])]
        for piece in pieces:
            yield sse(_response([piece], None, _BEGUN_USAGE))
    yield sse(_response([{"text": ""}], "STOP", USAGE))


def count_tokens(path: str, asked: dict[str, Any]) -> Reply:
    return Reply({"totalTokens": INPUT_TOKENS})


def embed(path: str, asked: dict[str, Any]) -> Reply:
    return Reply({"embedding": _VECTOR, "usageMetadata": {"promptTokenCount": INPUT_TOKENS}})


def embed_batch(path: str, asked: dict[str, Any]) -> Reply:
    vectors = [_VECTOR for _ in asked["requests"]]
    return Reply({"embeddings": vectors, "usageMetadata": {"promptTokenCount": INPUT_TOKENS}})


_VECTOR = {"values": [0.25, 0.5, 0.75]}

ROUTES: list[tuple[str, Answer]] = [
    (":generateContent", generate),
    (":streamGenerateContent", generate),
    (":countTokens", count_tokens),
    (":embedContent", embed),
    (":batchEmbedContents", embed_batch),
]
