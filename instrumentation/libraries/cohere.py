"""Cohere: chat, embed, rerank of the second API; sync, async, streams.

import cohere
import spanhouse

spanhouse.instrument()
cohere.ClientV2().chat(model="command-a-03-2025", messages=[{"role": "user", "content": "Hello"}])
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .. import semconv
from ..engine import Call, Library, Target
from ..messages import (
    chat_message,
    content_parts,
    message,
    reasoning,
    text,
    tool_call,
    tool_definitions,
    value_of,
)
from ..operation import Answer, Operation
from ..usage import usage
from .openai_chat import finish_reasons, given, parameters, server, text_of

_PARAMETERS: Mapping[str, str] = {
    "temperature": semconv.GEN_AI_REQUEST_TEMPERATURE,
    "p": semconv.GEN_AI_REQUEST_TOP_P,
    "k": semconv.GEN_AI_REQUEST_TOP_K,
    "seed": semconv.GEN_AI_REQUEST_SEED,
    "max_tokens": semconv.GEN_AI_REQUEST_MAX_TOKENS,
    "frequency_penalty": semconv.GEN_AI_REQUEST_FREQUENCY_PENALTY,
    "presence_penalty": semconv.GEN_AI_REQUEST_PRESENCE_PENALTY,
}


def _asking(
    name: str, content: Callable[[Mapping[str, Any]], dict[str, object]]
) -> Callable[[Call], Operation]:
    def begin(call: Call) -> Operation:
        asked = call.kwargs
        model = text_of(asked.get("model"))
        wrapper = value_of(call.instance, "_client_wrapper")
        address = server(wrapper.get_base_url()) if wrapper is not None else {}
        stream = (
            {semconv.GEN_AI_REQUEST_STREAM: True} if call.function.__name__ == "chat_stream" else {}
        )
        attributes = {
            semconv.GEN_AI_REQUEST_MODEL: model,
            **address,
            **parameters(asked, _PARAMETERS),
            **stream,
        }
        if isinstance(stop := asked.get("stop_sequences"), list | tuple):
            attributes[semconv.GEN_AI_REQUEST_STOP_SEQUENCES] = tuple(stop)
        if isinstance(dimensions := asked.get("output_dimension"), int):
            attributes[semconv.GEN_AI_EMBEDDINGS_DIMENSION_COUNT] = dimensions
        return Operation(name, model, "cohere", attributes, lambda: content(asked))

    return begin


def _messages(asked: Mapping[str, Any]) -> dict[str, object]:
    return {
        semconv.GEN_AI_INPUT_MESSAGES: [
            _asked_message(each) for each in asked.get("messages") or ()
        ],
        semconv.GEN_AI_TOOL_DEFINITIONS: tool_definitions(given(asked.get("tools"))),
    }


def _texts(asked: Mapping[str, Any]) -> dict[str, object]:
    return {
        semconv.GEN_AI_INPUT_MESSAGES: [message("user", content_parts(given(asked.get("texts"))))]
    }


def _query(asked: Mapping[str, Any]) -> dict[str, object]:
    return {semconv.GEN_AI_RETRIEVAL_QUERY_TEXT: asked.get("query")}


def _tokens(used: Any) -> dict[str, int | None]:
    tokens = value_of(used, "tokens")
    cached = value_of(used, "cached_tokens")
    asked, told = value_of(tokens, "input_tokens"), value_of(tokens, "output_tokens")
    return usage(_whole(asked), _whole(told), cache_read=_whole(cached))


def _whole(count: Any) -> int | None:
    """Cohere tells counts as floating point numbers."""
    return None if count is None else int(count)


def _chatted(result: Any) -> Answer:
    reason = value_of(result, "finish_reason")
    return Answer(
        {
            semconv.GEN_AI_RESPONSE_ID: value_of(result, "id"),
            semconv.GEN_AI_RESPONSE_FINISH_REASONS: finish_reasons([reason]),
            **_tokens(value_of(result, "usage")),
        },
        lambda: {semconv.GEN_AI_OUTPUT_MESSAGES: [_message(value_of(result, "message"), reason)]},
    )


def _message(said: Any, reason: str | None = None) -> dict[str, object]:
    """A message; its thinking and its plan for the tools are reasoning."""
    plan, content = value_of(said, "tool_plan"), value_of(said, "content")
    parts = [reasoning(plan)] if plan else []
    for part in content if isinstance(content, list | tuple) else ():
        if value_of(part, "type") == "thinking":
            parts.append(reasoning(value_of(part, "thinking") or ""))
        else:
            parts += content_parts([part])
    if isinstance(content, str):
        parts += content_parts(content)
    for call in value_of(said, "tool_calls") or ():
        function = value_of(call, "function")
        parts.append(
            tool_call(
                value_of(call, "id"), value_of(function, "name"), value_of(function, "arguments")
            )
        )
    return message(value_of(said, "role") or "assistant", parts, reason)


def _asked_message(said: Any) -> dict[str, object]:
    return _message(said) if value_of(said, "role") == "assistant" else chat_message(said)


class _Fold:
    """The events of a chat's stream, put together."""

    def __init__(self) -> None:
        self._id: str | None = None
        self._text: list[str] = []
        self._thought: list[str] = []
        self._calls: list[dict[str, Any]] = []
        self._end: Any = None

    def add(self, chunk: Any) -> None:
        """Take an event."""
        self._id = value_of(chunk, "id") or self._id
        delta = value_of(chunk, "delta")
        said = value_of(delta, "message")
        match value_of(chunk, "type"):
            case "content-start" | "content-delta":
                content = value_of(said, "content")
                self._text.append(value_of(content, "text") or "")
                self._thought.append(value_of(content, "thinking") or "")
            case "tool-plan-delta":
                self._thought.append(value_of(said, "tool_plan") or "")
            case "tool-call-start":
                call = value_of(said, "tool_calls")
                function = value_of(call, "function")
                told = value_of(function, "arguments") or ""
                self._calls.append(
                    {
                        "id": value_of(call, "id"),
                        "name": value_of(function, "name"),
                        "arguments": told,
                    }
                )
            case "tool-call-delta":
                function = value_of(value_of(said, "tool_calls"), "function")
                self._calls[-1]["arguments"] += value_of(function, "arguments") or ""
            case "message-end":
                self._end = delta

    def answer(self) -> Answer:
        """What the stream said so far."""
        reason = value_of(self._end, "finish_reason")
        thought, said = "".join(self._thought), "".join(self._text)
        parts = [reasoning(thought)] if thought else []
        parts += [text(said)] if said else []
        parts += [tool_call(each["id"], each["name"], each["arguments"]) for each in self._calls]
        return Answer(
            {
                semconv.GEN_AI_RESPONSE_ID: self._id,
                semconv.GEN_AI_RESPONSE_FINISH_REASONS: finish_reasons([reason]),
                **_tokens(value_of(self._end, "usage")),
            },
            lambda: {semconv.GEN_AI_OUTPUT_MESSAGES: [message("assistant", parts, reason)]},
        )


def _billed(result: Any) -> Answer:
    billed = value_of(value_of(result, "meta"), "billed_units")
    return Answer({semconv.GEN_AI_USAGE_INPUT_TOKENS: _whole(value_of(billed, "input_tokens"))})


LIBRARY = Library(
    "cohere", "cohere", "cohere", "5.15",
    targets=[
        target
        for prefix in ("", "Async")
        for target in (
            Target("cohere.v2.client", f"{prefix}V2Client.chat", _asking("chat", _messages), _chatted),
            Target("cohere.v2.client", f"{prefix}V2Client.chat_stream", _asking("chat", _messages), fold=_Fold),
            Target("cohere.v2.client", f"{prefix}V2Client.embed", _asking("embeddings", _texts), _billed),
            Target("cohere.v2.client", f"{prefix}V2Client.rerank", _asking("rerank", _query), _billed),
        )
    ],
)  # fmt: skip
