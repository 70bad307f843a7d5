"""Amazon Bedrock through boto3: Converse, ConverseStream, InvokeModel and its stream.

import boto3
import spanhouse

spanhouse.instrument()
boto3.client("bedrock-runtime").converse(
    modelId="anthropic.claude-sonnet-4", messages=[{"role": "user", "content": [{"text": "Hello"}]}]
)
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any, Final

from .. import semconv
from ..content import blob
from ..engine import Call, Library, Target
from ..errors import guarded
from ..messages import (
    content_parts,
    message,
    parsed,
    reasoning,
    text,
    tool_call,
    tool_call_response,
)
from ..operation import Answer, Invocation, Operation
from ..streams import FollowedIterable
from ..usage import usage
from .openai_chat import finish_reasons, parameters, server

_PARAMETERS: Final[Mapping[str, str]] = {
    "temperature": semconv.GEN_AI_REQUEST_TEMPERATURE,
    "topP": semconv.GEN_AI_REQUEST_TOP_P,
    "maxTokens": semconv.GEN_AI_REQUEST_MAX_TOKENS,
    "max_tokens": semconv.GEN_AI_REQUEST_MAX_TOKENS,
    "top_p": semconv.GEN_AI_REQUEST_TOP_P,
}
_CONVERSE: Final = frozenset({"Converse", "ConverseStream"})
_INVOKE: Final = frozenset({"InvokeModel", "InvokeModelWithResponseStream"})


def _begin(call: Call) -> Operation | None:
    meta = call.instance.meta
    if meta.service_model.service_name != "bedrock-runtime":
        return None
    name, asked = call.argument("operation_name", 0), call.argument("api_kwargs", 1) or {}
    if name not in _CONVERSE | _INVOKE:
        return None
    model = asked.get("modelId")
    body = _body(asked.get("body")) if name in _INVOKE else {}
    inference = asked.get("inferenceConfig") or body
    stream = name in ("ConverseStream", "InvokeModelWithResponseStream")
    embeds = "embed" in str(model)
    return Operation(
        "embeddings" if embeds else "chat",
        model,
        "aws.bedrock",
        {
            semconv.GEN_AI_REQUEST_MODEL: model,
            **server(meta.endpoint_url),
            **parameters(
                {**inference, "stop": inference.get("stopSequences"), "stream": stream}, _PARAMETERS
            ),
        },
        (lambda: _converse_content(asked))
        if name in _CONVERSE
        else (lambda: _invoke_content(body)),
    )


def _body(body: Any) -> Mapping[str, Any]:
    said = parsed(body.decode() if isinstance(body, bytes | bytearray) else body)
    return said if isinstance(said, Mapping) else {}


def _converse_content(asked: Mapping[str, Any]) -> dict[str, object]:
    tools = [
        each["toolSpec"]
        for each in (asked.get("toolConfig") or {}).get("tools") or ()
        if "toolSpec" in each
    ]
    definitions = [
        {
            "type": "function",
            "name": each.get("name"),
            "description": each.get("description"),
            "parameters": (each.get("inputSchema") or {}).get("json"),
        }
        for each in tools
    ]
    return {
        semconv.GEN_AI_SYSTEM_INSTRUCTIONS: [_part(each) for each in asked.get("system") or ()]
        or None,
        semconv.GEN_AI_INPUT_MESSAGES: [_message(each) for each in asked.get("messages") or ()],
        semconv.GEN_AI_TOOL_DEFINITIONS: definitions or None,
    }


def _invoke_content(body: Mapping[str, Any]) -> dict[str, object]:
    if "messages" in body:
        told = [
            message(str(each.get("role")), content_parts(each.get("content")))
            for each in body["messages"]
        ]
        return {
            semconv.GEN_AI_SYSTEM_INSTRUCTIONS: content_parts(body.get("system")) or None,
            semconv.GEN_AI_INPUT_MESSAGES: told,
        }
    prompt = body.get("prompt") or body.get("inputText") or body.get("texts")
    return {semconv.GEN_AI_INPUT_MESSAGES: [message("user", content_parts(prompt))]}


def _message(item: Mapping[str, Any], reason: str | None = None) -> dict[str, object]:
    parts = [_part(part) for part in item.get("content") or ()]
    role = "tool" if parts and parts[0]["type"] == "tool_call_response" else str(item.get("role"))
    return message(role, parts, reason)


def _part(part: Mapping[str, Any]) -> dict[str, object]:
    if "text" in part:
        return text(part["text"])
    if (use := part.get("toolUse")) is not None:
        return tool_call(use.get("toolUseId"), use.get("name"), use.get("input"))
    if (result := part.get("toolResult")) is not None:
        said = [each.get("json", each.get("text")) for each in result.get("content") or ()]
        return tool_call_response(result.get("toolUseId"), said[0] if len(said) == 1 else said)
    if (thought := part.get("reasoningContent")) is not None:
        return reasoning((thought.get("reasoningText") or {}).get("text") or "")
    for modality in ("image", "video", "document"):
        if (held := part.get(modality)) is not None:
            data = (held.get("source") or {}).get("bytes") or b""
            return blob(modality, data, f"{modality}/{held.get('format')}")
    return {"type": "unknown", **part}


def _tokens(used: Mapping[str, Any] | None) -> dict[str, int | None]:
    if not used:
        return {}
    read, written = used.get("cacheReadInputTokens"), used.get("cacheWriteInputTokens")
    # Bedrock counts the cache's tokens beside the input's, the conventions within them.
    asked = used.get("inputTokens")
    whole = None if asked is None else asked + (read or 0) + (written or 0)
    return usage(whole, used.get("outputTokens"), cache_read=read, cache_write=written)


def _conversed(result: Mapping[str, Any]) -> Answer:
    reason, said = result.get("stopReason"), (result.get("output") or {}).get("message") or {}
    return Answer(
        {
            semconv.GEN_AI_RESPONSE_FINISH_REASONS: finish_reasons([reason]),
            **_tokens(result.get("usage")),
        },
        lambda: {semconv.GEN_AI_OUTPUT_MESSAGES: [_message({"role": "assistant", **said}, reason)]},
    )


class _ConverseFold:
    """The events of ConverseStream, put together as Converse answers."""

    def __init__(self) -> None:
        self._blocks: dict[int, dict[str, Any]] = {}
        self._told: dict[str, Any] = {}

    def add(self, chunk: Mapping[str, Any]) -> None:
        """Take an event."""
        if (begun := chunk.get("contentBlockStart")) is not None and (
            use := begun["start"].get("toolUse")
        ):
            self._blocks[begun["contentBlockIndex"]] = {"toolUse": {**use, "input": ""}}
        if (event := chunk.get("contentBlockDelta")) is not None:
            block, delta = self._blocks.setdefault(event["contentBlockIndex"], {}), event["delta"]
            if "text" in delta:
                block["text"] = block.get("text", "") + delta["text"]
            if "toolUse" in delta:
                block["toolUse"]["input"] += delta["toolUse"]["input"]
            if "text" in (thought := delta.get("reasoningContent") or {}):
                held = block.setdefault("reasoningContent", {"reasoningText": {"text": ""}})
                held["reasoningText"]["text"] += thought["text"]
        if (stop := chunk.get("messageStop")) is not None:
            self._told["stopReason"] = stop.get("stopReason")
        if (metadata := chunk.get("metadata")) is not None:
            self._told["usage"] = metadata.get("usage")

    def answer(self) -> Answer:
        """What the stream said so far."""
        content = [self._blocks[index] for index in sorted(self._blocks)]
        return _conversed(
            {**self._told, "output": {"message": {"role": "assistant", "content": content}}}
        )


def _invoked(body: Mapping[str, Any], headers: Mapping[str, str]) -> Answer:
    """What an answer in a model's own shape says: Anthropic's, Titan's, Llama's, Mistral's, Cohere's, or OpenAI's."""
    used = body.get("usage") or {}
    first: Mapping[str, Any] = next(
        iter(body.get("results") or body.get("outputs") or body.get("generations") or ()), {}
    )
    choices = body.get("choices") or ()
    asked = used.get(
        "input_tokens",
        used.get("prompt_tokens", body.get("prompt_token_count", body.get("inputTextTokenCount"))),
    )
    told = used.get(
        "output_tokens",
        used.get("completion_tokens", body.get("generation_token_count", first.get("tokenCount"))),
    )
    read, written = used.get("cache_read_input_tokens"), used.get("cache_creation_input_tokens")
    if asked is None and (counted := headers.get("x-amzn-bedrock-input-token-count")):
        asked = int(counted)
    if told is None and (counted := headers.get("x-amzn-bedrock-output-token-count")):
        told = int(counted)
    whole = None if asked is None else asked + (read or 0) + (written or 0)
    reason = (
        body.get("stop_reason")
        or first.get("completionReason")
        or first.get("stop_reason")
        or first.get("finish_reason")
    )
    said = (
        body.get("content")
        or body.get("generation")
        or first.get("outputText")
        or first.get("text")
    )
    if choices:
        reason, said = (
            choices[0].get("finish_reason"),
            (choices[0].get("message") or {}).get("content"),
        )
    vector = body.get("embedding")
    return Answer(
        {
            semconv.GEN_AI_RESPONSE_ID: body.get("id"),
            semconv.GEN_AI_RESPONSE_FINISH_REASONS: finish_reasons([reason]),
            semconv.GEN_AI_EMBEDDINGS_DIMENSION_COUNT: len(vector) if vector else None,
            **usage(whole, told, cache_read=read, cache_write=written),
        },
        None
        if vector
        else lambda: {
            semconv.GEN_AI_OUTPUT_MESSAGES: [message("assistant", content_parts(said), reason)]
        },
    )


