"""OpenTelemetry's conventions: messages as JSON on the span, on the event that stands for it, or one event each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...answers.gen_ai import Message
from .content import Content, Said
from .messages import as_list, as_text, json_value, message, messages, parts_of, words

_EVENT_ROLES = {
    "gen_ai.system.message": "system",
    "gen_ai.user.message": "user",
    "gen_ai.assistant.message": "assistant",
    "gen_ai.tool.message": "tool",
}
_CHOICE = "gen_ai.choice"
# The whole body of such an event as one JSON attribute.
_EVENT_BODY = "gen_ai.event.content"
# Carries the attributes of a span when these were too large for it.
_DETAILS = "gen_ai.client.inference.operation.details"


# pydantic-ai's agent runs, the AI SDK of Logfire, ADK.
_OTHER_INPUTS = ("pydantic_ai.all_messages", "all_messages_events", "events")


def read(said: Said) -> Content:
    """The content of a span, by the attributes of any version of the conventions."""
    attributes = said.attributes
    for name, found in said.events:
        if name == _DETAILS:
            attributes.update({key: found[key] for key in found if key not in attributes})
    content = Content(
        system=parts_of(json_value(attributes["gen_ai.system_instructions"])),
        inputs=messages(attributes["gen_ai.input.messages"], "user"),
        outputs=messages(attributes["gen_ai.output.messages"], "assistant"),
        tools=as_list(json_value(attributes["gen_ai.tool.definitions"])),
        finish_reasons=words(attributes["gen_ai.response.finish_reasons"])
        or words(attributes["gen_ai.response.finish_reason"])
        or words(attributes["anthropic.message.stop_reason"]),
        tool_call_id=attributes["gen_ai.tool.call.id"],
        tool_arguments=attributes["gen_ai.tool.call.arguments"] or attributes["tool_arguments"],
        tool_result=attributes["gen_ai.tool.call.result"] or attributes["tool_response"],
        query=attributes["gen_ai.retrieval.query.text"],
        documents=as_list(json_value(attributes["gen_ai.retrieval.documents"])),
    )
    if not content.inputs and not content.outputs:
        content = content.or_else(_of_events(said.events))
    if not content.inputs and not content.outputs:
        content = content.or_else(_of_logfire(attributes))
    return content


def _of_logfire(attributes: Mapping[str, str]) -> Content:
    """pydantic-ai writes a run as one list of messages, Logfire's own clients a request and a response."""
    for key in _OTHER_INPUTS:
        if found := messages(attributes.get(key, ""), "user"):
            answers = found[-1:] if found[-1].role == "assistant" else []
            return Content(inputs=found[: len(found) - len(answers)], outputs=answers)
    request = json_value(attributes.get("request_data", ""))
    response = json_value(attributes.get("response_data", ""))
    content = Content()
    if isinstance(request, dict):
        content.inputs = [message(item, "user") for item in as_list(request.get("messages"))]
        content.system = parts_of(request.get("system"))
        content.tools = as_list(request.get("tools"))
    if isinstance(response, dict) and response.get("message") is not None:
        content.outputs = [message(response["message"], "assistant")]
    return content


def _of_events(events: list[tuple[str, dict[str, str]]]) -> Content:
    content = Content()
    for name, attributes in events:
        if name == _CHOICE:
            content.outputs.append(_choice(_event_body(attributes)))
        elif role := _EVENT_ROLES.get(name):
            content.inputs.append(message(_event_body(attributes), role))
    return content


def _choice(body: dict[str, Any]) -> Message:
    inner = body.get("message")
    if isinstance(inner, str):
        inner = json_value(inner)
    said = message({"role": "assistant"} | body if inner is None else inner, "assistant")
    said.finish_reason = said.finish_reason or as_text(body.get("finish_reason"))
    return said


def _event_body(attributes: dict[str, str]) -> dict[str, Any]:
    body = json_value(attributes.get(_EVENT_BODY, ""))
    if isinstance(body, dict):
        return body
    fields: dict[str, Any] = dict(attributes)
    if body is not None:
        fields["content"] = body
    if "tool_calls" in fields:
        fields["tool_calls"] = json_value(fields["tool_calls"])
    return fields
