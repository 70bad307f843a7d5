"""OpenAI's HTTP API: chat completions, responses, embeddings, completions, images, audio; Azure's paths end the
same."""

from __future__ import annotations

import base64
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

_seen: set[str] = set()
MODEL = "gpt-4o-2024-11-20"
USAGE = {
    "prompt_tokens": INPUT_TOKENS, "completion_tokens": OUTPUT_TOKENS, "total_tokens": INPUT_TOKENS + OUTPUT_TOKENS,
    "prompt_tokens_details": {"cached_tokens": CACHED_TOKENS},
    "completion_tokens_details": {"reasoning_tokens": REASONING_TOKENS},
}  # fmt: skip
RESPONSES_USAGE = {
    "input_tokens": INPUT_TOKENS, "output_tokens": OUTPUT_TOKENS, "total_tokens": INPUT_TOKENS + OUTPUT_TOKENS,
    "input_tokens_details": {"cached_tokens": CACHED_TOKENS},
    "output_tokens_details": {"reasoning_tokens": REASONING_TOKENS},
}  # fmt: skip


def text_of(content: Any) -> str:
    """The text of a message's content, whole or in parts."""
    if isinstance(content, str):
        return content
    return "".join(str(part.get("text") or "") for part in content or () if isinstance(part, dict))


def first_time(said: str) -> bool:
    """Whether this is said for the first time, or again after its retry; for the 429 that goes away."""
    if said in _seen:
        _seen.remove(said)
        return False
    _seen.add(said)
    return True


def error(status: int, message: str) -> Reply:
    kind = "invalid_request_error" if status == 400 else "rate_limit_error"
    return Reply({"error": {"message": message, "type": kind, "code": kind, "param": None}}, status)


def chat_scenario(asked: dict[str, Any]) -> Scenario:
    """By the messages of a chat request."""
    messages = asked.get("messages") or []
    said = next(
        (text_of(each.get("content")) for each in reversed(messages) if each["role"] == "user"), ""
    )
    result = (
        text_of(messages[-1].get("content"))
        if messages and messages[-1]["role"] == "tool"
        else None
    )
    offered = [each.get("function") or each for each in asked.get("tools") or ()]
    tools = [Tool(each["name"], each.get("parameters") or {}) for each in offered if "name" in each]
    return scenario(said, tools, result, "overload" in said and first_time(said))


def chat(path: str, asked: dict[str, Any]) -> Reply | Chunks:
    told = chat_scenario(asked)
    if told.fails:
        return error(400, "the request asked to fail")
    if told.overloaded:
        return error(429, "come again")
    head = {
        "id": "chatcmpl-1",
        "created": 1_700_000_000,
        "model": MODEL,
        "system_fingerprint": "fp_1",
        "service_tier": "default",
    }
    calls = None if told.tool is None else [
        {"id": "call_1", "type": "function",
         "function": {"name": told.tool.name, "arguments": json.dumps(told.tool.arguments())}}
    ]  # fmt: skip
    reason = "tool_calls" if calls else "stop"
    if asked.get("stream"):
        usage = bool((asked.get("stream_options") or {}).get("include_usage"))
        return Chunks(
            _chat_chunks({**head, "object": "chat.completion.chunk"}, told, calls, reason, usage),
            breaks=told.breaks,
            slow=told.slow,
        )
    text = (
        json.dumps({"city": "Paris"})
        if asked.get("response_format", {}).get("type") == "json_schema"
        else told.text
    )
    message = {
        "role": "assistant",
        "content": None if calls else text,
        **({"tool_calls": calls} if calls else {}),
    }
    choices = [
        {"index": index, "message": message, "finish_reason": reason}
        for index in range(asked.get("n") or 1)
    ]
    return Reply({**head, "object": "chat.completion", "choices": choices, "usage": USAGE})


