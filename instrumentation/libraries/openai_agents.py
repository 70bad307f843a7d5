"""OpenAI Agents: runs as workflows, agents, tools, handoffs, guardrails; model calls that OpenAI's SDK does not tell.

    from agents import Agent, Runner
    import spanhouse

    spanhouse.instrument()
    Runner.run_sync(Agent("helper", model="gpt-4o"), "Hello")

Its own tracing feeds us (`OPENAI_AGENTS_DISABLE_TRACING=1` switches that off too); what else listens goes on
listening."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from opentelemetry.trace import SpanKind

from .. import semconv
from ..engine import Library, Undo
from ..errors import guarded
from ..messages import chat_messages, content_parts, message, parsed, value_of
from ..operation import Answer, Operation
from ..runs import Runs
from ..usage import usage

if TYPE_CHECKING:
    from ..telemetry import Telemetry


def _inner(
    name: str, subject: str | None, attributes: Mapping[str, Any] | None = None
) -> Operation:
    return Operation(name, subject, None, attributes or {}, kind=SpanKind.INTERNAL)


def _tool(data: Any) -> Operation:
    server = value_of(value_of(data, "mcp_data"), "server")
    kind = "extension" if server else "function"
    return _inner(
        "execute_tool",
        data.name,
        {semconv.GEN_AI_TOOL_NAME: data.name, semconv.GEN_AI_TOOL_TYPE: kind},
    )


def _model(name: str, data: Any) -> Operation:
    model = value_of(data, "model")
    return Operation(name, model, None, {semconv.GEN_AI_REQUEST_MODEL: model}, framework=True)


_BEGIN: dict[str, Callable[[Any], Operation]] = {
    "agent": lambda data: _inner("invoke_agent", data.name, {semconv.GEN_AI_AGENT_NAME: data.name}),
    "function": _tool,
    "handoff": lambda data: _inner("handoff", None, {semconv.GEN_AI_AGENT_NAME: data.from_agent}),
    "guardrail": lambda data: _inner("guardrail", data.name),
    "custom": lambda data: _inner("custom", data.name),
    "generation": partial(_model, "chat"),
    "response": partial(_model, "chat"),
    "transcription": partial(_model, "transcription"),
    "speech": partial(_model, "speech"),
}
"""Type of a span -> what is told. Tasks and turns repeat what the workflow and its agents say."""


def _answer(data: Any) -> Answer:
    match data.type:
        case "function":
            return Answer(
                content=lambda: {
                    semconv.GEN_AI_TOOL_CALL_ARGUMENTS: parsed(data.input),
                    semconv.GEN_AI_TOOL_CALL_RESULT: parsed(data.output),
                }
            )
        case "handoff":
            return Answer({semconv.SPANHOUSE_HANDOFF_TO: data.to_agent})
        case "guardrail":
            return Answer({semconv.SPANHOUSE_GUARDRAIL_TRIGGERED: data.triggered})
        case "generation" | "response":
            return _answered(data)
    return Answer()


def _answered(data: Any) -> Answer:
    used, response = data.usage, value_of(data, "response")
    asked, told = value_of(used, "input_tokens_details"), value_of(used, "output_tokens_details")
    tokens = {} if used is None else usage(
        value_of(used, "input_tokens"), value_of(used, "output_tokens"),
        cache_read=value_of(asked, "cached_tokens"), reasoning=value_of(told, "reasoning_tokens"),
    )  # fmt: skip
    model = value_of(data, "model") or value_of(response, "model")
    return Answer(
        {
            semconv.GEN_AI_RESPONSE_ID: value_of(response, "id"),
            semconv.GEN_AI_RESPONSE_MODEL: model,
            **tokens,
        },
        lambda: {
            semconv.GEN_AI_INPUT_MESSAGES: _said(data.input),
            semconv.GEN_AI_OUTPUT_MESSAGES: _said(value_of(data, "output")),
        },
    )


def _said(messages: Any) -> list[dict[str, object]] | None:
    if isinstance(messages, str):
        return [message("user", content_parts(messages))]
    return chat_messages(messages) if messages else None


class _Processor:
    """What the library tells of its traces and spans, which it identifies by ids."""

    def __init__(self) -> None:
        self._runs = Runs()

    def on_trace_start(self, trace: Any) -> None:
        """A run starts."""
        group = value_of(trace, "group_id")
        attributes = {
            semconv.GEN_AI_WORKFLOW_NAME: trace.name,
            semconv.GEN_AI_CONVERSATION_ID: group,
        }
        with guarded("starting a trace of openai_agents"):
            self._runs.start(
                trace.trace_id, None, _inner("invoke_workflow", trace.name, attributes)
            )

    def on_trace_end(self, trace: Any) -> None:
        """A run has ended."""
        with guarded("ending a trace of openai_agents"):
            self._runs.end(trace.trace_id)

    def on_span_start(self, span: Any) -> None:
        """A part of a run starts."""
        with guarded("starting a span of openai_agents"):
            begin = _BEGIN.get(span.span_data.type)
            operation = None if begin is None else begin(span.span_data)
            self._runs.start(span.span_id, span.parent_id or span.trace_id, operation)

    def on_span_end(self, span: Any) -> None:
        """A part of a run has ended."""
        answer = Answer()
        with guarded("reading a span of openai_agents"):
            answer = _answer(span.span_data)
        if (error := span.error) is not None:
            answer.error = _error_type(error)
        with guarded("ending a span of openai_agents"):
            self._runs.end(span.span_id, answer)

    def shutdown(self) -> None:
        """Nothing is held that must be sent."""

    def force_flush(self) -> None:
        """Nothing is held that must be sent."""


def _error_type(error: Any) -> str:
    """An error is told by a sentence, which may hold the program's texts; some name their class."""
    data = value_of(error, "data") or {}
    return str(value_of(data, "error_type") or "_OTHER")


def _switch(telemetry: Telemetry) -> Undo:
    provider: Any = import_module("agents.tracing").get_trace_provider()
    processor = _Processor()
    provider.register_processor(processor)

    def undo() -> None:
        held = getattr(provider, "_multi_processor", None)
        if held is not None:
            provider.set_processors([each for each in held._processors if each is not processor])

    return undo


LIBRARY = Library("openai_agents", "openai-agents", "agents", "0.1", switch=_switch)
