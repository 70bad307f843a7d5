"""A GenAI span as people read it: the store's promoted columns, and content as the reader of its dialect finds it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from ...answers.gen_ai import GenAi
from ..attributes import texts
from . import langfuse, mlflow, openinference, openllmetry, semconv, vercel
from .content import Content, Said
from .messages import json_value, messages, parts_of

__all__ = ["gen_ai", "messages", "parts_of"]

_READERS: dict[str, Callable[[Said], Content]] = {
    "openinference": openinference.read,
    "openllmetry": openllmetry.read,
    "mlflow": mlflow.read,
    "vercel": vercel.read,
    "langfuse": langfuse.read,
}
"""By `GenAiDialect`; what a dialect does not say is looked for under OpenTelemetry's names."""


def gen_ai(row: dict[str, Any]) -> GenAi | None:
    """The GenAI side of a row with `span_columns`; None where the span has none."""
    attributes = defaultdict(str, texts(row["SpanAttributes"]))
    events = [
        (name, texts(pairs))
        for name, pairs in zip(row["Events.Name"], row["Events.Attributes"], strict=True)
    ]
    is_gen_ai = row["GenAiOperation"] or any(key.startswith("gen_ai.") for key in attributes)
    if not is_gen_ai and not any(name.startswith("gen_ai.") for name, _ in events):
        return None
    said = Said(row["GenAiOperation"], attributes, events)
    content = semconv.read(said)
    if reader := _READERS.get(row["GenAiDialect"]):
        content = reader(said).or_else(content)
    _settle(content)
    return GenAi(
        dialect=row["GenAiDialect"],
        operation=row["GenAiOperation"],
        provider=row["GenAiProvider"],
        request_model=row["GenAiRequestModel"],
        response_model=row["GenAiResponseModel"],
        response_id=attributes["gen_ai.response.id"] or attributes["ai.response.id"],
        service_tier=row["GenAiServiceTier"],
        input_tokens=row["GenAiInputTokens"],
        output_tokens=row["GenAiOutputTokens"],
        cache_read_tokens=row["GenAiCacheReadTokens"],
        cache_write_tokens=row["GenAiCacheWriteTokens"],
        cache_write_1h_tokens=row["GenAiCacheWrite1hTokens"],
        reasoning_tokens=row["GenAiReasoningTokens"],
        input_audio_tokens=row["GenAiInputAudioTokens"],
        output_audio_tokens=row["GenAiOutputAudioTokens"],
        time_to_first_chunk=float(row["GenAiTimeToFirstChunk"]),
        finish_reasons=content.finish_reasons
        or [m.finish_reason for m in content.outputs if m.finish_reason],
        conversation_id=row["SessionId"],
        user_id=row["UserId"],
        agent_name=row["GenAiAgentName"],
        tool_name=row["GenAiToolName"],
        tool_call_id=content.tool_call_id,
        tool_arguments=content.tool_arguments,
        tool_result=content.tool_result,
        system_instructions=content.system,
        input_messages=content.inputs,
        output_messages=content.outputs,
        tool_definitions=content.tools,
        query=content.query,
        documents=content.documents,
    )


def _settle(content: Content) -> None:
    """What dialects write in two ways is one way: instructions apart, arguments and results as values."""
    instructions = [m for m in content.inputs if m.role == "system"]
    if instructions and not content.system:
        content.system = [part for message in instructions for part in message.parts]
        content.inputs = [m for m in content.inputs if m.role != "system"]
    for message in (*content.inputs, *content.outputs):
        for part in message.parts:
            part.arguments = _value(part.arguments)
            part.response = _value(part.response)


def _value(value: Any) -> Any:
    """The list or object of a JSON text; any other value, and any other text, as it is."""
    if isinstance(value, str) and value[:1] in ("{", "["):
        found = json_value(value)
        return found if isinstance(found, dict | list) else value
    return value