def _chat_chunks(
    head: dict[str, Any],
    told: Scenario,
    calls: list[dict[str, Any]] | None,
    reason: str,
    usage: bool,
) -> Iterator[bytes]:
    def chunk(delta: dict[str, Any], finish: str | None = None) -> bytes:
        return sse({**head, "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]})

    yield chunk({"role": "assistant", "content": None if calls else ""})
    if calls:
        arguments = calls[0]["function"]["arguments"]
        yield chunk(
            {
                "tool_calls": [
                    {"index": 0, **calls[0], "function": {**calls[0]["function"], "arguments": ""}}
                ]
            }
        )
        for part in (arguments[:5], arguments[5:]):
            yield chunk({"tool_calls": [{"index": 0, "function": {"arguments": part}}]})
    else:
        for word in told.text.split(" "):
            yield chunk({"content": word if word == told.text.split(" ")[0] else f" {word}"})
    yield chunk({}, reason)
    if usage:
        yield sse({**head, "choices": [], "usage": USAGE})
    yield b"data: [DONE]\n\n"


def sse(data: dict[str, Any], event: str | None = None) -> bytes:
    """One server-sent event."""
    return (
        (f"event: {event}\n" if event else "").encode()
        + b"data: "
        + json.dumps(data).encode()
        + b"\n\n"
    )


def responses(path: str, asked: dict[str, Any]) -> Reply | Chunks:
    given = asked.get("input")
    items = [{"role": "user", "content": given}] if isinstance(given, str) else given or []
    said = next(
        (text_of(each.get("content")) for each in reversed(items) if each.get("role") == "user"), ""
    )
    result = (
        text_of(items[-1].get("output"))
        if items and items[-1].get("type") == "function_call_output"
        else None
    )
    tools = [
        Tool(each["name"], each.get("parameters") or {})
        for each in asked.get("tools") or ()
        if "name" in each
    ]
    told = scenario(said, tools, result, "overload" in said and first_time(said))
    if told.fails:
        return error(400, "the request asked to fail")
    if told.overloaded:
        return error(429, "come again")
    text = (
        json.dumps({"city": "Paris"})
        if (asked.get("text") or {}).get("format", {}).get("type") == "json_schema"
        else told.text
    )
    output: dict[str, Any] = {
        "type": "message", "id": "msg_1", "status": "completed", "role": "assistant",
        "content": [{"type": "output_text", "text": text, "annotations": [], "logprobs": []}],
    }  # fmt: skip
    if told.tool is not None:
        output = {
            "type": "function_call", "id": "fc_1", "call_id": "call_1", "name": told.tool.name, "status": "completed",
            "arguments": json.dumps(told.tool.arguments()),
        }  # fmt: skip
    whole = {
        "id": "resp_1", "object": "response", "created_at": 1_700_000_000, "status": "completed", "model": MODEL,
        "output": [output], "parallel_tool_calls": True, "tool_choice": "auto", "tools": asked.get("tools") or [],
        "error": None, "incomplete_details": None, "instructions": None, "metadata": {},
        "temperature": 1.0, "top_p": 1.0,
        "service_tier": "default", "usage": RESPONSES_USAGE,
    }  # fmt: skip
    if not asked.get("stream"):
        return Reply(whole)
    return Chunks(_response_events(whole, output, text), breaks=told.breaks, slow=told.slow)


def _response_events(whole: dict[str, Any], output: dict[str, Any], text: str) -> Iterator[bytes]:
    number = iter(range(100))
    begun = {**whole, "status": "in_progress", "output": [], "usage": None}

    def event(kind: str, **fields: Any) -> bytes:
        return sse({"type": kind, "sequence_number": next(number), **fields}, kind)

    yield event("response.created", response=begun)
    yield event(
        "response.output_item.added",
        output_index=0,
        item={**output, "content": []} if "content" in output else {**output, "arguments": ""},
    )
    at = {"item_id": output["id"], "output_index": 0}
    if "content" in output:
        part = output["content"][0]
        yield event("response.content_part.added", **at, content_index=0, part={**part, "text": ""})
        for word in (text[:4], text[4:]):
            yield event(
                "response.output_text.delta", **at, content_index=0, delta=word, logprobs=[]
            )
        yield event("response.output_text.done", **at, content_index=0, text=text, logprobs=[])
        yield event("response.content_part.done", **at, content_index=0, part=part)
    else:
        yield event("response.function_call_arguments.delta", **at, delta=output["arguments"])
        yield event(
            "response.function_call_arguments.done",
            **at,
            arguments=output["arguments"],
            name=output["name"],
        )
    yield event("response.output_item.done", output_index=0, item=output)
    yield event("response.completed", response=whole)


def embeddings(path: str, asked: dict[str, Any]) -> Reply:
    given = asked["input"]
    count = len(given) if isinstance(given, list) and given and not isinstance(given[0], int) else 1
    vector: Any = [0.25, 0.5, 0.75]
    if asked.get("encoding_format") == "base64":
        import struct

        vector = base64.b64encode(struct.pack("<3f", *vector)).decode()
    data = [{"object": "embedding", "index": index, "embedding": vector} for index in range(count)]
    usage = {"prompt_tokens": INPUT_TOKENS, "completion_tokens": 0, "total_tokens": INPUT_TOKENS}
    return Reply(
        {
            "id": "emb_1",
            "object": "list",
            "data": data,
            "model": "text-embedding-3-small",
            "usage": usage,
        }
    )


def completions(path: str, asked: dict[str, Any]) -> Reply | Chunks:
    head = {
        "id": "cmpl-1",
        "object": "text_completion",
        "created": 1_700_000_000,
        "model": "gpt-3.5-turbo-instruct",
    }
    choice = {
        "index": 0,
        "text": f"You said: {asked['prompt']}",
        "finish_reason": "stop",
        "logprobs": None,
    }
    usage = {key: USAGE[key] for key in ("prompt_tokens", "completion_tokens", "total_tokens")}
    if asked.get("stream"):
        return Chunks(
            iter([sse({**head, "choices": [choice], "usage": usage}), b"data: [DONE]\n\n"])
        )
    return Reply({**head, "choices": [choice], "usage": usage})


def images(path: str, asked: dict[str, Any]) -> Reply:
    usage = {
        "input_tokens": INPUT_TOKENS, "output_tokens": OUTPUT_TOKENS, "total_tokens": INPUT_TOKENS + OUTPUT_TOKENS,
        "input_tokens_details": {"text_tokens": INPUT_TOKENS, "image_tokens": 0},
    }  # fmt: skip
    return Reply({"created": 1_700_000_000, "data": [{"b64_json": "aGk="}], "usage": usage})


def speech(path: str, asked: dict[str, Any]) -> Reply:
    return Reply(b"RIFFsound", content_type="audio/wav")


def transcriptions(path: str, asked: dict[str, Any]) -> Reply:
    return Reply({"text": "You said: hello"})


ROUTES: list[tuple[str, Answer]] = [
    ("/chat/completions", chat),
    ("/responses", responses),
    ("/embeddings", embeddings),
    ("/completions", completions),
    ("/images/generations", images),
    ("/audio/speech", speech),
    ("/audio/transcriptions", transcriptions),
]
