"""Bedrock's runtime: Converse and InvokeModel, whole and as binary streams, with bodies as Anthropic, Titan and
Llama shape them; `inputTokens` has no cached ones."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

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
from .eventstream import CONTENT_TYPE, event
from .openai import first_time, text_of

USAGE = {
    "inputTokens": INPUT_TOKENS - CACHED_TOKENS,
    "cacheReadInputTokens": CACHED_TOKENS,
    "cacheWriteInputTokens": 0,
    "outputTokens": OUTPUT_TOKENS,
    "totalTokens": INPUT_TOKENS + OUTPUT_TOKENS,
}
_LATENCY = {"latencyMs": 12}


def _refusal(told: Scenario) -> Reply | None:
    if told.fails:
        body = {"__type": "ValidationException", "message": "the request asked to fail"}
        return Reply(body, 400)
    if told.overloaded:
        return Reply({"__type": "ThrottlingException", "message": "come again"}, 429)
    return None


def _converse_scenario(asked: dict[str, Any]) -> Scenario:
    said, result = "", None
    for message in asked["messages"]:
        results = [block["toolResult"] for block in message["content"] if "toolResult" in block]
        result = _tool_text(results[-1]["content"]) if results else None
        if message["role"] == "user" and not results:
            said = text_of(message["content"])
    offered = [each.get("toolSpec") for each in (asked.get("toolConfig") or {}).get("tools") or ()]
    tools = [Tool(each["name"], each["inputSchema"]["json"]) for each in offered if each]
    return scenario(said, tools, result, "overload" in said and first_time(said))


def _tool_text(content: list[dict[str, Any]]) -> str:
    return "".join(part.get("text") or json.dumps(part.get("json")) for part in content)


def converse(path: str, asked: dict[str, Any]) -> Reply | Chunks:
    told = _converse_scenario(asked)
    refusal = _refusal(told)
    if refusal is not None:
        return refusal
    use = None if told.tool is None else {
        "toolUseId": "tooluse_1", "name": told.tool.name, "input": told.tool.arguments()
    }  # fmt: skip
    thinks = bool((asked.get("additionalModelRequestFields") or {}).get("thinking"))
    if path.endswith("/converse-stream"):
        frames = _converse_events(told.text, use, thinks)
        return Chunks(frames, CONTENT_TYPE, breaks=told.breaks, slow=told.slow)
    reasoning = {"reasoningText": {"text": "let me see", "signature": "sig"}}
    content: list[dict[str, Any]] = [{"reasoningContent": reasoning}] if thinks else []
    content.append({"text": told.text} if use is None else {"toolUse": use})
    return Reply(
        {
            "output": {"message": {"role": "assistant", "content": content}},
            "stopReason": "end_turn" if use is None else "tool_use",
            "usage": USAGE,
            "metrics": _LATENCY,
        }
    )


def _converse_events(text: str, use: dict[str, Any] | None, thinks: bool) -> Iterator[bytes]:
    def delta(part: dict[str, Any], index: int) -> bytes:
        return event("contentBlockDelta", {"contentBlockIndex": index, "delta": part})

    yield event("messageStart", {"role": "assistant"})
    if thinks:
        yield delta({"reasoningContent": {"text": "let me see"}}, 0)
        yield delta({"reasoningContent": {"signature": "sig"}}, 0)
        yield event("contentBlockStop", {"contentBlockIndex": 0})
    at = 1 if thinks else 0
    if use is None:
        for piece in (text[:4], text[4:]):
            yield delta({"text": piece}, at)
    else:
        begun = {"toolUse": {"toolUseId": use["toolUseId"], "name": use["name"]}}
        yield event("contentBlockStart", {"contentBlockIndex": at, "start": begun})
        written = json.dumps(use["input"])
        for piece in (written[:4], written[4:]):
            yield delta({"toolUse": {"input": piece}}, at)
    yield event("contentBlockStop", {"contentBlockIndex": at})
    yield event("messageStop", {"stopReason": "end_turn" if use is None else "tool_use"})
    yield event("metadata", {"usage": USAGE, "metrics": _LATENCY})


def invoke(path: str, asked: dict[str, Any]) -> Reply | Chunks:
    model = unquote(path).split("/model/", 1)[1].rsplit("/", 1)[0]
    streams = path.endswith("/invoke-with-response-stream")
    metrics = _metrics(CACHED_TOKENS if "messages" in asked else 0)
    if "messages" in asked:
        told = anthropic.scenario_of(asked)
        message = anthropic.message(told, {**asked, "model": model})
        whole, pieces = message, list(anthropic.events(message))
    else:
        said = str(asked.get("inputText") or asked.get("prompt") or "")
        told = scenario(said, [], None, "overload" in said and first_time(said))
        whole, pieces = _llama(told) if "prompt" in asked else _titan(told)
    refusal = _refusal(told)
    if refusal is not None:
        return refusal
    if streams:
        last = {**pieces[-1], "amazon-bedrock-invocationMetrics": metrics}
        frames = _invoke_events([*pieces[:-1], last])
        return Chunks(frames, CONTENT_TYPE, breaks=told.breaks, slow=told.slow)
    if "titan-embed" in model:
        whole = {"embedding": [0.25, 0.5, 0.75], "inputTextTokenCount": INPUT_TOKENS}
    return Reply(whole, headers={_HEADERS[name]: str(count) for name, count in metrics.items()})


_HEADERS = {
    "inputTokenCount": "X-Amzn-Bedrock-Input-Token-Count",
    "cacheReadInputTokenCount": "X-Amzn-Bedrock-Cache-Read-Input-Token-Count",
    "outputTokenCount": "X-Amzn-Bedrock-Output-Token-Count",
    "invocationLatency": "X-Amzn-Bedrock-Invocation-Latency",
}


def _metrics(cached: int) -> dict[str, int]:
    """What Bedrock counts itself, whatever the model's body says."""
    counted = {"inputTokenCount": INPUT_TOKENS - cached, "cacheReadInputTokenCount": cached}
    return {**counted, "outputTokenCount": OUTPUT_TOKENS, "invocationLatency": 12}


