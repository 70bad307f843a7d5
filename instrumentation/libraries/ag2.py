"""AG2: agents and tools, by a middleware of ours in each turn; model calls that no SDK below tells.

    from ag2 import Agent
    from ag2.config import OpenAIConfig
    import spanhouse

    spanhouse.instrument()
    await Agent("helper", config=OpenAIConfig(model="gpt-4o")).ask("How far is the moon?")

AG2's own TelemetryMiddleware would tell each model call a second time, above the provider's SDK; an agent that
was given it keeps it, and gets none of ours."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from opentelemetry.trace import SpanKind

from .. import semconv
from ..engine import Call, Library, Target, Undo, traced
from ..messages import content_parts, message, parsed, text, tool_call, tool_call_response, value_of
from ..native import normalise
from ..operation import Answer, Operation, error_type
from ..usage import usage
from .openai_chat import parameters, server, text_of

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import ReadableSpan

    from ..telemetry import Telemetry

_PROVIDERS: Final = {
    "OpenAIConfig": "openai", "OpenAIResponsesConfig": "openai", "AnthropicConfig": "anthropic", "GeminiConfig": "gcp.gemini",
    "VertexAIConfig": "gcp.vertex_ai", "BedrockConfig": "aws.bedrock", "OllamaConfig": "ollama", "MistralConfig": "mistral_ai",
    "DashScopeConfig": "dashscope", "XAIConfig": "x_ai",
}  # fmt: skip


def _turn(call: Call) -> Operation:
    agent, event, context = call.instance, call.args[0], call.args[1]
    name = text_of(value_of(agent, "name"))
    stream = value_of(value_of(context, "stream"), "id")
    prompt = [str(each) for each in value_of(context, "prompt") or ()]
    return Operation(
        "invoke_agent",
        name,
        attributes={
            semconv.GEN_AI_AGENT_NAME: name,
            semconv.GEN_AI_CONVERSATION_ID: None if stream is None else str(stream),
            semconv.GEN_AI_REQUEST_MODEL: text_of(value_of(value_of(agent, "config"), "model")),
        },
        content=lambda: {
            semconv.GEN_AI_SYSTEM_INSTRUCTIONS: content_parts(prompt) or None,
            semconv.GEN_AI_INPUT_MESSAGES: _messages([event]),
        },
        kind=SpanKind.INTERNAL,
    )


def _messages(events: Any) -> list[dict[str, object]]:
    told: list[dict[str, object]] = []
    for event in events:
        kinds = {kind.__name__ for kind in type(event).__mro__}
        if "ModelRequest" in kinds:
            told.append(message("user", [_part(each) for each in value_of(event, "parts") or ()]))
        elif "ModelResponse" in kinds:
            told.append(_said(event))
        elif "ToolResultsEvent" in kinds:
            told.append(
                message("tool", [_result(each) for each in value_of(event, "results") or ()])
            )
    return told


def _part(part: Any) -> dict[str, object]:
    content = value_of(part, "content")
    return text(content) if isinstance(content, str) else {"type": type(part).__name__}


def _result(event: Any) -> dict[str, object]:
    return tool_call_response(value_of(event, "parent_id"), _returned(event))


def _returned(event: Any) -> object:
    """What a tool gave, one value if it is one."""
    parts = value_of(value_of(event, "result"), "parts") or ()
    values = [
        value_of(each, "content", value_of(each, "data", type(each).__name__)) for each in parts
    ]
    return values[0] if len(values) == 1 else values


def _said(response: Any) -> dict[str, object]:
    parts = content_parts(value_of(response, "content"))
    for call in value_of(value_of(response, "tool_calls"), "calls") or ():
        parts.append(
            tool_call(value_of(call, "id"), value_of(call, "name"), value_of(call, "arguments"))
        )
    return message("assistant", parts, value_of(response, "finish_reason"))


def _turn_answered(response: Any) -> Answer:
    return Answer(content=lambda: {semconv.GEN_AI_OUTPUT_MESSAGES: [_said(response)]})


def _model(call: Call) -> Operation:
    config = value_of(call.instance, "config")
    model = text_of(value_of(config, "model"))
    asked = {
        name: value_of(config, name) for name in ("temperature", "top_p", "seed", "max_tokens")
    }
    return Operation(
        "chat",
        model,
        _PROVIDERS.get(type(config).__name__),
        {
            semconv.GEN_AI_REQUEST_MODEL: model,
            **server(value_of(config, "base_url")),
            **parameters({**asked, "stream": value_of(config, "streaming")}),
        },
        lambda: {semconv.GEN_AI_INPUT_MESSAGES: _messages(call.args[0])},
        framework=True,
    )


def _model_answered(response: Any) -> Answer:
    reason = value_of(response, "finish_reason")
    used = value_of(response, "usage")
    return Answer(
        {
            semconv.GEN_AI_RESPONSE_ID: value_of(response, "response_id"),
            semconv.GEN_AI_RESPONSE_MODEL: value_of(response, "model"),
            semconv.GEN_AI_RESPONSE_FINISH_REASONS: (reason,) if reason else None,
            **usage(
                _whole(used, "prompt_tokens"),
                _whole(used, "completion_tokens"),
                cache_read=_whole(used, "cache_read_input_tokens"),
                cache_write=_whole(used, "cache_creation_input_tokens"),
                reasoning=_whole(used, "thinking_tokens"),
            ),
        },
        lambda: {semconv.GEN_AI_OUTPUT_MESSAGES: [_said(response)]},
    )


def _whole(used: Any, name: str) -> int | None:
    count = value_of(used, name)
    return None if count is None else int(count)


def _tool(call: Call) -> Operation:
    event = call.args[0]
    name = text_of(value_of(event, "name"))
    return Operation(
        "execute_tool",
        name,
        attributes={
            semconv.GEN_AI_TOOL_NAME: name,
            semconv.GEN_AI_TOOL_TYPE: "function",
            semconv.GEN_AI_TOOL_CALL_ID: text_of(value_of(event, "id")),
        },
        content=lambda: {semconv.GEN_AI_TOOL_CALL_ARGUMENTS: parsed(value_of(event, "arguments"))},
        kind=SpanKind.INTERNAL,
    )


def _tool_answered(event: Any) -> Answer:
    error = value_of(event, "error")
    return Answer(
        content=lambda: {semconv.GEN_AI_TOOL_CALL_RESULT: _returned(event)},
        error=error_type(error) if isinstance(error, BaseException) else None,
    )


_TURN: Final = Target("ag2", "middleware.on_turn", _turn, _turn_answered)
_MODEL: Final = Target("ag2", "middleware.on_llm_call", _model, _model_answered)
_TOOL: Final = Target("ag2", "middleware.on_tool_execution", _tool, _tool_answered)

_Next = Callable[..., Awaitable[Any]]


class _Middleware:
    """What AG2 calls around a turn of `agent`, its model calls and its tools."""

    def __init__(self, agent: Any) -> None:
        self._agent = agent

    async def on_turn(self, call_next: _Next, event: Any, context: Any) -> Any:
        return await traced(_TURN, call_next, event, context, instance=self._agent)

    async def on_llm_call(self, call_next: _Next, events: Any, context: Any) -> Any:
        return await traced(_MODEL, call_next, events, context, instance=self._agent)

    async def on_tool_execution(self, call_next: _Next, event: Any, context: Any) -> Any:
        return await traced(_TOOL, call_next, event, context)

    async def on_human_input(self, call_next: _Next, event: Any, context: Any) -> Any:
        return await call_next(event, context)


def _joined(call: Call) -> None:
    """Add our middleware to a turn, innermost: what the program's own ones do is theirs."""
    agent = call.instance
    given = tuple(call.argument("additional_middleware", default=()))
    own = value_of(agent, "_middleware") or ()
    if not any(type(each).__name__ == "TelemetryMiddleware" for each in chain(own, given)):
        call.kwargs["additional_middleware"] = (*given, lambda event, context: _Middleware(agent))


def _without_usage(span: ReadableSpan) -> ReadableSpan | None:
    """AG2's `record_usage` spans tell once more what its model calls told."""
    return None if span.name.startswith("record_usage") else span


def _switch(telemetry: Telemetry) -> Undo:
    return normalise("opentelemetry.instrumentation.ag2", _without_usage)


LIBRARY = Library(
    "ag2", "ag2", "ag2", "1.0",
    targets=(Target("ag2.agent", "Agent._drive_scope", _joined),),
    switch=_switch,
)  # fmt: skip
