"""What Bedrock's InvokeModel carries: the requests and answers of Claude, Nova, Titan, Llama, Mistral, Cohere, and
of models that speak OpenAI's chat; told apart by their fields, since a model's id may be an inference profile's."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from .. import semconv
from ..messages import chat_messages, message, text, tool_definitions
from ..operation import Answer
from ..streams import Fold
from ..usage import usage
from .anthropic_messages import MessageFold, answered, asked_content, asked_parameters
from .bedrock_converse import ConverseFold, converse_content, converse_parameters, conversed
from .openai_chat import ChatFold, completion, finish_reasons, parameters

_PARAMETERS: Mapping[str, str] = {
    "maxTokenCount": semconv.GEN_AI_REQUEST_MAX_TOKENS,
    "max_gen_len": semconv.GEN_AI_REQUEST_MAX_TOKENS,
    "temperature": semconv.GEN_AI_REQUEST_TEMPERATURE,
    "topP": semconv.GEN_AI_REQUEST_TOP_P,
    "p": semconv.GEN_AI_REQUEST_TOP_P,
    "top_k": semconv.GEN_AI_REQUEST_TOP_K,
    "k": semconv.GEN_AI_REQUEST_TOP_K,
    "dimensions": semconv.GEN_AI_EMBEDDINGS_DIMENSION_COUNT,
}
_METRICS = "amazon-bedrock-invocationMetrics"


def json_of(body: object) -> dict[str, Any]:
    """The object that a body says; an empty one for anything else, and for a file, which is the program's to read."""
    if not isinstance(body, str | bytes | bytearray):
        return {}
    try:
        told = json.loads(body)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def invoke_name(model: str, asked: Mapping[str, Any]) -> str:
    """`gen_ai.operation.name` of a request."""
    if "embed" in model:
        return "embeddings"
    if "rerank" in model:
        return "rerank"
    if "taskType" in asked or "text_prompts" in asked or model.startswith("stability."):
        return "image_generation"
    return "chat" if "messages" in asked or "message" in asked else "text_completion"


def _is_claude(asked: Mapping[str, Any]) -> bool:
    return "anthropic_version" in asked


def _converses(asked: Mapping[str, Any]) -> bool:
    return "inferenceConfig" in asked or "schemaVersion" in asked or "toolConfig" in asked


def invoke_parameters(asked: Mapping[str, Any]) -> dict[str, Any]:
    """Attributes of a request's parameters."""
    if _is_claude(asked):
        return asked_parameters(asked)
    if _converses(asked):
        return converse_parameters(asked)
    config = asked.get("textGenerationConfig") or asked
    stop = config.get("stopSequences") or config.get("stop_sequences") or config.get("stop")
    return parameters(config) | parameters({**config, "stop": stop}, _PARAMETERS)


def invoke_content(asked: Mapping[str, Any]) -> dict[str, object]:
    """Content of a request."""
    if _is_claude(asked):
        return asked_content(asked)
    if _converses(asked):
        return converse_content(asked)
    if "messages" in asked:
        return {
            semconv.GEN_AI_INPUT_MESSAGES: chat_messages(asked["messages"]),
            semconv.GEN_AI_TOOL_DEFINITIONS: tool_definitions(asked.get("tools")),
        }
    for name in ("prompt", "inputText", "message", "texts", "query"):
        if (said := asked.get(name)) is not None:
            parts = [text(str(each)) for each in (said if isinstance(said, list) else [said])]
            return {semconv.GEN_AI_INPUT_MESSAGES: [message("user", parts)]}
    return {}


def invoked(told: Mapping[str, Any], headers: Mapping[str, str]) -> Answer:
    """What a body says; its tokens by the headers where it does not count them."""
    if "stop_reason" in told and "content" in told:
        return answered(told)
    if "stopReason" in told or "message" in _mapping(told.get("output")):
        return conversed(told)
    if "choices" in told and "usage" in told:
        return completion(told)
    fold = _TextFold(headers)
    fold.add(told)
    return fold.answer()


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _said(told: Mapping[str, Any]) -> tuple[str, str | None]:
    """The text of a body or chunk, and why it ends."""
    match told:
        case {"results": [{"outputText": str() as said} as held, *_]}:
            return said, held.get("completionReason")
        case {"outputText": str() as said}:
            return said, told.get("completionReason")
        case {"generation": str() as said}:
            return said, told.get("stop_reason")
        case {"outputs": [{"text": str() as said} as held, *_]}:
            return said, held.get("stop_reason")
        case {"choices": [{"message": {"content": str() as said}} as held, *_]}:
            return said, held.get("stop_reason") or held.get("finish_reason")
        case {"generations": [{"text": str() as said} as held, *_]}:
            return said, held.get("finish_reason")
        case {"text": str() as said}:
            return said, told.get("finish_reason")
    return "", None


