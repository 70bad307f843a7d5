"""LangChain and LangGraph: chains, graphs and their nodes, agents, tools, retrievers, chat models; sync, async,
streams.

    from langchain.chat_models import init_chat_model
    import spanhouse

    spanhouse.instrument()
    init_chat_model("openai:gpt-4o").invoke("Hello")

One callback handler is given to each callback manager that LangChain makes; nothing else is changed. A run's
span is current while it runs, so that what it calls, the provider's SDK above all, is inside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

import wrapt
from opentelemetry.trace import SpanKind

from .. import semconv, telemetry
from ..engine import NOTHING, Conflict, Library, Traced, Undo
from ..errors import guarded
from ..messages import (
    content_parts,
    message,
    tool_call,
    tool_call_response,
    tool_definitions,
    value_of,
)
from ..operation import Answer, Operation
from ..runs import Runs
from ..usage import usage
from .openai_chat import finish_reasons, parameters

if TYPE_CHECKING:
    from ..telemetry import Telemetry

_HIDDEN: Final = "langsmith:hidden"
"""LangGraph's mark for what it runs beside the nodes."""
_ROLES: Final = {
    "human": "user",
    "ai": "assistant",
    "AIMessageChunk": "assistant",
    "system": "system",
    "chat": "user",
}
_PROVIDERS: Final = {
    "azure": "azure.ai.openai", "amazon_bedrock": "aws.bedrock",
    "google_genai": "gcp.gemini", "google_vertexai": "gcp.vertex_ai",
    "mistral": "mistral_ai", "mistralai": "mistral_ai", "xai": "x_ai",
}  # fmt: skip
"""LangChain's names of providers -> OpenTelemetry's, where they differ."""


class _Callbacks:
    """What LangChain calls, one method for each event; `_handler` gives it LangChain's base class."""

    run_inline = True
    """In the caller's own task, whose context it sets."""
    raise_error = False

    def __init__(self) -> None:
        super().__init__()
        self._runs = Runs()

    def on_chain_start(self, serialized: Any, inputs: Any, *, run_id: UUID, **told: Any) -> None:
        with guarded("starting a chain"):
            self._runs.start(run_id, told.get("parent_run_id"), _chain(serialized, inputs, told))

    def on_chain_end(self, outputs: Any, *, run_id: UUID, **told: Any) -> None:
        with guarded("ending a chain"):
            self._runs.end(
                run_id,
                Answer(content=lambda: {semconv.GEN_AI_OUTPUT_MESSAGES: _state(outputs)}),
            )

    def on_chain_error(self, error: BaseException, *, run_id: UUID, **told: Any) -> None:
        with guarded("ending a chain"):
            self._runs.end(run_id, error=None if _bubbles_up(error) else error)

    def on_interrupt(self, event: Any) -> None:
        """LangGraph tells it to each handler; the graph's own run ends with it."""

    def on_resume(self, event: Any) -> None:
        """As `on_interrupt`."""

    def on_tool_start(self, serialized: Any, input_str: str, *, run_id: UUID, **told: Any) -> None:
        with guarded("starting a tool"):
            self._runs.start(run_id, told.get("parent_run_id"), _tool(serialized, input_str, told))

    def on_tool_end(self, output: Any, *, run_id: UUID, **told: Any) -> None:
        with guarded("ending a tool"):
            result = value_of(output, "content", output)
            failed = value_of(output, "status") == "error"
            content = {semconv.GEN_AI_TOOL_CALL_RESULT: result}
            attributes = {semconv.GEN_AI_TOOL_CALL_ID: value_of(output, "tool_call_id")}
            self._runs.end(
                run_id, Answer(attributes, lambda: content, "tool_error" if failed else None)
            )

    def on_tool_error(self, error: BaseException, *, run_id: UUID, **told: Any) -> None:
        with guarded("ending a tool"):
            self._runs.end(run_id, error=error)

    def on_retriever_start(self, serialized: Any, query: str, *, run_id: UUID, **told: Any) -> None:
        with guarded("starting a retriever"):
            self._runs.start(run_id, told.get("parent_run_id"), _retrieval(serialized, query, told))

    def on_retriever_end(self, documents: Sequence[Any], *, run_id: UUID, **told: Any) -> None:
        with guarded("ending a retriever"):
            found = [_document(each) for each in documents]
            self._runs.end(
                run_id, Answer(content=lambda: {semconv.GEN_AI_RETRIEVAL_DOCUMENTS: found})
            )

    def on_retriever_error(self, error: BaseException, *, run_id: UUID, **told: Any) -> None:
        with guarded("ending a retriever"):
            self._runs.end(run_id, error=error)

    def on_chat_model_start(
        self, serialized: Any, messages: Any, *, run_id: UUID, **told: Any
    ) -> None:
        with guarded("starting a chat model"):
            operation = _model("chat", told, lambda: [_message(each) for each in messages[0]])
            self._runs.start(run_id, told.get("parent_run_id"), operation)

    def on_llm_start(
        self, serialized: Any, prompts: list[str], *, run_id: UUID, **told: Any
    ) -> None:
        with guarded("starting a model"):
            asked = [message("user", content_parts(each)) for each in prompts]
            self._runs.start(
                run_id,
                told.get("parent_run_id"),
                _model("text_completion", told, lambda: asked),
            )

    def on_llm_new_token(self, token: str, *, run_id: UUID, **told: Any) -> None:
        if (invocation := self._runs.get(run_id)) is not None:
            invocation.chunk()

    def on_llm_end(self, response: Any, *, run_id: UUID, **told: Any) -> None:
        with guarded("ending a model"):
            self._runs.end(run_id, _generated(response))

    def on_llm_error(self, error: BaseException, *, run_id: UUID, **told: Any) -> None:
        with guarded("ending a model"):
            self._runs.end(run_id, error=error)


