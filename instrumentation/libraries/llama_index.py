"""LlamaIndex: agents and workflows, query engines, retrievers, tools, models, embeddings; sync and async.

    from llama_index.llms.openai import OpenAI
    import spanhouse

    spanhouse.instrument()
    OpenAI(model="gpt-4o").complete("Hello")

One handler is given to LlamaIndex's own dispatcher; nothing is wrapped. A streamed model call is told by the
provider's SDK only, since the dispatcher ends it before its first chunk."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any, Final

from opentelemetry.trace import SpanKind

from .. import semconv
from ..engine import Library, Undo
from ..errors import guarded
from ..messages import content_parts, message, value_of
from ..operation import Answer, Operation
from ..runs import Runs
from ..streams import follow_stream, is_stream
from .openai_chat import chat_usage, finish_reasons

if TYPE_CHECKING:
    from ..telemetry import Telemetry

_CHAT: Final = frozenset({"chat", "achat", "stream_chat", "astream_chat"})
_COMPLETE: Final = frozenset({"complete", "acomplete", "stream_complete", "astream_complete"})
_PROVIDERS: Final = {"OpenAI": "openai", "AzureOpenAI": "azure.ai.openai", "Anthropic": "anthropic", "Groq": "groq",
                     "MistralAI": "mistral_ai", "Cohere": "cohere", "Ollama": "ollama", "GoogleGenAI": "gcp.gemini",
                     "BedrockConverse": "aws.bedrock"}  # fmt: skip
"""LlamaIndex's classes of models -> OpenTelemetry's names of providers."""


def _operation(span_id: str, arguments: dict[str, Any], instance: Any) -> Operation | None:
    """What a span of the dispatcher is; None for one that is only in between. `span_id` is `Class.method-uuid`."""
    kind, _, method = span_id.rpartition("-" + span_id[-36:])[0].partition(".")
    if method in _CHAT | _COMPLETE and value_of(instance, "metadata") is not None:
        return _model(method, arguments, instance)
    if method in ("run", "arun") and kind.endswith("Agent"):
        name = str(value_of(instance, "name") or kind)
        asked = value_of(arguments.get("start_event"), "user_msg") or arguments.get("user_msg")
        told = [message("user", content_parts(asked))] if isinstance(asked, str) else None
        attributes = {
            semconv.GEN_AI_AGENT_NAME: name,
            semconv.GEN_AI_AGENT_DESCRIPTION: value_of(instance, "description"),
        }
        content = {semconv.GEN_AI_INPUT_MESSAGES: told}
        return Operation("invoke_agent", name, None, attributes, lambda: content, SpanKind.INTERNAL)
    if method == "run" and kind.endswith("Workflow"):
        said = value_of(arguments.get("start_event"), "user_msg") or arguments.get("user_msg")
        given = [message("user", content_parts(said))] if isinstance(said, str) else None
        return Operation(
            "invoke_workflow",
            kind,
            None,
            {semconv.GEN_AI_WORKFLOW_NAME: kind},
            lambda: {semconv.GEN_AI_INPUT_MESSAGES: given},
            SpanKind.INTERNAL,
        )
    if (method in ("query", "aquery") and kind.endswith("QueryEngine")) or (
        method in _CHAT and kind.endswith("ChatEngine")
    ):
        query = arguments.get("str_or_query_bundle") or arguments.get("message")
        asked = {
            semconv.GEN_AI_INPUT_MESSAGES: [
                message("user", content_parts(value_of(query, "query_str", query)))
            ]
        }
        attributes = {semconv.GEN_AI_WORKFLOW_NAME: kind}
        return Operation(
            "invoke_workflow", kind, None, attributes, lambda: asked, SpanKind.INTERNAL
        )
    if method in ("retrieve", "aretrieve") and kind.endswith("Retriever"):
        query = arguments.get("str_or_query_bundle")
        wanted = {semconv.GEN_AI_RETRIEVAL_QUERY_TEXT: value_of(query, "query_str", query)}
        return Operation(
            "retrieval",
            kind,
            None,
            {semconv.GEN_AI_DATA_SOURCE_ID: kind},
            lambda: wanted,
            SpanKind.INTERNAL,
        )
    if method in ("call", "acall") and kind.endswith("Tool"):
        return _tool(arguments, instance)
    return None


def _model(method: str, arguments: dict[str, Any], instance: Any) -> Operation:
    model = value_of(value_of(instance, "metadata"), "model_name")
    given = arguments.get("messages") or ()
    asked = (
        [_message(each) for each in given]
        if given
        else [message("user", content_parts(_prompt(arguments)))]
    )
    temperature = value_of(instance, "temperature")
    return Operation(
        "chat" if method in _CHAT else "text_completion",
        model,
        _PROVIDERS.get(type(instance).__name__),
        {
            semconv.GEN_AI_REQUEST_MODEL: model,
            semconv.GEN_AI_REQUEST_TEMPERATURE: temperature
            if isinstance(temperature, float)
            else None,
        },
        lambda: {semconv.GEN_AI_INPUT_MESSAGES: asked},
        framework=True,
    )


def _prompt(arguments: dict[str, Any]) -> Any:
    return arguments.get("prompt") or next(iter(arguments.get("args") or ()), None)


def _tool(arguments: dict[str, Any], instance: Any) -> Operation:
    metadata = value_of(instance, "metadata")
    name = str(value_of(metadata, "name"))
    given = arguments.get("kwargs") or arguments.get("args") or {}
    return Operation(
        "execute_tool",
        name,
        None,
        {
            semconv.GEN_AI_TOOL_NAME: name,
            semconv.GEN_AI_TOOL_TYPE: "function",
            semconv.GEN_AI_TOOL_DESCRIPTION: value_of(metadata, "description"),
        },
        lambda: {semconv.GEN_AI_TOOL_CALL_ARGUMENTS: given},
        SpanKind.INTERNAL,
    )


def _message(item: Any) -> dict[str, object]:
    role = value_of(item, "role")
    return message(str(getattr(role, "value", role)), content_parts(value_of(item, "content")))


def _answer(result: Any) -> Answer:
    if (said := value_of(result, "message")) is not None:  # ChatResponse
        return _modelled(result, _message(said))
    if hasattr(result, "additional_kwargs") and hasattr(result, "text"):  # CompletionResponse
        return _modelled(result, message("assistant", content_parts(result.text)))
    if hasattr(result, "raw_output"):  # ToolOutput
        failed = "tool_error" if value_of(result, "is_error") else None
        return Answer(
            content=lambda: {semconv.GEN_AI_TOOL_CALL_RESULT: value_of(result, "raw_output")},
            error=failed,
        )
    if isinstance(result, list) and result and hasattr(result[0], "score"):
        found = [
            {
                "id": value_of(each, "node_id"),
                "score": value_of(each, "score"),
                "content": value_of(each, "text"),
            }
            for each in result
        ]
        return Answer(content=lambda: {semconv.GEN_AI_RETRIEVAL_DOCUMENTS: found})
    output = value_of(result, "response") or value_of(result, "result")
    if output is None:
        return Answer()
    text = value_of(value_of(output, "response"), "content") or str(output)
    return Answer(
        content=lambda: {
            semconv.GEN_AI_OUTPUT_MESSAGES: [message("assistant", content_parts(text))]
        }
    )


def _streams(result: Any) -> bool:
    """Whether it is the answer of a query engine that streams."""
    kind = type(result).__name__
    return kind in ("StreamingResponse", "AsyncStreamingResponse") and is_stream(
        result.response_gen
    )


class _TextFold:
    """The parts of a streamed text, put together."""

    def __init__(self) -> None:
        self._parts: list[str] = []

    def add(self, part: Any) -> None:
        self._parts.append(str(part))

    def answer(self) -> Answer:
        said = [message("assistant", content_parts("".join(self._parts)))]
        return Answer(content=lambda: {semconv.GEN_AI_OUTPUT_MESSAGES: said})


def _modelled(result: Any, said: dict[str, object]) -> Answer:
    raw = value_of(result, "raw")
    choices = value_of(raw, "choices") or ()
    return Answer(
        {
            semconv.GEN_AI_RESPONSE_ID: value_of(raw, "id"),
            semconv.GEN_AI_RESPONSE_MODEL: value_of(raw, "model"),
            semconv.GEN_AI_RESPONSE_FINISH_REASONS: finish_reasons(
                value_of(each, "finish_reason") for each in choices
            ),
            **chat_usage(value_of(raw, "usage")),
        },
        lambda: {semconv.GEN_AI_OUTPUT_MESSAGES: [said]},
    )


def _switch(telemetry: Telemetry) -> Undo:
    from llama_index.core.instrumentation import get_dispatcher
    from llama_index.core.instrumentation.span_handlers import BaseSpanHandler

    runs = Runs()

    class SpanhouseHandler(BaseSpanHandler):  # type: ignore[misc]
        """Tells the dispatcher's spans."""

        def new_span(
            self,
            id_: str,
            bound_args: inspect.BoundArguments,
            instance: Any = None,
            parent_span_id: str | None = None,
            **told: Any,
        ) -> None:
            with guarded("starting a span of LlamaIndex"):
                runs.start(
                    id_, parent_span_id, _operation(id_, dict(bound_args.arguments), instance)
                )

        def prepare_to_exit_span(
            self,
            id_: str,
            bound_args: inspect.BoundArguments,
            instance: Any = None,
            result: Any = None,
            **told: Any,
        ) -> None:
            with guarded("ending a span of LlamaIndex"):
                invocation = runs.get(id_)
                if invocation is not None and invocation.call is not None and is_stream(result):
                    invocation.call.tell()
                if invocation is not None and invocation.call is None and _streams(result):
                    # The model is asked when the program reads the parts.
                    runs.leave(id_)
                    result.response_gen = follow_stream(
                        result.response_gen, invocation, _TextFold()
                    )
                else:
                    runs.end(id_, _answer(result))

        def prepare_to_drop_span(
            self,
            id_: str,
            bound_args: inspect.BoundArguments,
            instance: Any = None,
            err: BaseException | None = None,
            **told: Any,
        ) -> None:
            with guarded("ending a span of LlamaIndex"):
                runs.end(id_, error=err)

    handler = SpanhouseHandler()
    dispatcher = get_dispatcher()
    dispatcher.add_span_handler(handler)
    return lambda: dispatcher.span_handlers.remove(handler)


LIBRARY = Library("llama_index", "llama-index-core", "llama_index.core", "0.12", switch=_switch)
