"""Amazon Bedrock through boto3: Converse, InvokeModel, and their streams.

    import boto3
    import spanhouse

    spanhouse.instrument()
    bedrock = boto3.client("bedrock-runtime")
    bedrock.converse(
        modelId="amazon.nova-lite-v1:0", messages=[{"role": "user", "content": [{"text": "Hello"}]}]
    )

What InvokeModel carries is the model's own business: bedrock_invoke.py reads it."""

from __future__ import annotations

from typing import Any

from .. import semconv
from ..engine import Call, Library, Target
from ..operation import Invocation, Operation
from ..streams import FollowedIterable, FollowedStream
from .bedrock_converse import ConverseFold, converse_content, converse_parameters, conversed
from .bedrock_invoke import (
    BodyFold,
    ChunkFold,
    invoke_content,
    invoke_name,
    invoke_parameters,
    json_of,
)
from .openai_chat import server, text_of


def _begin(call: Call) -> Operation | None:
    meta = call.instance.meta
    if meta.service_model.service_name != "bedrock-runtime":
        return None
    name, asked = call.argument("operation_name", 0), call.argument("api_params", 1)
    model = text_of(asked.get("modelId"))
    attributes: dict[str, Any] = {semconv.GEN_AI_REQUEST_MODEL: model, **server(meta.endpoint_url)}
    if name in ("ConverseStream", "InvokeModelWithResponseStream"):
        attributes[semconv.GEN_AI_REQUEST_STREAM] = True
    match name:
        case "Converse" | "ConverseStream":
            attributes |= converse_parameters(asked)
            return Operation(
                "chat", model, "aws.bedrock", attributes, lambda: converse_content(asked)
            )
        case "InvokeModel" | "InvokeModelWithResponseStream":
            body = json_of(asked.get("body"))
            attributes |= invoke_parameters(body)
            operation = invoke_name(model or "", body)
            return Operation(
                operation, model, "aws.bedrock", attributes, lambda: invoke_content(body)
            )
    return None


def _follow(result: dict[str, Any], invocation: Invocation) -> dict[str, Any]:
    """End `invocation` with the answer, which a stream or a body holds until the program has read it."""
    if (stream := result.get("stream")) is not None:
        result["stream"] = FollowedIterable(stream, invocation, ConverseFold())
        return result
    body = result.get("body")
    if body is None:
        invocation.answer(conversed(result))
        invocation.end()
    elif hasattr(body, "_raw_stream") and hasattr(body, "read"):
        told = result.get("ResponseMetadata") or {}
        fold = BodyFold(told.get("HTTPHeaders") or {})
        # Below the body, so that the program gets botocore's own class, with each of its ways to read.
        body._raw_stream = _Read(body._raw_stream, invocation, fold, _length(body))
    elif hasattr(body, "__iter__") and not hasattr(body, "read"):
        result["body"] = FollowedIterable(body, invocation, ChunkFold())
    else:
        invocation.end()
    return result


def _length(body: Any) -> int | None:
    length = getattr(body, "_content_length", None)
    return int(length) if length is not None else None


class _Read(FollowedStream):
    """The bytes of a body as the program reads them, in whatever pieces; they are whole when `length` came."""

    def __init__(
        self, wrapped: Any, invocation: Invocation, fold: BodyFold, length: int | None
    ) -> None:
        super().__init__(wrapped, invocation, fold)
        self._self_left = length

    def read(self, amt: int | None = None, *args: Any, **kwargs: Any) -> Any:
        try:
            data = self.__wrapped__.read(amt, *args, **kwargs)
        except BaseException as error:
            self._self_end(error)
            raise
        self._self_took(data, whole=amt is None or (not data and amt != 0))
        return data

    def readinto(self, buffer: Any) -> Any:
        try:
            count = self.__wrapped__.readinto(buffer)
        except BaseException as error:
            self._self_end(error)
            raise
        self._self_took(bytes(memoryview(buffer)[:count]), whole=not count)
        return count

    def _self_took(self, data: bytes, whole: bool) -> None:
        if self._self_invocation.ended:
            return
        self._self_fold.add(data)
        if self._self_left is not None:
            self._self_left -= len(data)
            whole = whole or self._self_left <= 0
        if whole:
            self._self_end()


LIBRARY = Library(
    "bedrock", "botocore", "botocore", "1.31.57",
    targets=[
        Target("botocore.client", "BaseClient._make_api_call", _begin, follow=_follow),
    ],
)  # fmt: skip