def _handler() -> Any:
    """The callback handler; made late, since its base class is LangChain's."""
    from langchain_core.callbacks import BaseCallbackHandler

    class SpanhouseHandler(_Callbacks, BaseCallbackHandler):  # type: ignore[misc]
        """The callbacks, as LangChain takes them."""

    return SpanhouseHandler()


def _bubbles_up(error: BaseException) -> bool:
    """Whether a graph raised it to hand over, or to wait for a person, which is no failure."""
    return any(
        (kind.__module__, kind.__name__) == ("langgraph.errors", "GraphBubbleUp")
        for kind in type(error).__mro__
    )


def _name(serialized: Any, told: Mapping[str, Any]) -> str:
    named = (
        told.get("name") or value_of(serialized, "name") or (value_of(serialized, "id") or [""])[-1]
    )
    return str(named or "chain")


def _chain(serialized: Any, inputs: Any, told: Mapping[str, Any]) -> Operation | None:
    if _HIDDEN in (told.get("tags") or ()):
        return None
    name, metadata = _name(serialized, told), told.get("metadata") or {}
    agent = metadata.get("lc_agent_name")
    content = lambda: {semconv.GEN_AI_INPUT_MESSAGES: _state(inputs)}  # noqa: E731
    conversation = (
        metadata.get("thread_id") or metadata.get("session_id") or metadata.get("conversation_id")
    )
    attributes: dict[str, Any] = {
        semconv.GEN_AI_CONVERSATION_ID: None if conversation is None else str(conversation)
    }
    if agent is not None and agent == name:
        attributes[semconv.GEN_AI_AGENT_NAME] = name
        return Operation("invoke_agent", name, None, attributes, content, SpanKind.INTERNAL)
    if told.get("parent_run_id") is None:
        attributes[semconv.GEN_AI_WORKFLOW_NAME] = name
        return Operation("invoke_workflow", name, None, attributes, content, SpanKind.INTERNAL)
    return Operation("task", name, None, {}, content, SpanKind.INTERNAL)


def _tool(serialized: Any, input_text: str, told: Mapping[str, Any]) -> Operation:
    name = _name(serialized, told)
    given = told.get("inputs")
    return Operation(
        "execute_tool",
        name,
        None,
        {
            semconv.GEN_AI_TOOL_NAME: name,
            semconv.GEN_AI_TOOL_TYPE: "function",
            semconv.GEN_AI_TOOL_DESCRIPTION: value_of(serialized, "description"),
            semconv.GEN_AI_TOOL_CALL_ID: told.get("tool_call_id"),
        },
        lambda: {semconv.GEN_AI_TOOL_CALL_ARGUMENTS: input_text if given is None else given},
        SpanKind.INTERNAL,
    )


def _retrieval(serialized: Any, query: str, told: Mapping[str, Any]) -> Operation:
    name = _name(serialized, told)
    content = {semconv.GEN_AI_RETRIEVAL_QUERY_TEXT: query}
    return Operation(
        "retrieval",
        name,
        None,
        {semconv.GEN_AI_DATA_SOURCE_ID: name},
        lambda: content,
        SpanKind.INTERNAL,
    )


def _document(document: Any) -> dict[str, object]:
    metadata = value_of(document, "metadata") or {}
    told = {
        "id": value_of(document, "id"),
        "content": value_of(document, "page_content"),
        "metadata": metadata,
    }
    return {**told, "score": metadata.get("score")} if "score" in metadata else told


