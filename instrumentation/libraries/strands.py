"""Strands: agents, their cycles, tools and model calls, by the library's own spans with the newest names and content.

    from strands import Agent
    import spanhouse

    spanhouse.instrument()
    Agent(name="helper")("Hello")

A model call is told by the library, and not once more by the provider's SDK beneath it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from .. import semconv
from ..engine import Library, Undo
from ..messages import parsed
from ..native import (
    CONTENT,
    STABILITY_OPT_IN,
    changed,
    governed,
    normalise,
    opt_in,
    role,
    with_error_type,
)
from ..operation import MODEL_CALLS

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import ReadableSpan
    from opentelemetry.util.types import AttributeValue

    from ..content import ContentPolicy
    from ..telemetry import Telemetry

_SCOPE: Final = "strands.telemetry.tracer"
_CYCLE: Final = "execute_event_loop_cycle"
_FIRST_TOKEN: Final = "gen_ai.server.time_to_first_token"
"""In milliseconds."""
_REPEATED: Final = frozenset({
    "gen_ai.system", "gen_ai.event.start_time", "gen_ai.event.end_time", "gen_ai.tool.json_schema",
    "gen_ai.agent.tools",
    "gen_ai.usage.prompt_tokens", "gen_ai.usage.completion_tokens", "gen_ai.usage.total_tokens",
    "gen_ai.usage.cache_read_input_tokens", "gen_ai.usage.cache_write_input_tokens", _FIRST_TOKEN,
})  # fmt: skip
"""Older names, the span's own times, and what the conventions' attributes say already."""
_CACHED: Final = (
    semconv.GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS,
    "gen_ai.usage.cache_creation.input_tokens",
)


def _environment(policy: ContentPolicy) -> Mapping[str, str]:
    return {STABILITY_OPT_IN: opt_in(policy)}


def _input_tokens(told: Mapping[str, Any]) -> int | None:
    """Input tokens with those of the cache, which Bedrock and Anthropic count beside the others."""
    given: int | None = told.get(semconv.GEN_AI_USAGE_INPUT_TOKENS)
    if given is None:
        return None
    cached = sum(int(told.get(key) or 0) for key in _CACHED)
    total = told.get("gen_ai.usage.total_tokens")
    beside = total == given + cached + (told.get(semconv.GEN_AI_USAGE_OUTPUT_TOKENS) or 0)
    return (
        given + cached if beside or told.get(semconv.GEN_AI_PROVIDER_NAME) == "anthropic" else given
    )


def _model_call(told: Mapping[str, Any], attributes: dict[str, AttributeValue]) -> None:
    if (count := _input_tokens(told)) is not None:
        attributes[semconv.GEN_AI_USAGE_INPUT_TOKENS] = count
    if written := attributes.pop(_CACHED[1], None):
        attributes[semconv.GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS] = written
    if (first := told.get(_FIRST_TOKEN)) is not None:
        attributes[semconv.GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK] = first / 1000
    said: Any = parsed(told.get(semconv.GEN_AI_OUTPUT_MESSAGES))
    reasons = (
        [each["finish_reason"] for each in said if each.get("finish_reason")]
        if isinstance(said, list)
        else []
    )
    if reasons:
        attributes[semconv.GEN_AI_RESPONSE_FINISH_REASONS] = tuple(reasons)


def _with_roles(messages: object) -> str | None:
    said: Any = parsed(messages)
    return (
        json.dumps([{**each, "role": role(each)} for each in said])
        if isinstance(said, list)
        else None
    )


def _definitions(attribute: object) -> str | None:
    tools: Any = parsed(attribute)
    if not isinstance(tools, list):
        return None
    return json.dumps([
        {
            "type": "function", "name": tool.get("name"), "description": tool.get("description"),
            "parameters": (tool.get("inputSchema") or {}).get("json"),
        }
        for tool in tools
    ])  # fmt: skip


def _normalised(span: ReadableSpan, policy: ContentPolicy) -> ReadableSpan:
    told: Mapping[str, Any] = span.attributes or {}
    operation = told.get(semconv.GEN_AI_OPERATION_NAME)
    attributes: dict[str, AttributeValue] = {
        key: value for key, value in told.items() if key not in _REPEATED
    }
    if attributes.get(semconv.GEN_AI_PROVIDER_NAME) == "strands-agents":
        del attributes[semconv.GEN_AI_PROVIDER_NAME]
    if (said := _with_roles(told.get(semconv.GEN_AI_INPUT_MESSAGES))) is not None:
        attributes[semconv.GEN_AI_INPUT_MESSAGES] = said
    if (tools := _definitions(told.get(semconv.GEN_AI_TOOL_DEFINITIONS))) is not None:
        attributes[semconv.GEN_AI_TOOL_DEFINITIONS] = tools
    name = span.name
    if operation in MODEL_CALLS:
        _model_call(told, attributes)
        name = f"{operation} {told.get(semconv.GEN_AI_REQUEST_MODEL)}"
    else:
        attributes = {
            key: value for key, value in attributes.items() if not key.startswith("gen_ai.usage.")
        }
    if operation == "execute_tool":
        attributes[semconv.GEN_AI_TOOL_TYPE] = "function"
        # The arguments and the result once more.
        for key in (semconv.GEN_AI_INPUT_MESSAGES, semconv.GEN_AI_OUTPUT_MESSAGES):
            attributes.pop(key, None)
    if operation == _CYCLE:
        # A step of the agent, no operation of the conventions; its messages are those of the model call inside.
        attributes = {key: value for key, value in attributes.items() if key not in CONTENT}
        del attributes[semconv.GEN_AI_OPERATION_NAME]
    return changed(span, governed(with_error_type(span, attributes), policy), name)


def _switch(telemetry: Telemetry) -> Undo:
    return normalise(_SCOPE, lambda span: _normalised(span, telemetry.content))


LIBRARY = Library(
    "strands",
    "strands-agents",
    "strands",
    "1.0",
    switch=_switch,
    environment=_environment,
    native=True,
)
