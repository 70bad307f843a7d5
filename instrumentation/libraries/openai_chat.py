"""OpenAI's chat API as other SDKs took it over: what is asked, what comes back, and what a stream of chunks
adds up to."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from .. import semconv
from ..engine import Call
from ..messages import (
    chat_message,
    chat_messages,
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

_PARAMETERS: dict[str, str] = {
    "temperature": semconv.GEN_AI_REQUEST_TEMPERATURE,
    "top_p": semconv.GEN_AI_REQUEST_TOP_P,
    "frequency_penalty": semconv.GEN_AI_REQUEST_FREQUENCY_PENALTY,
    "presence_penalty": semconv.GEN_AI_REQUEST_PRESENCE_PENALTY,
    "seed": semconv.GEN_AI_REQUEST_SEED,
    "n": semconv.GEN_AI_REQUEST_CHOICE_COUNT,
    "max_tokens": semconv.GEN_AI_REQUEST_MAX_TOKENS,
    "max_completion_tokens": semconv.GEN_AI_REQUEST_MAX_TOKENS,
    "max_output_tokens": semconv.GEN_AI_REQUEST_MAX_TOKENS,
    "reasoning_effort": semconv.GEN_AI_REQUEST_REASONING_LEVEL,
    "service_tier": semconv.OPENAI_REQUEST_SERVICE_TIER,
}


def parameters(asked: Mapping[str, Any], names: Mapping[str, str] = _PARAMETERS) -> dict[str, Any]:
    """Attributes of the request's parameters; those left to the SDK's default (its NOT_GIVEN) are not there."""
    told = {
        attribute: asked[name]
        for name, attribute in names.items()
        if isinstance(asked.get(name), str | int | float)
    }
    stop = asked.get("stop")
    if isinstance(stop, str) and stop:
        told[semconv.GEN_AI_REQUEST_STOP_SEQUENCES] = (stop,)
    elif isinstance(stop, list | tuple):
        told[semconv.GEN_AI_REQUEST_STOP_SEQUENCES] = tuple(stop)
    if asked.get("stream") is True:
        told[semconv.GEN_AI_REQUEST_STREAM] = True
    match value_of(asked.get("response_format"), "type"):
        case "json_object" | "json_schema":
            told[semconv.GEN_AI_OUTPUT_TYPE] = "json"
        case "text":
            told[semconv.GEN_AI_OUTPUT_TYPE] = "text"
    return told


def server(base_url: object) -> dict[str, Any]:
    """`server.address` and `server.port` of an SDK's base URL."""
    return _server(str(base_url or ""))


@functools.lru_cache(maxsize=64)
def _server(base_url: str) -> dict[str, Any]:
    address = urlsplit(base_url)
    if not address.hostname:
        return {}
    port = address.port or {"https": 443, "http": 80}.get(address.scheme)
    return {semconv.SERVER_ADDRESS: address.hostname, semconv.SERVER_PORT: port}


def given(value: Any) -> Any:
    """`value`, or None for an SDK's stand-in for an argument that was not given."""
    return (
        None if type(value).__name__ in ("NotGiven", "Omit", "Unset", "OMIT", "Ellipsis") else value
    )


def text_of(model: Any) -> str | None:
    """A model's name, if it is one."""
    return model if isinstance(model, str) else None


def chat(
    provider: Callable[[Call], str], base_url: Callable[[Call], object]
) -> Callable[[Call], Operation]:
    """`begin` of a chat call, for an SDK whose provider and address are told by the call."""

    def begin(call: Call) -> Operation:
        asked = call.kwargs
        model = text_of(asked.get("model"))
        return Operation(
            "chat",
            model,
            provider(call),
            {semconv.GEN_AI_REQUEST_MODEL: model, **server(base_url(call)), **parameters(asked)},
            lambda: {
                semconv.GEN_AI_INPUT_MESSAGES: chat_messages(given(asked.get("messages")) or ()),
                semconv.GEN_AI_TOOL_DEFINITIONS: tool_definitions(given(asked.get("tools"))),
            },
        )

    return begin


def completion(result: Any) -> Answer:
    """What a chat completion says."""
    choices = value_of(result, "choices") or ()
    return Answer(
        {
            semconv.GEN_AI_RESPONSE_ID: value_of(result, "id"),
            semconv.GEN_AI_RESPONSE_MODEL: value_of(result, "model"),
            semconv.GEN_AI_RESPONSE_FINISH_REASONS: finish_reasons(
                value_of(each, "finish_reason") for each in choices
            ),
            semconv.OPENAI_RESPONSE_SERVICE_TIER: value_of(result, "service_tier"),
            semconv.OPENAI_RESPONSE_SYSTEM_FINGERPRINT: value_of(result, "system_fingerprint"),
            **chat_usage(value_of(result, "usage")),
        },
        lambda: {
            semconv.GEN_AI_OUTPUT_MESSAGES: [
                chat_message(value_of(each, "message"), value_of(each, "finish_reason"))
                for each in choices
            ]
        },
    )


def finish_reasons(reasons: Any) -> tuple[str, ...] | None:
    """The reasons that were told, one per choice."""
    return tuple(str(reason) for reason in reasons if reason) or None


