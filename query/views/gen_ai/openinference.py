"""OpenInference (Phoenix): lists flattened into numbered attributes, `llm.input_messages.0.message.content`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...answers.gen_ai import Message, Part
from .content import Content, Said, sub_indexed
from .messages import as_list, json_value, message, parts_of


def read(said: Said) -> Content:
    """The content of a span."""
    attributes = said.attributes
    if said.operation == "execute_tool":
        return Content(
            tool_call_id=attributes["tool.id"] or attributes["tool_call.id"],
            tool_arguments=attributes["input.value"] or attributes["tool.parameters"],
            tool_result=attributes["output.value"],
        )
    content = Content(
        inputs=[_message(item, "user") for item in said.indexed("llm.input_messages")],
        outputs=[_message(item, "assistant") for item in said.indexed("llm.output_messages")],
        tools=[json_value(item.get("tool.json_schema", "")) for item in said.indexed("llm.tools")],
        finish_reasons=[attributes["llm.finish_reason"]] if attributes["llm.finish_reason"] else [],
        documents=[
            _document(item)
            for item in said.indexed("retrieval.documents") or said.indexed("reranker.output_documents")
        ],
    )  # fmt: skip
    if said.operation in ("retrieval", "rerank"):
        content.query = attributes["reranker.query"] or attributes["input.value"]
        return content
    return content.or_else(
        Content(
            inputs=_whole(attributes["input.value"], "user"),
            outputs=_whole(attributes["output.value"], "assistant"),
        )
    )


def _message(item: Mapping[str, str], role: str) -> Message:
    role = item.get("message.role") or role
    calls = [
        Part(
            type="tool_call",
            id=call.get("tool_call.id"),
            name=call.get("tool_call.function.name"),
            arguments=call.get("tool_call.function.arguments"),
        )
        for call in sub_indexed(item, "message.tool_calls")
    ]
    content = item.get("message.content")
    if role == "tool":
        identity = item.get("message.tool_call_id")
        return Message(
            role=role, parts=[Part(type="tool_call_response", id=identity, response=content)]
        )
    parts = [_part(part) for part in sub_indexed(item, "message.contents")]
    return Message(role=role, parts=(parts or parts_of(content)) + calls)


def _part(item: Mapping[str, str]) -> Part:
    kind = item.get("message_content.type", "text")
    if kind in ("text", "reasoning"):
        return Part(type=kind, content=item.get("message_content.text", ""))
    return Part(
        type=kind, **{key.removeprefix("message_content."): v for key, v in item.items() if not key.endswith(".type")}
    )  # fmt: skip


def _document(item: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {key.removeprefix("document."): value for key, value in item.items()}
    if "score" in found:
        found["score"] = json_value(found["score"])
    return found


def _whole(text: str, role: str) -> list[Message]:
    """Of a span without messages: its value, which may hold some."""
    value = json_value(text)
    if isinstance(value, dict) and isinstance(value.get("messages"), list):
        return [message(item, role) for item in value["messages"]]
    return [Message(role=role, parts=parts_of(text))] if as_list(value) else []
