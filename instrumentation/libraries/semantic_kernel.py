"""Semantic Kernel: its own spans of agents and functions, in the canonical shapes; model calls that no SDK
below tells.

    from semantic_kernel.agents import ChatCompletionAgent
    from semantic_kernel.connectors.ai.open_ai import OpenAIChatCompletion
    import spanhouse

    spanhouse.instrument()
    agent = ChatCompletionAgent(name="helper", service=OpenAIChatCompletion("gpt-4o"))
    await agent.get_response("How far is the moon?")

Its diagnostics are three switches, one per module, that are read from the environment at import. Those of agents and
functions are switched on here; that of model calls is off while we trace, because each would be told twice.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

import wrapt
from opentelemetry.trace import SpanKind

from .. import semconv
from ..engine import Call, Library, Target, Undo
from ..errors import guarded
from ..messages import chat_message, message, parsed, text, tool_call, tool_call_response, value_of
from ..native import changed, normalise
from ..operation import Answer, Operation
from .openai_chat import chat_usage, parameters, text_of

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import ReadableSpan

    from ..content import ContentPolicy
    from ..telemetry import Telemetry

_TELEMETRY: Final = "semantic_kernel.utils.telemetry"
_CONNECTORS: Final = {
    "open_ai.services.open_ai_chat_completion_base.OpenAIChatCompletionBase": "openai",
    "anthropic.services.anthropic_chat_completion.AnthropicChatCompletion": "anthropic",
    "azure_ai_inference.services.azure_ai_inference_chat_completion.AzureAIInferenceChatCompletion": "azure.ai.inference",
    "bedrock.services.bedrock_chat_completion.BedrockChatCompletion": "aws.bedrock",
    "google.google_ai.services.google_ai_chat_completion.GoogleAIChatCompletion": "gcp.gemini",
    "google.vertex_ai.services.vertex_ai_chat_completion.VertexAIChatCompletion": "gcp.vertex_ai",
    "mistral_ai.services.mistral_ai_chat_completion.MistralAIChatCompletion": "mistral_ai",
    "nvidia.services.nvidia_chat_completion.NvidiaChatCompletion": "nvidia",
    "ollama.services.ollama_chat_completion.OllamaChatCompletion": "ollama",
    "onnx.services.onnx_gen_ai_chat_completion.OnnxGenAIChatCompletion": "onnx",
}
"""Connector, below `semantic_kernel.connectors.ai` -> `gen_ai.provider.name`."""


def _model(provider: str) -> Callable[[Call], Operation]:
    def begin(call: Call) -> Operation:
        history, settings = call.argument("chat_history", 0), call.argument("settings", 1)
        model = text_of(value_of(call.instance, "ai_model_id"))
        asked = {
            name: value_of(settings, name)
            for name in ("temperature", "top_p", "seed", "max_tokens", "stop")
        }
        streams = call.function.__name__.startswith("_inner_get_streaming")
        return Operation(
            "chat",
            model,
            provider,
            {semconv.GEN_AI_REQUEST_MODEL: model, **parameters({**asked, "stream": streams})},
            lambda: {
                semconv.GEN_AI_INPUT_MESSAGES: [
                    _message(each) for each in value_of(history, "messages") or ()
                ]
            },
            framework=True,
        )

    return begin


def _message(content: Any) -> dict[str, object]:
    """A ChatMessageContent."""
    role, reason = value_of(content, "role"), value_of(content, "finish_reason")
    parts = [_part(each) for each in value_of(content, "items") or ()]
    reason = None if reason is None else str(getattr(reason, "value", reason))
    return message(
        str(getattr(role, "value", role)), parts, reason, text_of(value_of(content, "name"))
    )


def _part(item: Any) -> dict[str, object]:
    match value_of(item, "content_type"):
        case "text" | "streaming_text":
            return text(value_of(item, "text") or "")
        case "function_call":
            return tool_call(
                value_of(item, "id"), value_of(item, "name"), value_of(item, "arguments")
            )
        case "function_result":
            return tool_call_response(value_of(item, "id"), str(value_of(item, "result")))
        case kind:
            return {"type": str(kind)}


def _answered(result: Any) -> Answer:
    first = result[0] if result else None
    metadata = value_of(first, "metadata") or {}
    reasons = [value_of(each, "finish_reason") for each in result or ()]
    told = tuple(str(getattr(reason, "value", reason)) for reason in reasons if reason)
    return Answer(
        {
            semconv.GEN_AI_RESPONSE_ID: text_of(metadata.get("id")),
            semconv.GEN_AI_RESPONSE_MODEL: text_of(
                value_of(value_of(first, "inner_content"), "model")
            ),
            semconv.GEN_AI_RESPONSE_FINISH_REASONS: told or None,
            **chat_usage(metadata.get("usage")),
        },
        lambda: {semconv.GEN_AI_OUTPUT_MESSAGES: [_message(each) for each in result or ()]},
    )


class _Fold:
    """The chunks of a stream; Semantic Kernel adds up its own."""

    def __init__(self) -> None:
        self._chunks: list[Any] = []
        self._metadata: dict[str, Any] = {}

    def add(self, chunk: Any) -> None:
        for each in chunk:
            self._chunks.append(each)
            self._metadata |= {
                key: value for key, value in (value_of(each, "metadata") or {}).items() if value
            }

    def answer(self) -> Answer:
        if not self._chunks:
            return Answer()
        whole = functools.reduce(lambda left, right: left + right, self._chunks)
        told = _answered([whole])
        return Answer(
            {**told.attributes, **chat_usage(self._metadata.get("usage"))},
            lambda: {semconv.GEN_AI_OUTPUT_MESSAGES: [_message(whole)]},
        )


def _canonical(policy: ContentPolicy, span: ReadableSpan) -> ReadableSpan:
    """A span of an agent or function: messages in the conventions' shape, content under the policy."""
    attributes = dict(span.attributes or {})
    for key in (semconv.GEN_AI_INPUT_MESSAGES, semconv.GEN_AI_OUTPUT_MESSAGES):
        if isinstance(told := attributes.pop(key, None), str) and policy.spans:
            attributes[key] = policy.json([chat_message(each) for each in json.loads(told)])
    for key in (semconv.GEN_AI_TOOL_CALL_ARGUMENTS, semconv.GEN_AI_TOOL_CALL_RESULT):
        if isinstance(told := attributes.pop(key, None), str) and policy.spans:
            value = parsed(told)
            attributes[key] = policy.text(value) if isinstance(value, str) else policy.json(value)
    if (
        isinstance(told := attributes.pop(semconv.GEN_AI_TOOL_DEFINITIONS, None), str)
        and policy.spans
    ):
        flat = [{"type": "function", **each.get("function", each)} for each in json.loads(told)]
        attributes[semconv.GEN_AI_TOOL_DEFINITIONS] = policy.json(flat)
    if attributes.get(semconv.GEN_AI_OPERATION_NAME) == "execute_tool":
        attributes.setdefault(semconv.GEN_AI_TOOL_TYPE, "function")
    for event in span.events:
        if event.name == "exception" and event.attributes and semconv.ERROR_TYPE not in attributes:
            attributes[semconv.ERROR_TYPE] = event.attributes.get("exception.type", "_OTHER")
    return changed(span, attributes, kind=SpanKind.INTERNAL)


