"""LiteLLM: chat, text completions, embeddings, responses, rerank, images; sync, async, streams, whichever
provider it calls.

    import litellm
    import spanhouse

    spanhouse.instrument()
    litellm.completion("openai/gpt-4o", messages=[{"role": "user", "content": "Hello"}])

Where the provider's own SDK is called inside and traced, the call's span is the SDK's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .. import semconv
from ..engine import Call, Library, Target
from ..messages import chat_messages, content_parts, message, tool_definitions, value_of
from ..operation import Answer, Operation
from ..streams import Fold, NoFold
from .openai_chat import ChatFold, completed, completion, embedded, parameters, server, text_of
from .openai_responses import ResponseFold, responded, responses

_PROVIDERS: Mapping[str, str] = {
    "azure": "azure.ai.openai",
    "azure_ai": "azure.ai.inference",
    "bedrock": "aws.bedrock",
    "bedrock_converse": "aws.bedrock",
    "cohere_chat": "cohere",
    "custom_openai": "openai",
    "gemini": "gcp.gemini",
    "mistral": "mistral_ai",
    "moonshot": "moonshot_ai",
    "text-completion-openai": "openai",
    "vertex_ai": "gcp.vertex_ai",
    "watsonx": "ibm.watsonx.ai",
    "xai": "x_ai",
}
"""LiteLLM's names of providers -> OpenTelemetry's, where they differ."""


def _asked(call: Call, position: int = 0) -> tuple[str | None, str | None]:
    """The model and provider of a call, as LiteLLM reads them."""
    import litellm

    model = text_of(call.argument("model", position))
    if model is None:
        return None, None
    try:
        name, provider, _, _ = litellm.get_llm_provider(
            model,
            call.kwargs.get("custom_llm_provider"),
            call.kwargs.get("api_base") or call.kwargs.get("base_url"),
        )
    except Exception:  # LiteLLM says the same to the program when it makes the call.
        return model, None
    return name, _PROVIDERS.get(provider, provider)


def _asking(name: str, content: Callable[[Call], dict[str, object]]) -> Callable[[Call], Operation]:
    def begin(call: Call) -> Operation:
        model, provider = _asked(call)
        address = server(call.kwargs.get("api_base") or call.kwargs.get("base_url"))
        attributes = {semconv.GEN_AI_REQUEST_MODEL: model, **address, **parameters(call.kwargs)}
        return Operation(name, model, provider, attributes, lambda: content(call), framework=True)

    return begin


def _messages(call: Call) -> dict[str, object]:
    return {
        semconv.GEN_AI_INPUT_MESSAGES: chat_messages(call.argument("messages", 1) or ()),
        semconv.GEN_AI_TOOL_DEFINITIONS: tool_definitions(call.kwargs.get("tools")),
    }


def _input(call: Call) -> dict[str, object]:
    given = call.argument("input", 1) or call.argument("prompt", 0)
    return {semconv.GEN_AI_INPUT_MESSAGES: [message("user", content_parts(given))]}


def _query(call: Call) -> dict[str, object]:
    return {semconv.GEN_AI_RETRIEVAL_QUERY_TEXT: call.argument("query", 1)}


def _ranked(result: Any) -> Answer:
    billed = value_of(value_of(result, "meta"), "tokens")
    return Answer({semconv.GEN_AI_USAGE_INPUT_TOKENS: value_of(billed, "input_tokens")})


def _pair(
    name: str,
    begin: Callable[[Call], Operation],
    answer: Callable[[Any], Answer],
    fold: Callable[[], Fold] = NoFold,
) -> list[Target]:
    """A function and its asynchronous twin, as attributes of the package: programs and frameworks call them there."""
    return [
        Target("litellm", f"{prefix}{name}", begin, answer, fold, optional=True)
        for prefix in ("", "a")
    ]


def _responses(call: Call) -> Operation:
    model, provider = _asked(call, 1)
    asked = {**call.kwargs, "model": model, "input": call.argument("input", 0)}
    operation = responses(asked, provider, call.kwargs.get("api_base"))
    operation.framework = True
    return operation


LIBRARY = Library(
    "litellm", "litellm", "litellm", "1.60",
    targets=(
        *_pair("completion", _asking("chat", _messages), completion, ChatFold),
        *_pair("text_completion", _asking("text_completion", _input), completed),
        *_pair("embedding", _asking("embeddings", _input), embedded),
        *_pair("responses", _responses, responded, ResponseFold),
        *_pair("rerank", _asking("rerank", _query), _ranked),
        *_pair("image_generation", _asking("image_generation", _input), lambda result: Answer()),
    ),
)  # fmt: skip