Told = tuple[dict[str, Any], list[dict[str, Any]]]
"""The whole answer, and the same as the pieces of a stream."""


def _titan(told: Scenario) -> Told:
    counts = {"inputTextTokenCount": INPUT_TOKENS}
    result = {
        "tokenCount": OUTPUT_TOKENS,
        "outputText": told.text,
        "completionReason": "FINISH",
    }
    begun = {
        "outputText": told.text[:4], "index": 0, "totalOutputTextTokenCount": None, "completionReason": None,
        "inputTextTokenCount": INPUT_TOKENS,
    }  # fmt: skip
    ended = {
        "outputText": told.text[4:], "index": 0, "totalOutputTextTokenCount": OUTPUT_TOKENS,
        "completionReason": "FINISH", "inputTextTokenCount": None,
    }  # fmt: skip
    return {**counts, "results": [result]}, [begun, ended]


def _llama(told: Scenario) -> Told:
    def piece(text: str, prompt: int | None, generated: int, reason: str | None) -> dict[str, Any]:
        return {
            "generation": text, "prompt_token_count": prompt, "generation_token_count": generated,
            "stop_reason": reason,
        }  # fmt: skip

    text = told.text
    return piece(text, INPUT_TOKENS, OUTPUT_TOKENS, "stop"), [
        piece(text[:4], INPUT_TOKENS, 1, None),
        piece(text[4:], None, OUTPUT_TOKENS - 1, None),
        piece("", None, OUTPUT_TOKENS, "stop"),
    ]


def _invoke_events(pieces: list[dict[str, Any]]) -> Iterator[bytes]:
    for piece in pieces:
        yield event("chunk", {"bytes": base64.b64encode(json.dumps(piece).encode()).decode()})


ROUTES: list[tuple[str, Answer]] = [
    ("/converse", converse),
    ("/converse-stream", converse),
    ("/invoke", invoke),
    ("/invoke-with-response-stream", invoke),
]
