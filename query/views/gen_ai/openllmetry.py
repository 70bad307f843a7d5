"""OpenLLMetry (Traceloop): `gen_ai.prompt.0.content`, and whole inputs and outputs of tools and workflows as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...answers.gen_ai import Message, Part
from .content import Content, Said, sub_indexed
from .messages import as_text, json_value, message, parts_of


def read(said: Said) -> Content:
    """The content of a span."""
    attributes = said.attributes
    entity_input = json_value(attributes["traceloop.entity.input"])
    entity_output = json_value(attributes["traceloop.entity.output"])
    if said.operation == "execute_tool":
        return Content(
            tool_arguments=_text(_inside(entity_input, ("kwargs", "inputs", "input_str"))),
            tool_result=_text(_inside(entity_output, ("output", "outputs"))),
        )
    answers = said.indexed("gen_ai.completion")
    reasons = [item["finish_reason"] for item in answers if item.get("finish_reason")]
    content = Content(
        inputs=[_message(item, "user") for item in said.indexed("gen_ai.prompt")],
        outputs=[_message(item, "assistant") for item in answers],
        tools=[_tool(item) for item in said.indexed("llm.request.functions")],
        finish_reasons=reasons,
    )
    if said.operation in ("invoke_agent", "invoke_workflow", "task", "chain"):
        content = content.or_else(
            Content(inputs=_whole(entity_input, "user"), outputs=_whole(entity_output, "assistant"))
        )
    return content


def _message(item: Mapping[str, str], role: str) -> Message:
    role = item.get("role") or role
    if role == "tool":
        response = Part(
            type="tool_call_response", id=item.get("tool_call_id"), response=item.get("content")
        )
        return Message(role=role, parts=[response])
    calls = [
        Part(
            type="tool_call",
            id=call.get("id"),
            name=call.get("name"),
            arguments=call.get("arguments"),
        )
        for call in sub_indexed(item, "tool_calls")
    ]
    text = item.get("content", "")
    value = json_value(text)
    parts = parts_of(value if isinstance(value, list) else text)
    thought = (
        parts_of({"type": "reasoning", "content": item["reasoning"]}) if "reasoning" in item else []
    )
    return Message(
        role=role, parts=thought + parts + calls, finish_reason=item.get("finish_reason")
    )


def _tool(item: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {"type": "function", **item}
    if "parameters" in found:
        found["parameters"] = json_value(found["parameters"])
    return found


def _inside(value: Any, keys: tuple[str, ...]) -> Any:
    """What the first of these keys holds that is not empty; the value itself where there is none."""
    if isinstance(value, dict):
        for key in keys:
            if value.get(key) not in (None, "", {}, []):
                return value[key]
    return value


def _whole(value: Any, role: str) -> list[Message]:
    if isinstance(value, dict):
        value = _inside(value, ("inputs", "outputs", "kwargs", "output"))
        if isinstance(value, dict) and isinstance(value.get("messages"), list):
            return [message(item, role) for item in value["messages"]]
    return [Message(role=role, parts=parts_of(_text(value)))] if value is not None else []


def _text(value: Any) -> str:
    return as_text(value) or ""