def _switch(telemetry: Telemetry) -> Undo:
    policy = telemetry.content
    canonical = functools.partial(_canonical, policy)
    undo: list[Undo] = [
        normalise("semantic_kernel.functions.kernel_function", canonical),
        normalise(f"{_TELEMETRY}.agent_diagnostics.decorators", canonical),
    ]
    active = [True]

    def set_on_import(name: str, spans: bool, content: bool) -> None:
        def imported(module: Any) -> None:
            with guarded("switching on semantic_kernel"):
                settings = getattr(module, "MODEL_DIAGNOSTICS_SETTINGS", None)
                if settings is None or not active[0]:
                    return
                wanted = {
                    "enable_otel_diagnostics": spans,
                    "enable_otel_diagnostics_sensitive": content,
                }
                for key, value in wanted.items():
                    undo.append(functools.partial(setattr, settings, key, getattr(settings, key)))
                    setattr(settings, key, value)

        wrapt.register_post_import_hook(imported, f"{_TELEMETRY}.{name}")

    set_on_import("agent_diagnostics.decorators", True, policy.spans)
    set_on_import("model_diagnostics.function_tracer", True, policy.spans)
    set_on_import("model_diagnostics.decorators", False, False)

    def restore() -> None:
        active[0] = False
        while undo:
            undo.pop()()

    return restore


def _connector(path: str, provider: str) -> list[Target]:
    module, _, name = path.rpartition(".")
    module, begin = f"semantic_kernel.connectors.ai.{module}", _model(provider)
    return [
        Target(module, f"{name}._inner_get_chat_message_contents", begin, _answered, optional=True),
        Target(
            module,
            f"{name}._inner_get_streaming_chat_message_contents",
            begin,
            fold=_Fold,
            optional=True,
        ),
    ]


LIBRARY = Library(
    "semantic_kernel", "semantic-kernel", "semantic_kernel", "1.30",
    targets=[target for path, provider in _CONNECTORS.items() for target in _connector(path, provider)],
    switch=_switch,
    native=True,
)  # fmt: skip