def _counts(told: Mapping[str, Any]) -> tuple[int | None, int | None]:
    """The tokens of a body or chunk: of the input, of the output."""
    match told:
        case {
            "inputTextTokenCount": int() as asked,
            "results": [{"tokenCount": int() as said}, *_],
        }:
            return asked, said
        case {"inputTextTokenCount": int() as asked}:
            return asked, told.get("totalOutputTextTokenCount")
    return told.get("prompt_token_count"), told.get("generation_token_count")


class _TextFold:
    """Chunks of a model that says plain text, put together; a whole body is a stream of one."""

    def __init__(self, headers: Mapping[str, str] | None = None) -> None:
        self._headers = headers or {}
        self._metrics: Mapping[str, Any] = {}
        self._pieces: list[str] = []
        self._reason: str | None = None
        self._asked: int | None = None
        self._output: int | None = None
        self._dimensions: int | None = None

    def add(self, told: Mapping[str, Any]) -> None:
        said, reason = _said(told)
        asked, output = _counts(told)
        self._pieces.append(said)
        self._reason = reason or self._reason
        self._asked = asked if asked is not None else self._asked
        self._output = output if output is not None else self._output
        self._metrics = told.get(_METRICS) or self._metrics
        vector = told.get("embedding") or next(iter(told.get("embeddings") or ()), None)
        self._dimensions = len(vector) if isinstance(vector, list) else self._dimensions

    def _tokens(self) -> dict[str, int | None]:
        if self._metrics:
            return metered(self._metrics)
        asked = self._headers.get("x-amzn-bedrock-input-token-count")
        output = self._headers.get("x-amzn-bedrock-output-token-count")
        return usage(
            self._asked if self._asked is not None or asked is None else int(asked),
            self._output if self._output is not None or output is None else int(output),
        )

    def answer(self) -> Answer:
        said = "".join(self._pieces)
        told = [message("assistant", [text(said)], self._reason)]
        return Answer(
            {
                semconv.GEN_AI_RESPONSE_FINISH_REASONS: finish_reasons([self._reason]),
                semconv.GEN_AI_EMBEDDINGS_DIMENSION_COUNT: self._dimensions,
                **self._tokens(),
            },
            (lambda: {semconv.GEN_AI_OUTPUT_MESSAGES: told}) if said else None,
        )


def metered(metrics: Mapping[str, Any]) -> dict[str, int | None]:
    """The tokens of a stream as Bedrock counts them in its last chunk; the cache's are not in `inputTokenCount`."""
    read = metrics.get("cacheReadInputTokenCount") or 0
    write = metrics.get("cacheWriteInputTokenCount") or 0
    asked = metrics.get("inputTokenCount")
    whole = None if asked is None else asked + read + write
    return usage(whole, metrics.get("outputTokenCount"), cache_read=read, cache_write=write)


class ChunkFold:
    """The chunks of InvokeModelWithResponseStream, each a JSON object in bytes."""

    def __init__(self) -> None:
        self._fold: Fold | None = None
        self._metrics: Mapping[str, Any] | None = None

    def add(self, event: Mapping[str, Any]) -> None:
        """Take an event."""
        told = json_of((event.get("chunk") or {}).get("bytes"))
        if self._fold is None:
            self._fold = _fold_for(told)
        self._metrics = told.get(_METRICS) or self._metrics
        self._fold.add(told)

    def answer(self) -> Answer:
        """What was said so far."""
        if self._fold is None:
            return Answer()
        answer = self._fold.answer()
        if answer.attributes.get(semconv.GEN_AI_USAGE_INPUT_TOKENS) is None and self._metrics:
            return Answer({**answer.attributes, **metered(self._metrics)}, answer.content)
        return answer


def _fold_for(first: Mapping[str, Any]) -> Fold:
    if "type" in first:
        return MessageFold()
    if "messageStart" in first or "contentBlockDelta" in first:
        return ConverseFold()
    return ChatFold() if "choices" in first else _TextFold()


class BodyFold:
    """The bytes of InvokeModel's answer, put together."""

    def __init__(self, headers: Mapping[str, str]) -> None:
        self._headers = headers
        self._pieces: list[bytes] = []

    def add(self, data: bytes) -> None:
        """Take the next bytes."""
        self._pieces.append(data)

    def answer(self) -> Answer:
        """What was said, if all of it was read."""
        return invoked(json_of(b"".join(self._pieces)), self._headers)
