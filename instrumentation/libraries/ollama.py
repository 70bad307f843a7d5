"""Ollama: chat, generate, embed; sync, async, streams; through a client or the module's own functions.

import ollama
import spanhouse

spanhouse.instrument()
ollama.chat(model="llama3.2", messages=[{"role": "user", "content": "Hello"}])
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MethodType
from typing import TYPE_CHECKING, Any

from .. import semconv
from ..content import blob
from ..engine import Call, Library, Target, Undo
from ..messages import (
    content_parts,
    message,
    reasoning,
    text,
    tool_call,
    tool_call_response,
    tool_definitions,
    value_of,
)
from ..operation import Answer, Operation
from ..usage import usage
from .openai_chat import finish_reasons, parameters, server, text_of

if TYPE_CHECKING:
    from ..telemetry import Telemetry

_PARAMETERS: Mapping[str, str] = {
    "temperature": semconv.GEN_AI_REQUEST_TEMPERATURE,
    "top_p": semconv.GEN_AI_REQUEST_TOP_P,
    "top_k": semconv.GEN_AI_REQUEST_TOP_K,
    "seed": semconv.GEN_AI_REQUEST_SEED,
    "num_predict": semconv.GEN_AI_REQUEST_MAX_TOKENS,
    "frequency_penalty": semconv.GEN_AI_REQUEST_FREQUENCY_PENALTY,
    "presence_penalty": semconv.GEN_AI_REQUEST_PRESENCE_PENALTY,
}


def _asking(name: str, content: Callable[[Call], dict[str, object]]) -> Callable[[Call], Operation]:
    def begin(call: Call) -> Operation:
        model = text_of(call.argument("model", 0))
        options = call.kwargs.get("options") or {}
        if not isinstance(options, Mapping):
            options = options.model_dump(exclude_none=True)
        asked = {**options, "stream": call.kwargs.get("stream")}
        attributes = {
            semconv.GEN_AI_REQUEST_MODEL: model,
            **server(value_of(value_of(call.instance, "_client"), "base_url")),
            **parameters(asked, _PARAMETERS),
            semconv.GEN_AI_OUTPUT_TYPE: "json" if call.kwargs.get("format") else None,
        }
        return Operation(name, model, "ollama", attributes, lambda: content(call))

    return begin


def _messages(call: Call) -> dict[str, object]:
    return {
        semconv.GEN_AI_INPUT_MESSAGES: [
            _message(each) for each in call.argument("messages", 1) or ()
        ],
        semconv.GEN_AI_TOOL_DEFINITIONS: tool_definitions(
            [_tool(each) for each in call.kwargs.get("tools") or ()]
        ),
    }


def _tool(tool: Any) -> Any:
    """A tool as it is sent: Ollama takes functions too."""
    if not callable(tool):
        return tool
    from ollama._utils import convert_function_to_tool

    return convert_function_to_tool(tool).model_dump(exclude_none=True)


def _prompt(call: Call) -> dict[str, object]:
    return {
        semconv.GEN_AI_SYSTEM_INSTRUCTIONS: content_parts(call.kwargs.get("system")) or None,
        semconv.GEN_AI_INPUT_MESSAGES: [message("user", content_parts(call.argument("prompt", 1)))],
    }


def _embedded_text(call: Call) -> dict[str, object]:
    asked = call.argument("input", 1) or call.argument("prompt", 1)
    return {semconv.GEN_AI_INPUT_MESSAGES: [message("user", content_parts(asked))]}


def _message(item: Any, finish_reason: str | None = None) -> dict[str, object]:
    role, content = value_of(item, "role") or "user", value_of(item, "content")
    if role == "tool":
        return message(
            "tool", [tool_call_response(None, content)], name=value_of(item, "tool_name")
        )
    parts = [reasoning(thought)] if (thought := value_of(item, "thinking")) else []
    parts += content_parts(content)
    for image in value_of(item, "images") or ():
        data = value_of(image, "value", image)
        parts.append(blob("image", data if isinstance(data, bytes | str) else str(data), "image/*"))
    for call in value_of(item, "tool_calls") or ():
        function = value_of(call, "function")
        parts.append(tool_call(None, value_of(function, "name"), value_of(function, "arguments")))
    return message(role, parts, finish_reason)


def _told(last: Any, said: Callable[[], dict[str, object]]) -> Answer:
    reason = value_of(last, "done_reason")
    return Answer(
        {
            semconv.GEN_AI_RESPONSE_MODEL: value_of(last, "model"),
            semconv.GEN_AI_RESPONSE_FINISH_REASONS: finish_reasons([reason]),
            **usage(value_of(last, "prompt_eval_count"), value_of(last, "eval_count")),
        },
        lambda: {semconv.GEN_AI_OUTPUT_MESSAGES: [said()]},
    )


def _chatted(result: Any) -> Answer:
    return _told(
        result, lambda: _message(value_of(result, "message"), value_of(result, "done_reason"))
    )


def _generated(result: Any) -> Answer:
    thought = value_of(result, "thinking")
    said = [
        *([reasoning(thought)] if thought else []),
        *content_parts(value_of(result, "response")),
    ]
    return _told(result, lambda: message("assistant", said, value_of(result, "done_reason")))


def _embedded(result: Any) -> Answer:
    vectors = value_of(result, "embeddings") or [value_of(result, "embedding") or ()]
    return Answer(
        {
            semconv.GEN_AI_RESPONSE_MODEL: value_of(result, "model"),
            semconv.GEN_AI_EMBEDDINGS_DIMENSION_COUNT: len(vectors[0]) or None,
            semconv.GEN_AI_USAGE_INPUT_TOKENS: value_of(result, "prompt_eval_count"),
        }
    )


class _Fold:
    """The parts of a stream, put together; the last one has the counts."""

    def __init__(self) -> None:
        self._last: Any = None
        self._text: list[str] = []
        self._thought: list[str] = []
        self._calls: list[dict[str, object]] = []

    def add(self, chunk: Any) -> None:
        """Take a part."""
        self._last = chunk
        said = value_of(chunk, "message")
        self._text.append(value_of(said, "content") or value_of(chunk, "response") or "")
        self._thought.append(value_of(said, "thinking") or value_of(chunk, "thinking") or "")
        for call in value_of(said, "tool_calls") or ():
            function = value_of(call, "function")
            self._calls.append(
                tool_call(None, value_of(function, "name"), value_of(function, "arguments"))
            )

    def answer(self) -> Answer:
        """What the stream said so far."""
        thought, said = "".join(self._thought), "".join(self._text)
        parts = [
            *([reasoning(thought)] if thought else []),
            *([text(said)] if said else []),
            *self._calls,
        ]
        return _told(
            self._last, lambda: message("assistant", parts, value_of(self._last, "done_reason"))
        )


def _switch(telemetry: Telemetry) -> Undo:
    """The module's own functions are methods that were bound at its import: bound anew, if that was before ours."""
    import ollama

    bound = {name: getattr(ollama, name) for name in ("chat", "generate", "embed", "embeddings")}
    bound = {name: method for name, method in bound.items() if isinstance(method, MethodType)}
    for name, method in bound.items():
        setattr(ollama, name, getattr(method.__self__, name))

    def undo() -> None:
        for name, method in bound.items():
            setattr(ollama, name, method)

    return undo


_EMBED = _asking("embeddings", _embedded_text)
_GENERATE = _asking("text_completion", _prompt)

LIBRARY = Library(
    "ollama", "ollama", "ollama", "0.4",
    targets=[
        target
        for prefix in ("", "Async")
        for target in (
            Target("ollama._client", f"{prefix}Client.chat", _asking("chat", _messages), _chatted, _Fold),
            Target("ollama._client", f"{prefix}Client.generate", _GENERATE, _generated, _Fold),
            Target("ollama._client", f"{prefix}Client.embed", _EMBED, _embedded),
            Target("ollama._client", f"{prefix}Client.embeddings", _EMBED, _embedded, optional=True),
        )
    ],
    switch=_switch,
)  # fmt: skip
