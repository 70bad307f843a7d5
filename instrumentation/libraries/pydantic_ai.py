"""Pydantic AI: agents, tools, model calls, embeddings; by its own spans, for agents not instrumented already.

    from pydantic_ai import Agent
    import spanhouse

    spanhouse.instrument()
    Agent("openai:gpt-4o").run_sync("Hello")

A model call is told by the library, and not once more by the provider's SDK beneath it.
"""

from __future__ import annotations

import json
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from .. import semconv
from ..engine import NOTHING, Library, Undo
from ..messages import parsed
from ..native import changed, governed, normalise, role, with_error_type

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import ReadableSpan
    from opentelemetry.util.types import AttributeValue

    from ..content import ContentPolicy
    from ..telemetry import Telemetry

_SCOPE: Final = "pydantic-ai"
_REASONING: Final = "gen_ai.usage.details.reasoning_tokens"
_DROPPED: Final = (
    "logfire.",
    "gen_ai.usage.details.",
    "gen_ai.aggregated_usage.",
    "pydantic_ai.cache.",
)
"""For its maker's own page, or what the conventions' attributes say already."""
_REPEATED: Final = frozenset(
    {
        "gen_ai.system",
        "model_name",
        "agent_name",
        "final_result",
        "pydantic_ai.all_messages",
        "operation.cost",
    }
)
_MESSAGES: Final = (semconv.GEN_AI_INPUT_MESSAGES, semconv.GEN_AI_OUTPUT_MESSAGES)


def _part(part: Any) -> Any:
    match part.get("type"):
        case "tool_call":
            return {**part, "arguments": parsed(part.get("arguments"))}
        case "tool_call_response" if "result" in part:
            return {
                **{key: value for key, value in part.items() if key != "result"},
                "response": part["result"],
            }
    return part


def _messages(text: object) -> list[dict[str, Any]]:
    said = parsed(text)
    return [_message(each) for each in said] if isinstance(said, list) else []


def _message(said: dict[str, Any]) -> dict[str, Any]:
    return {**said, "role": role(said), "parts": [_part(part) for part in said.get("parts", ())]}


def _normalised(span: ReadableSpan, policy: ContentPolicy) -> ReadableSpan:
    told = dict(span.attributes or {})
    attributes: dict[str, AttributeValue] = {
        key: value
        for key, value in told.items()
        if key not in _REPEATED and not key.startswith(_DROPPED)
    }
    if (thought := told.get(_REASONING)) is not None:
        attributes[semconv.GEN_AI_USAGE_REASONING_OUTPUT_TOKENS] = thought
    for key in _MESSAGES:
        if key in attributes:
            attributes[key] = json.dumps(_messages(attributes[key]))
    if (said := _messages(told.get("pydantic_ai.all_messages"))) and _MESSAGES[0] not in attributes:
        answered = len(said) - (said[-1].get("role") == "assistant")
        attributes[semconv.GEN_AI_INPUT_MESSAGES] = json.dumps(said[:answered])
        attributes[semconv.GEN_AI_OUTPUT_MESSAGES] = json.dumps(said[answered:])
    return changed(span, governed(with_error_type(span, attributes), policy))


def _switch(telemetry: Telemetry) -> Undo:
    stop = normalise(_SCOPE, lambda span: _normalised(span, telemetry.content))
    switched = [_instrument(kind, telemetry) for kind in _instrumented()]

    def undo() -> None:
        for back in switched:
            back()
        stop()

    return undo


def _instrumented() -> list[Any]:
    """The classes with an `instrument_all`."""
    kinds = [import_module("pydantic_ai").Agent]
    for module, name in (("pydantic_ai.embeddings", "Embedder"),):
        try:
            kinds.append(getattr(import_module(module), name))
        except (ImportError, AttributeError):
            continue
    return kinds


def _instrument(kind: Any, telemetry: Telemetry) -> Undo:
    if kind._instrument_default is not False:
        return NOTHING
    content = bool(telemetry.content.spans)
    settings = import_module("pydantic_ai.models.instrumented").InstrumentationSettings(
        include_content=content,
        include_binary_content=False,
        include_model_request_parameters=False,
    )
    kind.instrument_all(settings)

    def undo() -> None:
        if kind._instrument_default is settings:
            kind.instrument_all(False)

    return undo


LIBRARY = Library(
    "pydantic_ai", "pydantic-ai-slim", "pydantic_ai", "2.0", switch=_switch, native=True
)
