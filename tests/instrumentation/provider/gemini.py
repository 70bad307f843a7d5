"""Gemini's API: generateContent, streamGenerateContent, batchEmbedContents. Thoughts are counted beside the
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


def _parts(told: Scenario) -> list[dict[str, Any]]:
    if told.tool is not None:
        return [{"functionCall": {"name": told.tool.name, "args": told.tool.arguments()}}]
    return [{"text": told.text}]


def generate(path: str, asked: dict[str, Any]) -> Reply:
    told = _scenario(asked)
    if told.fails or told.overloaded:
        code = 400 if told.fails else 429
        return Reply(
            {
                "error": {
                    "code": code,
                    "message": "the request asked to fail",
                    "status": "INVALID_ARGUMENT",
                }
            },
            code,
        )
    return Reply(_answer(_parts(told), True))


def stream(path: str, asked: dict[str, Any]) -> Reply | Chunks:
    told = _scenario(asked)
    if told.fails or told.overloaded:
        return generate(path, asked)

    def chunks() -> Iterator[bytes]:
        if told.tool is None:
            yield (
                b"data: "
                + json.dumps(_answer([{"text": told.text[:4]}], False)).encode()
                + b"\r\n\r\n"
            )
            yield (
                b"data: "
                + json.dumps(_answer([{"text": told.text[4:]}], True)).encode()
                + b"\r\n\r\n"
            )
        else:
            yield b"data: " + json.dumps(_answer(_parts(told), True)).encode() + b"\r\n\r\n"

    return Chunks(chunks(), breaks=told.breaks, slow=told.slow)


def embed(path: str, asked: dict[str, Any]) -> Reply:
    vector = {"values": [0.25, 0.5, 0.75]}
    if "requests" in asked:
        return Reply({"embeddings": [vector for _ in asked["requests"]]})
    return Reply({"embedding": vector})


ROUTES: list[tuple[str, Answer]] = [
    (":generateContent", generate),
    (":streamGenerateContent", stream),
    (":batchEmbedContents", embed),
    (":embedContent", embed),
]
