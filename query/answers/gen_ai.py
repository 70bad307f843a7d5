"""A GenAI span's conversation in the shape of the OpenTelemetry semantic conventions' message schemas."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


def _absent() -> Any:
    """A field that is left out of the answer while it is None."""
    return Field(default=None, exclude_if=lambda value: value is None)


class Part(BaseModel):
    """A part of a message. `type` says which other fields there are: text and reasoning have `content`, tool_call
    `id`, `name` and `arguments`, tool_call_response `id` and `response`; others are carried as they came."""

    model_config = ConfigDict(extra="allow")

    type: str
    content: Any = _absent()
    id: str | None = _absent()
    name: str | None = _absent()
    arguments: Any = _absent()
    response: Any = _absent()


class Message(BaseModel):
    """What one participant said."""

    role: str
    parts: list[Part]
    finish_reason: str | None = _absent()
    name: str | None = _absent()


class GenAi(BaseModel):
    """What a GenAI span says of its call; "" and 0 where it does not."""

    operation: str
    provider: str
    request_model: str
    response_model: str
    input_tokens: int
    output_tokens: int
    cache_read_tokens: int
    cache_write_tokens: int
    reasoning_tokens: int
    finish_reasons: list[str]
    conversation_id: str
    agent_name: str
    tool_name: str
    tool_call_id: str
    tool_arguments: str
    tool_result: str
    system_instructions: list[Part]
    input_messages: list[Message]
    output_messages: list[Message]
    tool_definitions: list[Any]
