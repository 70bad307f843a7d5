"""OpenAI's responses API, as other libraries took it over: what is asked, and what comes back, whole or streamed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .. import semconv
from ..messages import (
    chat_message,
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


def responses(asked: Mapping[str, Any], provider: str | None, base_url: object) -> Operation:
    """The operation of a call with the arguments `asked`."""
    model = text_of(asked.get("model"))
    previous, conversation = (
        given(asked.get("previous_response_id")),
        given(asked.get("conversation")),
    )
    level = value_of(given(asked.get("reasoning")), "effort")
    return Operation(
        "chat",
        model,
        provider,
        {
            semconv.GEN_AI_REQUEST_MODEL: model,
            semconv.GEN_AI_REQUEST_PREVIOUS_RESPONSE_ID: previous,
            semconv.GEN_AI_CONVERSATION_ID: conversation
            if isinstance(conversation, str)
            else value_of(conversation, "id"),
            semconv.GEN_AI_REQUEST_REASONING_LEVEL: level,
            **server(base_url),
            **parameters(asked),
        },
        lambda: {
            semconv.GEN_AI_SYSTEM_INSTRUCTIONS: content_parts(given(asked.get("instructions")))
            or None,
            semconv.GEN_AI_INPUT_MESSAGES: input_messages(given(asked.get("input"))),
            semconv.GEN_AI_TOOL_DEFINITIONS: tool_definitions(given(asked.get("tools"))),
        },
    )


def input_messages(asked: Any) -> list[dict[str, object]]:
    """`input=` of a response, a text or items, as messages."""
    if isinstance(asked, str):
        return [message("user", [text(asked)])]
    return [item_message(each) for each in asked or ()]


def item_message(item: Any, finish_reason: str | None = None) -> dict[str, object]:
    """One item of a response's input or output, as a message."""
    match value_of(item, "type"):
        case "function_call" | "custom_tool_call":
            arguments = value_of(item, "arguments")
            arguments = value_of(item, "input") if arguments is None else arguments
            return message(
                "assistant",
                [tool_call(value_of(item, "call_id"), value_of(item, "name"), arguments)],
                finish_reason,
            )
        case "function_call_output" | "custom_tool_call_output":
            return message(
                "tool", [tool_call_response(value_of(item, "call_id"), value_of(item, "output"))]
            )
        case "reasoning":
            thoughts = [*(value_of(item, "summary") or ()), *(value_of(item, "content") or ())]
            return message(
                "assistant",
                [reasoning(value_of(each, "text", "")) for each in thoughts],
                finish_reason,
            )
        case "message" | None:
            return chat_message(item, finish_reason)
        case kind:
            call = {
                "type": "server_tool_call",
                "id": value_of(item, "id"),
                "name": kind,
                "server_tool_call": item,
            }
            return message("assistant", [call], finish_reason)


def responded(result: Any) -> Answer:
    """What a response says."""
    used = value_of(result, "usage")
    asked, told = value_of(used, "input_tokens_details"), value_of(used, "output_tokens_details")
    status = value_of(result, "status")
    reason = value_of(value_of(result, "incomplete_details"), "reason") or (
        "stop" if status == "completed" else status
    )
    tokens = {} if used is None else usage(
        value_of(used, "input_tokens"),
        value_of(used, "output_tokens"),
        cache_read=value_of(asked, "cached_tokens"),
        cache_write=value_of(asked, "cache_write_tokens"),
        reasoning=value_of(told, "reasoning_tokens"),
    )  # fmt: skip
    return Answer(
        {
            semconv.GEN_AI_RESPONSE_ID: value_of(result, "id"),
            semconv.GEN_AI_RESPONSE_MODEL: value_of(result, "model"),
            semconv.GEN_AI_RESPONSE_FINISH_REASONS: finish_reasons([reason]),
            semconv.OPENAI_RESPONSE_SERVICE_TIER: value_of(result, "service_tier"),
            **tokens,
        },
        lambda: {
            semconv.GEN_AI_OUTPUT_MESSAGES: [
                item_message(each, reason) for each in value_of(result, "output") or ()
            ]
        },
        error=value_of(value_of(result, "error"), "code"),
    )


class ResponseFold:
    """The events of a response's stream; its last one holds the whole response."""

    def __init__(self) -> None:
        self._response: Any = None

    def add(self, event: Any) -> None:
        self._response = value_of(event, "response") or self._response

    def answer(self) -> Answer:
        return Answer() if self._response is None else responded(self._response)
