"""Ollama's API: chat, generate, embed; streams are lines of JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from .answers import INPUT_TOKENS, OUTPUT_TOKENS, Answer, Chunks, Reply, Scenario, scenario
from .openai import chat_scenario

_COUNTS = {
    "prompt_eval_count": INPUT_TOKENS,
    "eval_count": OUTPUT_TOKENS,
    "total_duration": 5,
    "eval_duration": 3,
}


def _reply(
    head: dict[str, Any], pieces: list[dict[str, Any]], stream: bool, told: Scenario
) -> Reply | Chunks:
    end = {"done": True, "done_reason": "stop", **_COUNTS}

    def lines() -> Iterator[bytes]:
        for piece in pieces:
            yield json.dumps({**head, **piece, "done": False}).encode() + b"\n"
        last = {
            key: {"role": "assistant", "content": ""} if key == "message" else ""
            for key in pieces[0]
        }
        yield json.dumps({**head, **last, **end}).encode() + b"\n"

    if stream:
        return Chunks(lines(), "application/x-ndjson", told.breaks, told.slow)
    return Reply({**head, **pieces[0], **end})


def chat(path: str, asked: dict[str, Any]) -> Reply | Chunks:
    told = chat_scenario(asked)
    if told.fails or told.overloaded:
        return Reply({"error": "the request asked to fail"}, 400 if told.fails else 429)
    head = {"model": asked["model"], "created_at": "2026-01-01T00:00:00Z"}
    said: dict[str, Any] = {"role": "assistant", "content": told.text}
    if told.tool is not None:
        call = {"function": {"name": told.tool.name, "arguments": told.tool.arguments()}}
        said = {"role": "assistant", "content": "", "tool_calls": [call]}
    stream = asked.get("stream") is not False
    pieces = [said] if told.tool is not None or not stream else [
        {"role": "assistant", "content": piece} for piece in (told.text[:4], told.text[4:])
    ]  # fmt: skip
    return _reply(head, [{"message": piece} for piece in pieces], stream, told)


def generate(path: str, asked: dict[str, Any]) -> Reply | Chunks:
    told = scenario(str(asked["prompt"]), [], None, False)
    if told.fails:
        return Reply({"error": "the request asked to fail"}, 400)
    head = {"model": asked["model"], "created_at": "2026-01-01T00:00:00Z"}
    return _reply(head, [{"response": told.text}], asked.get("stream") is not False, told)


def embed(path: str, asked: dict[str, Any]) -> Reply:
    given = asked["input"]
    count = len(given) if isinstance(given, list) else 1
    vectors = [[0.25, 0.5, 0.75]] * count
    return Reply(
        {"model": asked["model"], "embeddings": vectors, "prompt_eval_count": INPUT_TOKENS}
    )


def embeddings(path: str, asked: dict[str, Any]) -> Reply:
    """The older API, which tells no usage."""
    return Reply({"embedding": [0.25, 0.5, 0.75]})


ROUTES: list[tuple[str, Answer]] = [
    ("/api/chat", chat),
    ("/api/generate", generate),
    ("/api/embed", embed),
    ("/api/embeddings", embeddings),
]