class _InvokeFold:
    """The chunks of InvokeModelWithResponseStream, in a model's own shape, put together."""

    def __init__(self) -> None:
        self._body: dict[str, Any] = {}
        self._text: list[str] = []
        self._headers: dict[str, str] = {}

    def add(self, chunk: Mapping[str, Any]) -> None:
        """Take a chunk."""
        said = _body((chunk.get("chunk") or {}).get("bytes"))
        delta = said.get("delta") or {}
        self._text.append(
            delta.get("text") or said.get("generation") or said.get("outputText") or ""
        )
        self._body |= (said.get("message") or {}) | {
            key: said[key] for key in ("stop_reason",) if said.get(key)
        }
        self._body["stop_reason"] = (
            delta.get("stop_reason")
            or self._body.get("stop_reason")
            or said.get("completionReason")
        )
        if (metrics := said.get("amazon-bedrock-invocationMetrics")) is not None:
            self._body["usage"] = {
                "input_tokens": metrics.get("inputTokenCount"),
                "output_tokens": metrics.get("outputTokenCount"),
                "cache_read_input_tokens": metrics.get("cacheReadInputTokenCount"),
            }

    def answer(self) -> Answer:
        """What the stream said so far."""
        return _invoked({**self._body, "content": "".join(self._text)}, {})


def _follow(result: Any, invocation: Invocation) -> Any:
    if "stream" in result:
        return {**result, "stream": FollowedIterable(result["stream"], invocation, _ConverseFold())}
    if "body" not in result:
        invocation.answer(_conversed(result))
    elif not hasattr(result["body"], "read"):
        return {**result, "body": FollowedIterable(result["body"], invocation, _InvokeFold())}
    else:
        result = _read(result, invocation)
    invocation.end()
    return result


def _read(result: dict[str, Any], invocation: Invocation) -> dict[str, Any]:
    """Read a whole body, which can be read once, and give the program another of the same bytes."""
    from botocore.response import StreamingBody

    data = result["body"].read()
    with guarded("reading an answer of Bedrock"):
        headers = (result.get("ResponseMetadata") or {}).get("HTTPHeaders") or {}
        invocation.answer(_invoked(_body(data), headers))
    return {**result, "body": StreamingBody(io.BytesIO(data), len(data))}


LIBRARY = Library(
    "bedrock", "botocore", "botocore.client", "1.34",
    targets=[Target("botocore.client", "BaseClient._make_api_call", _begin, follow=_follow)],
)  # fmt: skip