def _model(name: str, told: Mapping[str, Any], messages: Any) -> Operation:
    metadata, asked = told.get("metadata") or {}, told.get("invocation_params") or {}
    model = metadata.get("ls_model_name") or asked.get("model") or asked.get("model_name")
    provider = str(metadata.get("ls_provider") or "") or None
    return Operation(
        name,
        model,
        _PROVIDERS.get(provider or "", provider),
        {semconv.GEN_AI_REQUEST_MODEL: model, **parameters(asked)},
        lambda: {
            semconv.GEN_AI_INPUT_MESSAGES: messages(),
            semconv.GEN_AI_TOOL_DEFINITIONS: tool_definitions(asked.get("tools")),
        },
        framework=True,
    )


def _generated(response: Any) -> Answer:
    generations = [each for several in value_of(response, "generations") or () for each in several]
    said = [value_of(each, "message") for each in generations]
    metadata = value_of(said[0], "response_metadata") if said and said[0] is not None else {}
    reasons = [
        (value_of(each, "response_metadata") or {}).get("finish_reason")
        for each in said
        if each is not None
    ]
    used = value_of(said[0], "usage_metadata") if said and said[0] is not None else None
    read, written = value_of(used, "input_token_details"), value_of(used, "output_token_details")
    return Answer(
        {
            semconv.GEN_AI_RESPONSE_ID: (metadata or {}).get("id"),
            semconv.GEN_AI_RESPONSE_MODEL: (metadata or {}).get("model_name"),
            semconv.GEN_AI_RESPONSE_FINISH_REASONS: finish_reasons(reasons),
            **usage(
                value_of(used, "input_tokens"),
                value_of(used, "output_tokens"),
                cache_read=value_of(read, "cache_read"),
                cache_write=value_of(read, "cache_creation"),
                reasoning=value_of(written, "reasoning"),
            ),
        },
        lambda: {
            semconv.GEN_AI_OUTPUT_MESSAGES: [
                _message(each)
                if each is not None
                else message("assistant", content_parts(value_of(generation, "text")))
                for each, generation in zip(said, generations, strict=True)
            ]
        },
    )


def _state(state: Any) -> list[dict[str, object]] | None:
    """The messages of what a chain was given or gave; what is none is one part of one message."""
    if state is None or state == "" or state == {}:
        return None
    if _is_message(state):
        return [_message(state)]
    held = state.get("messages") if isinstance(state, Mapping) else state
    if isinstance(held, list | tuple) and held and all(_is_message(each) for each in held):
        return [_message(each) for each in held]
    if isinstance(state, str):
        return [message("user", content_parts(state))]
    return [message("user", [{"type": "unknown", "content": state}])]


def _is_message(item: Any) -> bool:
    return hasattr(item, "response_metadata") and hasattr(item, "content")


def _message(item: Any) -> dict[str, object]:
    kind = str(value_of(item, "type"))
    if kind == "tool":
        return message(
            "tool", [tool_call_response(value_of(item, "tool_call_id"), value_of(item, "content"))]
        )
    parts = [part for part in content_parts(value_of(item, "content")) if part["type"] != "unknown"]
    for call in value_of(item, "tool_calls") or ():
        parts.append(
            tool_call(value_of(call, "id"), value_of(call, "name"), value_of(call, "args"))
        )
    reason = (value_of(item, "response_metadata") or {}).get("finish_reason")
    return message(_ROLES.get(kind, kind), parts, reason, value_of(item, "name"))


def switch(writing: Telemetry) -> Undo:
    """Give our handler to each callback manager; once, whether asked by LangChain or by LangGraph."""
    from langchain_core.callbacks import BaseCallbackManager

    handler = _handler()
    # Not by attribute, which gives a wrapper's bound twin, of another class.
    original = vars(BaseCallbackManager)["__init__"]
    if isinstance(original, Traced):
        return NOTHING
    if isinstance(original, wrapt.FunctionWrapper):
        raise Conflict(
            f"BaseCallbackManager is wrapped already, by {original._self_wrapper.__module__}"
        )

    def add(wrapped: Any, instance: Any, args: Any, kwargs: Any) -> None:
        wrapped(*args, **kwargs)
        if telemetry.current() is not None and handler not in instance.inheritable_handlers:
            instance.add_handler(handler, inherit=True)

    BaseCallbackManager.__init__ = Traced(original, add)

    def undo() -> None:
        BaseCallbackManager.__init__ = original

    return undo


LIBRARY = Library("langchain", "langchain-core", "langchain_core.callbacks", "0.3", switch=switch)
