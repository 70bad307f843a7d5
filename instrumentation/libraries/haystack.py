"""Haystack: pipelines, their components, agents, tools, retrievers; sync and async.

    from haystack import Pipeline
    import spanhouse

    spanhouse.instrument()
    Pipeline().run({})

Model calls inside are told by the provider's SDK.
"""

from __future__ import annotations

from typing import Any

from opentelemetry.trace import SpanKind

from .. import semconv
from ..engine import Call, Library, Target
from ..messages import message, tool_call, tool_call_response, value_of
from ..operation import Answer, Operation

_UNKNOWN = "unknown"


def _pipeline(call: Call) -> Operation:
    metadata = value_of(call.instance, "metadata") or {}
    name = str(metadata.get("name") or type(call.instance).__name__)
    content = _data(semconv.GEN_AI_INPUT_MESSAGES, call.argument("data", 0))
    return Operation(
        "invoke_workflow",
        name,
        None,
        {semconv.GEN_AI_WORKFLOW_NAME: name},
        content,
        SpanKind.INTERNAL,
    )


def _component(call: Call) -> Operation | None:
    name, held = call.argument("component_name", 0), call.argument("component", 1) or {}
    inputs = call.argument("inputs", 2) or call.argument("component_inputs", 2) or {}
    kind = type(held.get("instance")).__name__
    if kind == "Agent":
        return None  # Agent.run has the span.
    if kind.endswith("Retriever"):
        query = inputs.get("query")
        asked = {semconv.GEN_AI_RETRIEVAL_QUERY_TEXT: query} if isinstance(query, str) else {}
        top_k = inputs.get("top_k")
        attributes = {semconv.GEN_AI_DATA_SOURCE_ID: name, semconv.GEN_AI_RETRIEVAL_TOP_K: top_k}
        return Operation("retrieval", name, None, attributes, lambda: asked, SpanKind.INTERNAL)
    content = _data(semconv.GEN_AI_INPUT_MESSAGES, inputs)
    return Operation("task", name, None, {}, content, SpanKind.INTERNAL)


def _ran(result: Any) -> Answer:
    documents = result.get("documents") if isinstance(result, dict) else None
    if documents and len(result) == 1 and hasattr(documents[0], "score"):
        found = [
            {
                "id": value_of(each, "id"),
                "score": value_of(each, "score"),
                "content": value_of(each, "content"),
            }
            for each in documents
        ]
        return Answer(content=lambda: {semconv.GEN_AI_RETRIEVAL_DOCUMENTS: found})
    return Answer(content=_data(semconv.GEN_AI_OUTPUT_MESSAGES, result))


def _agent(call: Call) -> Operation:
    model = value_of(value_of(call.instance, "chat_generator"), "model")
    asked = call.argument("messages", 0) or ()
    return Operation(
        "invoke_agent",
        "Agent",
        None,
        {
            semconv.GEN_AI_AGENT_NAME: "Agent",
            semconv.GEN_AI_REQUEST_MODEL: model if isinstance(model, str) else None,
        },
        lambda: {
            semconv.GEN_AI_SYSTEM_INSTRUCTIONS: _instructions(call.instance),
            semconv.GEN_AI_INPUT_MESSAGES: [_message(each) for each in asked],
        },
        SpanKind.INTERNAL,
    )


def _instructions(agent: Any) -> list[dict[str, object]] | None:
    said = value_of(agent, "system_prompt")
    return [{"type": "text", "content": said}] if isinstance(said, str) else None


def _agent_ran(result: Any) -> Answer:
    told = (result.get("messages") or ())[-1:] if isinstance(result, dict) else ()
    return Answer(
        content=lambda: {semconv.GEN_AI_OUTPUT_MESSAGES: [_message(each) for each in told]}
    )


def _tool(call: Call) -> Operation:
    name = str(value_of(call.instance, "name"))
    return Operation(
        "execute_tool",
        name,
        None,
        {
            semconv.GEN_AI_TOOL_NAME: name,
            semconv.GEN_AI_TOOL_TYPE: "function",
            semconv.GEN_AI_TOOL_DESCRIPTION: value_of(call.instance, "description"),
        },
        lambda: {semconv.GEN_AI_TOOL_CALL_ARGUMENTS: call.kwargs},
        SpanKind.INTERNAL,
    )


def _tool_ran(result: Any) -> Answer:
    return Answer(content=lambda: {semconv.GEN_AI_TOOL_CALL_RESULT: result})


def _data(attribute: str, data: Any) -> Any:
    """The messages in what a component takes or gives; what has none is one part of one message."""
    role = "user" if attribute == semconv.GEN_AI_INPUT_MESSAGES else "assistant"

    def content() -> dict[str, object]:
        if not data:
            return {}
        held = [
            value
            for value in data.values()
            if isinstance(value, list) and value and _is_message(value[0])
        ]
        if held:
            return {attribute: [_message(each) for each in held[0]]}
        return {attribute: [message(role, [{"type": _UNKNOWN, "content": data}])]}

    return content


def _is_message(item: Any) -> bool:
    return hasattr(item, "tool_call_results") and hasattr(item, "role")


def _message(item: Any) -> dict[str, object]:
    role = str(getattr(item.role, "value", item.role))
    parts: list[dict[str, object]] = [{"type": "text", "content": each} for each in item.texts]
    parts += [tool_call(each.id, each.tool_name, each.arguments) for each in item.tool_calls]
    parts += [tool_call_response(each.origin.id, each.result) for each in item.tool_call_results]
    return message(role, parts, (item.meta or {}).get("finish_reason"))


_PIPELINE, _AGENT, _TOOL = (
    "haystack.core.pipeline.pipeline",
    "haystack.components.agents.agent",
    "haystack.tools.tool",
)

LIBRARY = Library(
    "haystack", "haystack-ai", "haystack", "2.20",
    targets=(
        Target(_PIPELINE, "Pipeline.run", _pipeline, _ran),
        Target(_PIPELINE, "Pipeline.run_async", _pipeline, _ran, optional=True),
        Target(_PIPELINE, "Pipeline._run_component", _component, _ran),
        Target(_PIPELINE, "Pipeline._run_component_async", _component, _ran, optional=True),
        Target(_AGENT, "Agent.run", _agent, _agent_ran),
        Target(_AGENT, "Agent.run_async", _agent, _agent_ran, optional=True),
        Target(_TOOL, "Tool.invoke", _tool, _tool_ran),
        Target(_TOOL, "Tool.invoke_async", _tool, _tool_ran, optional=True),
    ),
)  # fmt: skip
