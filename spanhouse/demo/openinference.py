"""The same conversations as OpenInference writes them: what programs instrumented for Phoenix send."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from opentelemetry.util.types import AttributeValue

from .plan import Step

_KINDS = {
    "invoke_agent": "AGENT",
    "chat": "LLM",
    "execute_tool": "TOOL",
    "embeddings": "EMBEDDING",
    "retrieval": "RETRIEVER",
}

_SAME = {
    "gen_ai.agent.name": "agent.name",
    "gen_ai.conversation.id": "session.id",
    "user.id": "user.id",
    "gen_ai.provider.name": "llm.provider",
    "gen_ai.request.model": "llm.model_name",
    "gen_ai.usage.input_tokens": "llm.token_count.prompt",
    "gen_ai.usage.output_tokens": "llm.token_count.completion",
    "gen_ai.usage.cache_read.input_tokens": "llm.token_count.prompt_details.cache_read",
    "gen_ai.usage.cache_write.input_tokens": "llm.token_count.prompt_details.cache_write",
    "gen_ai.usage.reasoning.output_tokens": "llm.token_count.completion_details.reasoning",
    "gen_ai.tool.name": "tool.name",
    "gen_ai.tool.call.id": "tool.id",
    "gen_ai.tool.call.arguments": "input.value",
    "gen_ai.tool.call.result": "output.value",
}


def in_openinference(step: Step) -> Step:
    """A step and all inside it, in the other dialect; what is not GenAI stays."""
    children = tuple((at, in_openinference(child)) for at, child in step.children)
    kind = _KINDS.get(str(step.attributes.get("gen_ai.operation.name", "")))
    if kind is None:
        return replace(step, children=children)
    attributes: dict[str, AttributeValue] = {"openinference.span.kind": kind}
    for key, value in step.attributes.items():
        if same := _SAME.get(key):
            attributes[same] = value
        elif not key.startswith("gen_ai."):
            attributes[key] = value
    system = json.loads(str(step.attributes.get("gen_ai.system_instructions", "[]")))
    inputs = json.loads(str(step.attributes.get("gen_ai.input.messages", "[]")))
    outputs = json.loads(str(step.attributes.get("gen_ai.output.messages", "[]")))
    if system:
        inputs = [{"role": "system", "parts": system}, *inputs]
    attributes |= _messages("llm.input_messages", inputs) | _messages(
        "llm.output_messages", outputs
    )
    return replace(step, attributes=attributes, children=children)


def _messages(prefix: str, messages: list[dict[str, Any]]) -> dict[str, AttributeValue]:
    found: dict[str, AttributeValue] = {}
    for number, message in enumerate(messages):
        start = f"{prefix}.{number}.message"
        found[f"{start}.role"] = message["role"]
        calls = 0
        for part in message["parts"]:
            match part["type"]:
                case "text":
                    found[f"{start}.content"] = part["content"]
                case "tool_call":
                    call = f"{start}.tool_calls.{calls}.tool_call"
                    calls += 1
                    found[f"{call}.id"] = part["id"]
                    found[f"{call}.function.name"] = part["name"]
                    found[f"{call}.function.arguments"] = json.dumps(part["arguments"])
                case "tool_call_response":
                    found[f"{start}.tool_call_id"] = part["id"]
                    found[f"{start}.content"] = json.dumps(part["response"])
    return found
