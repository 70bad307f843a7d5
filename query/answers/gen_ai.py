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

    dialect: str = Field(
        default="",
        description="gen_ai, openinference, openllmetry, mlflow, vercel or langfuse: whose attributes the span has",
    )
    operation: str
    provider: str
    request_model: str
    response_model: str
    response_id: str = ""
    service_tier: str = ""
    input_tokens: int = Field(description="all of them, cached ones included")
    output_tokens: int = Field(description="all of them, reasoning included")
    cache_read_tokens: int
    cache_write_tokens: int
    cache_write_1h_tokens: int = Field(default=0, description="of those written to a cache")
    reasoning_tokens: int
    input_audio_tokens: int = 0
    output_audio_tokens: int = 0
    time_to_first_chunk: float = Field(default=0, description="seconds; 0 where it is not known")
    finish_reasons: list[str]
    conversation_id: str = Field(description="the session, by whatever name")
    user_id: str = ""
    agent_name: str
    tool_name: str
    tool_call_id: str
    tool_arguments: str
    tool_result: str
    system_instructions: list[Part]
    input_messages: list[Message]
    output_messages: list[Message]
    tool_definitions: list[Any]
    query: str = Field(default="", description="of a retrieval")
    documents: list[Any] = Field(default=[], description="retrieved or ranked")
