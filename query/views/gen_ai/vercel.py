"""The AI SDK of Vercel: the prompt as its provider interface has it, the answer as text and tool calls apart."""

from __future__ import annotations

from typing import Any

from ...answers.gen_ai import Message, Part
from .content import Content, Said
from .messages import as_list, json_value, message, messages, parts_of, words


def read(said: Said) -> Content:
    """The content of a span."""
    attributes = said.attributes
    if said.operation == "execute_tool":
        return Content(
            tool_call_id=attributes["ai.toolCall.id"],
            tool_arguments=attributes["ai.toolCall.args"],
            tool_result=attributes["ai.toolCall.result"],
        )
    content = Content(
        inputs=messages(attributes["ai.prompt.messages"], "user"),
        tools=[_opened(tool) for tool in as_list(json_value(attributes["ai.prompt.tools"]))],
        finish_reasons=words(attributes["ai.response.finishReason"] or attributes["ai.finishReason"]),
        documents=as_list(json_value(attributes["ai.documents"])),
    )  # fmt: skip
    prompt = json_value(attributes["ai.prompt"])
    if isinstance(prompt, dict) and not content.inputs:
        content.system = parts_of(prompt.get("system"))
        content.inputs = [message(item, "user") for item in as_list(prompt.get("messages"))]
        if prompt.get("prompt"):
            content.inputs.append(Message(role="user", parts=parts_of(prompt["prompt"])))
    if not content.inputs:
        values = as_list(json_value(attributes["ai.value"] or attributes["ai.values"]))
        content.inputs = [Message(role="user", parts=parts_of(value)) for value in values]
    content.outputs = _answer(attributes)
    return content


def _opened(value: Any) -> Any:
    """Each tool of the list is JSON in JSON."""
    return json_value(value) if isinstance(value, str) else value


def _answer(attributes: dict[str, str]) -> list[Message]:
    parts: list[Part] = []
    if thought := attributes.get("ai.response.reasoning"):
        parts.append(Part(type="reasoning", content=thought))
    for key in ("ai.response.text", "ai.response.object", "ai.result.text", "ai.result.object"):
        if text := attributes.get(key):
            parts.append(Part(type="text", content=text))
    calls = attributes.get("ai.response.toolCalls") or attributes.get("ai.result.toolCalls") or ""
    for call in as_list(json_value(calls)):
        parts += parts_of(_typed(call))
    return [Message(role="assistant", parts=parts)] if parts else []


def _typed(call: Any) -> Any:
    if not isinstance(call, dict):
        return call
    fields = {key: value for key, value in call.items() if key not in ("type", "toolCallType")}
    return {"type": "tool-call"} | fields
