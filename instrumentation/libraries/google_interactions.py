"""Gemini's interactions, as google-genai 3 asks for them: an input, and steps that answer it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .. import semconv
from ..content import blob
from ..engine import Call, Target
from ..messages import (
    content_parts,
    message,
    reasoning,
    text,
    tool_call,
    tool_call_response,
    tool_definitions,
    value_of,
)
from ..operation import Answer, Operation
from ..usage import usage
from .openai_chat import finish_reasons, given, parameters, server, text_of

_PARAMETERS: Mapping[str, str] = {
    "temperature": semconv.GEN_AI_REQUEST_TEMPERATURE,
    "top_p": semconv.GEN_AI_REQUEST_TOP_P,
    "seed": semconv.GEN_AI_REQUEST_SEED,
    "max_output_tokens": semconv.GEN_AI_REQUEST_MAX_TOKENS,
    "thinking_level": semconv.GEN_AI_REQUEST_REASONING_LEVEL,
}


def _begin(call: Call) -> Operation:
    request = given(call.kwargs.get("request"))
    asked = call.kwargs if request is None else value_of(request, "body", request)
    model, agent = text_of(value_of(asked, "model")), text_of(value_of(asked, "agent"))
    config = value_of(asked, "generation_config")
    told = {key: value_of(config, key) for key in _PARAMETERS}
    return Operation(
        "invoke_agent" if model is None and agent else "generate_content",
        model or agent,
        "gcp.gemini",
        {
            semconv.GEN_AI_REQUEST_MODEL: model,
            semconv.GEN_AI_AGENT_NAME: agent,
            **server(value_of(value_of(call.instance, "sdk_configuration"), "server_url")),
            semconv.GEN_AI_REQUEST_PREVIOUS_RESPONSE_ID: text_of(
                value_of(asked, "previous_interaction_id")
            ),
            **parameters(
                {
                    **told,
                    "stop": value_of(config, "stop_sequences"),
                    "stream": value_of(asked, "stream"),
                },
                _PARAMETERS,
            ),
        },
        lambda: {
            semconv.GEN_AI_SYSTEM_INSTRUCTIONS: content_parts(
                text_of(value_of(asked, "system_instruction"))
            )
            or None,
            semconv.GEN_AI_INPUT_MESSAGES: _asked(value_of(asked, "input")),
            semconv.GEN_AI_TOOL_DEFINITIONS: tool_definitions(value_of(asked, "tools")),
        },
    )


def _asked(told: Any) -> list[dict[str, object]]:
    """The messages of an input: a text, a content, or a list of contents or steps."""
    items = told if isinstance(told, list | tuple) else [told]
    messages: list[dict[str, object]] = []
    for item in items:
        match value_of(item, "type"):
            case "model_output" | "function_call" | "thought":
                messages.append(message("assistant", _parts(item)))
            case "function_result":
                messages.append(message("tool", _parts(item)))
            case "user_input":
                messages.append(message("user", _parts(item)))
            case _:
                messages.append(message("user", [_content(item)]))
    return messages


def _parts(step: Any) -> list[dict[str, object]]:
    match value_of(step, "type"):
        case "model_output" | "user_input":
            content = value_of(step, "content") or ()
            return [_content(each) for each in ([content] if isinstance(content, str) else content)]
        case "thought":
            return [
                reasoning(value_of(each, "text") or "") for each in value_of(step, "summary") or ()
            ]
        case "function_call":
            named = value_of(step, "id"), value_of(step, "name")
            return [tool_call(*named, value_of(step, "arguments"))]
        case "function_result":
            return [tool_call_response(value_of(step, "call_id"), value_of(step, "result"))]
        case kind:
            call = {"type": kind, "content": step}
            named = value_of(step, "id") or value_of(step, "call_id")
            return [
                {"type": "server_tool_call", "id": named, "name": kind, "server_tool_call": call}
            ]


def _content(item: Any) -> dict[str, object]:
    if isinstance(item, str):
        return text(item)
    kind = value_of(item, "type")
    if kind == "text" or kind is None:
        return text(value_of(item, "text") or "")
    if (uri := value_of(item, "uri")) is not None:
        return {
            "type": "uri",
            "modality": kind,
            "uri": uri,
            "mime_type": value_of(item, "mime_type"),
        }
    data, mime_type = value_of(item, "data") or "", value_of(item, "mime_type")
    return blob(
        kind, data if isinstance(data, bytes) else str(data), mime_type or f"{kind}/unknown"
    )


def _tokens(used: Any) -> dict[str, int | None]:
    asked, said = value_of(used, "total_input_tokens"), value_of(used, "total_output_tokens")
    thought = value_of(used, "total_thought_tokens")
    tools = value_of(used, "total_tool_use_tokens") or 0
    return usage(
        None if asked is None else asked + tools,
        # Thoughts are counted beside the answer, as in generateContent; the conventions count them within it.
        None if said is None else said + (thought or 0),
        cache_read=value_of(used, "total_cached_tokens"),
        reasoning=thought,
    )


def _answered(told: Any) -> Answer:
    status = value_of(told, "status")
    reason = None if status is None else str(getattr(status, "value", status))
    steps = [
        each for each in value_of(told, "steps") or () if value_of(each, "type") != "user_input"
    ]
    return Answer(
        {
            semconv.GEN_AI_RESPONSE_ID: value_of(told, "id"),
            semconv.GEN_AI_RESPONSE_MODEL: text_of(value_of(told, "model")),
            semconv.GEN_AI_RESPONSE_FINISH_REASONS: finish_reasons([reason]),
            **_tokens(value_of(told, "usage")),
        },
        lambda: {
            semconv.GEN_AI_OUTPUT_MESSAGES: [
                message("assistant", [part for step in steps for part in _parts(step)], reason)
            ]
        },
        error=reason if reason in ("failed", "budget_exceeded") else None,
    )


class _Fold:
    """The events of a stream, put together; the last interaction that they hold has usage and status."""

    def __init__(self) -> None:
        self._told: dict[str, Any] = {}
        self._steps: dict[int, dict[str, Any]] = {}

    def add(self, event: Any) -> None:
        """Take an event."""
        if (held := value_of(event, "interaction")) is not None:
            for key in ("id", "model", "status", "usage"):
                if (value := value_of(held, key)) is not None:
                    self._told[key] = value
        index = value_of(event, "index") or 0
        if (step := value_of(event, "step")) is not None:
            names = ("type", "id", "name", "call_id", "result")
            self._steps[index] = {name: value_of(step, name) for name in names}
        if (delta := value_of(event, "delta")) is not None:
            self._extend(self._steps.setdefault(index, {"type": "model_output"}), delta)

    @staticmethod
    def _extend(step: dict[str, Any], delta: Any) -> None:
        match value_of(delta, "type"):
            case "text":
                content = step.setdefault("content", [{"type": "text", "text": ""}])
                content[-1]["text"] += value_of(delta, "text") or ""
            case "arguments_delta":
                step["arguments"] = step.get("arguments", "") + (value_of(delta, "arguments") or "")
            case "thought_summary":
                step.setdefault("summary", []).append(value_of(delta, "content"))

    def answer(self) -> Answer:
        """What was said so far."""
        return _answered(
            {**self._told, "steps": [self._steps[index] for index in sorted(self._steps)]}
        )


TARGETS = [
    Target("google.genai._gaos.interactions", f"{prefix}Interactions.create", _begin, _answered, _Fold, optional=True)
    for prefix in ("", "Async")
]  # fmt: skip