def chat_usage(used: Any) -> dict[str, int | None]:
    """The tokens of a chat completion or embedding."""
    if used is None:
        return {}
    prompt, completed = (
        value_of(used, "prompt_tokens_details"),
        value_of(used, "completion_tokens_details"),
    )
    return usage(
        value_of(used, "prompt_tokens"),
        value_of(used, "completion_tokens"),
        cache_read=value_of(prompt, "cached_tokens"),
        cache_write=value_of(prompt, "cache_write_tokens"),
        reasoning=value_of(completed, "reasoning_tokens"),
        audio_input=value_of(prompt, "audio_tokens"),
        audio_output=value_of(completed, "audio_tokens"),
    )


class ChatFold:
    """The chunks of a chat stream, put together."""

    def __init__(self) -> None:
        self._said: dict[str, Any] = {}
        self._usage: Any = None
        self._choices: dict[int, _Choice] = {}

    def add(self, chunk: Any) -> None:
        """Take a chunk."""
        for name in ("id", "model", "service_tier", "system_fingerprint"):
            if (value := value_of(chunk, name)) is not None:
                self._said[name] = value
        used = value_of(chunk, "usage")
        if used is None:
            used = value_of(value_of(chunk, "x_groq"), "usage")
        if used is not None:
            self._usage = used
        for each in value_of(chunk, "choices") or ():
            index = value_of(each, "index") or 0
            self._choices.setdefault(index, _Choice()).add(each)

    def answer(self) -> Answer:
        """What the stream said so far."""
        choices = [self._choices[index] for index in sorted(self._choices)]
        return Answer(
            {
                semconv.GEN_AI_RESPONSE_ID: self._said.get("id"),
                semconv.GEN_AI_RESPONSE_MODEL: self._said.get("model"),
                semconv.GEN_AI_RESPONSE_FINISH_REASONS: finish_reasons(
                    each.finish_reason for each in choices
                ),
                semconv.OPENAI_RESPONSE_SERVICE_TIER: self._said.get("service_tier"),
                semconv.OPENAI_RESPONSE_SYSTEM_FINGERPRINT: self._said.get("system_fingerprint"),
                **chat_usage(self._usage),
            },
            lambda: {semconv.GEN_AI_OUTPUT_MESSAGES: [each.message() for each in choices]},
        )


class _Choice:
    def __init__(self) -> None:
        self.finish_reason: str | None = None
        self._role = "assistant"
        self._thought: list[str] = []
        self._text: list[str] = []
        self._calls: dict[int, dict[str, Any]] = {}

    def add(self, choice: Any) -> None:
        self.finish_reason = value_of(choice, "finish_reason") or self.finish_reason
        delta = value_of(choice, "delta")
        self._role = value_of(delta, "role") or self._role
        if isinstance(content := value_of(delta, "content"), str):
            self._text.append(content)
        thought = value_of(delta, "reasoning_content") or value_of(delta, "reasoning")
        if isinstance(thought, str):
            self._thought.append(thought)
        for position, call in enumerate(value_of(delta, "tool_calls") or ()):
            index = value_of(call, "index")
            held = self._calls.setdefault(position if index is None else index, {"arguments": []})
            function = value_of(call, "function")
            held["id"] = value_of(call, "id") or held.get("id")
            held["name"] = value_of(function, "name") or held.get("name")
            held["arguments"].append(value_of(function, "arguments") or "")

    def message(self) -> dict[str, object]:
        parts = [reasoning("".join(self._thought))] if self._thought else []
        parts += [text("".join(self._text))] if any(self._text) else []
        parts += [
            tool_call(call.get("id"), call.get("name"), "".join(map(str, call["arguments"])))
            for _, call in sorted(self._calls.items())
        ]
        return message(self._role, parts, self.finish_reason)


def embedded(result: Any) -> Answer:
    """What an answer of embeddings says."""
    data = value_of(result, "data") or ()
    first = value_of(data[0], "embedding") if data else None
    return Answer({
        semconv.GEN_AI_RESPONSE_MODEL: value_of(result, "model"),
        semconv.GEN_AI_EMBEDDINGS_DIMENSION_COUNT: len(first) if isinstance(first, list) else None,
        semconv.GEN_AI_USAGE_INPUT_TOKENS: value_of(value_of(result, "usage"), "prompt_tokens"),
    })  # fmt: skip


def completed(result: Any) -> Answer:
    """What a legacy completion says."""
    choices = value_of(result, "choices") or ()
    chatted = completion(result)
    return Answer(
        chatted.attributes,
        lambda: {
            semconv.GEN_AI_OUTPUT_MESSAGES: [
                message(
                    "assistant",
                    content_parts(value_of(each, "text")),
                    value_of(each, "finish_reason"),
                )
                for each in choices
            ]
        },
    )


def embeddings(
    provider: Callable[[Call], str], base_url: Callable[[Call], object]
) -> Callable[[Call], Operation]:
    """`begin` of a call for embeddings."""

    def begin(call: Call) -> Operation:
        asked = call.kwargs
        model = text_of(asked.get("model"))
        dimensions, encoding = asked.get("dimensions"), asked.get("encoding_format")
        return Operation(
            "embeddings",
            model,
            provider(call),
            {
                semconv.GEN_AI_REQUEST_MODEL: model,
                **server(base_url(call)),
                semconv.GEN_AI_EMBEDDINGS_DIMENSION_COUNT: dimensions
                if isinstance(dimensions, int)
                else None,
                semconv.GEN_AI_REQUEST_ENCODING_FORMATS: (encoding,)
                if isinstance(encoding, str)
                else None,
            },
            lambda: {
                semconv.GEN_AI_INPUT_MESSAGES: [
                    message("user", content_parts(given(asked.get("input") or asked.get("inputs"))))
                ]
            },
        )

    return begin
