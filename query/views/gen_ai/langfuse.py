"""Langfuse: an observation's input and output as JSON or text, whatever their shape."""

from __future__ import annotations

from typing import Any

from ...answers.gen_ai import Message
from .content import Content, Said
from .messages import as_list, as_text, json_value, message, parts_of


def read(said: Said) -> Content:
    """The content of a span."""
    written_in = said.attributes["langfuse.observation.input"]
    written_out = said.attributes["langfuse.observation.output"]
    asked, answered = json_value(written_in), json_value(written_out)
    if said.operation == "execute_tool":
        return Content(tool_arguments=written_in, tool_result=written_out)
    if said.operation in ("retrieval", "rerank"):
        return Content(query=as_text(asked) or "", documents=as_list(answered))
    content = Content(inputs=_messages(asked, "user"), outputs=_messages(answered, "assistant"))
    if isinstance(asked, dict):
        content.tools = as_list(asked.get("tools"))
        content.system = parts_of(asked.get("system"))
    return content


def _messages(value: Any, role: str) -> list[Message]:
    if isinstance(value, dict):
        if isinstance(value.get("messages"), list):
            value = value["messages"]
        elif "role" in value or "content" in value:
            return [message(value, role)]
    if isinstance(value, list):
        return [message(item, role) for item in value]
    return [] if value is None else [Message(role=role, parts=parts_of(as_text(value)))]
