"""OpenAI: chat, responses, embeddings, legacy completions, images, audio; sync, async, streams, raw responses, Azure.

from openai import OpenAI
import spanhouse

spanhouse.instrument()
OpenAI().chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": "Hello"}])
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .. import semconv
from ..engine import Call, Library, Target
from ..messages import (
    content_parts,
    message,
    text,
    value_of,
)
from ..operation import Answer, Operation
from ..streams import Fold, NoFold
from ..usage import usage
from .openai_chat import (
    ChatFold,
    chat,
    chat_usage,
    completed,
    completion,
    embedded,
    embeddings,
    finish_reasons,
    parameters,
    server,
    text_of,
)
from .openai_responses import ResponseFold, responded, responses
from .raw_response import follow_raw

_HOSTS = {"api.deepseek.com": "deepseek",
          "api.x.ai": "x_ai", "api.groq.com": "groq", "api.mistral.ai": "mistral_ai",
          "api.perplexity.ai": "perplexity", "api.moonshot.ai": "moonshot_ai"}  # fmt: skip
"""Providers that are called with this SDK by another base URL."""


def _base_url(call: Call) -> object:
    return value_of(value_of(call.instance, "_client"), "base_url")


def _provider(call: Call) -> str:
    if "Azure" in type(value_of(call.instance, "_client")).__name__:
        return "azure.ai.openai"
    return _HOSTS.get(str(server(_base_url(call)).get(semconv.SERVER_ADDRESS)), "openai")


def _asking(
    name: str, content: Callable[[dict[str, Any]], dict[str, object]] | None = None
) -> Callable[[Call], Operation]:
    """`begin` of an operation that has no more to say than its parameters."""

    def begin(call: Call) -> Operation:
        asked = call.kwargs
        model = text_of(asked.get("model"))
        attributes = {
            semconv.GEN_AI_REQUEST_MODEL: model,
            **server(_base_url(call)),
            **parameters(asked),
        }
        if content is None:
            return Operation(name, model, _provider(call), attributes)
        return Operation(name, model, _provider(call), attributes, lambda: content(asked))

    return begin


class _CompletionFold:
    """The chunks of a legacy completion, put together."""

    def __init__(self) -> None:
        self._last: Any = None
        self._text: list[str] = []
        self._reasons: list[str] = []
        self._usage: Any = None

    def add(self, chunk: Any) -> None:
        self._last = chunk
        self._usage = value_of(chunk, "usage") or self._usage
        for each in value_of(chunk, "choices") or ():
            self._text.append(value_of(each, "text") or "")
            if (reason := value_of(each, "finish_reason")) is not None:
                self._reasons.append(reason)

    def answer(self) -> Answer:
        return Answer(
            {
                semconv.GEN_AI_RESPONSE_ID: value_of(self._last, "id"),
                semconv.GEN_AI_RESPONSE_MODEL: value_of(self._last, "model"),
                semconv.GEN_AI_RESPONSE_FINISH_REASONS: finish_reasons(self._reasons),
                **chat_usage(self._usage),
            },
            lambda: {
                semconv.GEN_AI_OUTPUT_MESSAGES: [message("assistant", [text("".join(self._text))])]
            },
        )


def _responses(call: Call) -> Operation:
    return responses(call.kwargs, _provider(call), _base_url(call))


def _imaged(result: Any) -> Answer:
    used = value_of(result, "usage")
    details = value_of(used, "input_tokens_details")
    return Answer(
        usage(
            value_of(used, "input_tokens"),
            value_of(used, "output_tokens"),
            image_input=value_of(details, "image_tokens"),
        )
    )


def _transcribed(result: Any) -> Answer:
    said = result if isinstance(result, str) else value_of(result, "text")
    used = value_of(result, "usage")
    tokens = usage(value_of(used, "input_tokens"), value_of(used, "output_tokens"))
    return Answer(
        tokens,
        lambda: {semconv.GEN_AI_OUTPUT_MESSAGES: [message("assistant", content_parts(said))]},
    )


def _prompted(asked: dict[str, Any]) -> dict[str, object]:
    told = asked.get("prompt") or asked.get("input")
    return {semconv.GEN_AI_INPUT_MESSAGES: [message("user", content_parts(told))]}


def _pair(module: str, name: str, method: str, begin: Callable[[Call], Operation],
          answer: Callable[[Any], Answer], fold: Callable[[], Fold] = NoFold) -> list[Target]:  # fmt: skip
    """A method of a resource and of its asynchronous twin."""
    path = f"openai.resources.{module}"
    follow = follow_raw(answer, fold)
    return [
        Target(path, f"{prefix}{name}.{method}", begin, answer, fold, follow, optional=True)
        for prefix in ("", "Async")
    ]


_CHAT = chat(_provider, _base_url)
_TEXT = _asking("text_completion", _prompted)

LIBRARY = Library(
    "openai", "openai", "openai", "1.60",
    targets=(
        *_pair("chat.completions.completions", "Completions", "create", _CHAT, completion, ChatFold),
        *_pair("chat.completions.completions", "Completions", "parse", _CHAT, completion),
        *_pair("responses.responses", "Responses", "create", _responses, responded, ResponseFold),
        *_pair("responses.responses", "Responses", "parse", _responses, responded),
        *_pair("embeddings", "Embeddings", "create", embeddings(_provider, _base_url), embedded),
        *_pair("completions", "Completions", "create", _TEXT, completed, _CompletionFold),
        *_pair("images", "Images", "generate", _asking("image_generation", _prompted), _imaged),
        *_pair("images", "Images", "edit", _asking("image_generation", _prompted), _imaged),
        *_pair("audio.speech", "Speech", "create", _asking("speech", _prompted), lambda result: Answer()),
        *_pair("audio.transcriptions", "Transcriptions", "create", _asking("transcription"), _transcribed),
        *_pair("audio.translations", "Translations", "create", _asking("transcription"), _transcribed),
    ),
)  # fmt: skip
