"""OpenTelemetry's conventions: the newest names, the older ones, one event a message, and pydantic-ai's."""

from __future__ import annotations

from collections.abc import Mapping

from opentelemetry.util.types import AttributeValue

from . import ANSWER, CALL, DOCUMENTS, QUERY, QUESTION, RESULT, SYSTEM, Step, dumps

_ASKED = {"role": "user", "parts": [{"type": "text", "content": QUESTION}]}
_CALLS = {
    "role": "assistant",
    "parts": [{"type": "tool_call", "id": "c1", "name": "get_order", "arguments": CALL}],
}
_TOLD = {"role": "tool", "parts": [{"type": "tool_call_response", "id": "c1", "response": RESULT}]}
_SAYS = {"role": "assistant", "parts": [{"type": "text", "content": ANSWER}]}


def _call(usage: Mapping[str, AttributeValue], finish: str) -> dict[str, AttributeValue]:
    return {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "openai",
        "gen_ai.request.model": "gpt-4o",
        "gen_ai.response.model": "gpt-4o-2024-08-06",
        "gen_ai.response.finish_reasons": [finish],
        "gen_ai.system_instructions": dumps([{"type": "text", "content": SYSTEM}]),
        **usage,
    }


def _around(agent: Mapping[str, AttributeValue], first: Step, second: Step) -> list[Step]:
    return [
        Step("agent", None, {"gen_ai.operation.name": "invoke_agent", "gen_ai.agent.name": "support", "gen_ai.conversation.id": "s-1", "user.id": "ann", **agent}),
        first,
        Step("tool", "agent", {"gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": "get_order", "gen_ai.tool.call.id": "c1",
            "gen_ai.tool.call.arguments": dumps(CALL), "gen_ai.tool.call.result": dumps(RESULT)}),
        Step("embedding", "agent", {"gen_ai.operation.name": "embeddings", "gen_ai.provider.name": "openai",
            "gen_ai.request.model": "text-embedding-3-small", "gen_ai.usage.input_tokens": 8}),
        Step("retrieval", "agent", {"gen_ai.operation.name": "retrieval", "gen_ai.retrieval.query.text": QUERY, "gen_ai.retrieval.documents": dumps(DOCUMENTS)}),
        second,
    ]  # fmt: skip


NEWEST = _around(
    # As strands does: what the calls used, once more.
    {"gen_ai.usage.input_tokens": 2200, "gen_ai.usage.output_tokens": 80},
    Step(
        "first",
        "agent",
        _call(
            {
                "gen_ai.usage.input_tokens": 1000,
                "gen_ai.usage.output_tokens": 50,
                "gen_ai.usage.reasoning.output_tokens": 20,
                "gen_ai.input.messages": dumps([_ASKED]),
                "gen_ai.output.messages": dumps([_CALLS]),
            },
            "tool_calls",
        ),
    ),
    Step(
        "second",
        "agent",
        _call(
            {
                "gen_ai.usage.input_tokens": 1200,
                "gen_ai.usage.output_tokens": 30,
                "gen_ai.usage.cache_read.input_tokens": 1024,
                "gen_ai.usage.reasoning.output_tokens": 10,
                "gen_ai.input.messages": dumps([_ASKED, _CALLS, _TOLD]),
                "gen_ai.output.messages": dumps([_SAYS]),
            },
            "stop",
        ),
    ),
)

_OLDER = {"gen_ai.operation.name": "chat", "gen_ai.system": "openai", "gen_ai.request.model": "gpt-4o", "gen_ai.response.model": "gpt-4o-2024-08-06"}  # fmt: skip
_SYSTEM_EVENT = ("gen_ai.system.message", {"content": SYSTEM})
_USER_EVENT = ("gen_ai.user.message", {"content": QUESTION})
_OPENAI_CALLS = dumps([{"id": "c1", "type": "function", "function": {"name": "get_order", "arguments": dumps(CALL)}}])  # fmt: skip

OLDER = _around(
    {},
    Step(
        "first",
        "agent",
        _OLDER | {"gen_ai.usage.prompt_tokens": 1000, "gen_ai.usage.completion_tokens": 50, "gen_ai.usage.reasoning_tokens": 20, "gen_ai.response.finish_reasons": ["tool_calls"]},
        (_SYSTEM_EVENT, _USER_EVENT, ("gen_ai.choice", {"index": 0, "finish_reason": "tool_calls", "message": dumps({"role": "assistant", "tool_calls": [{"id": "c1", "type": "function", "function": {"name": "get_order", "arguments": dumps(CALL)}}]})})),
    ),
    Step(
        "second",
        "agent",
        _OLDER | {"gen_ai.usage.prompt_tokens": 1200, "gen_ai.usage.completion_tokens": 30, "gen_ai.usage.cache_read_input_tokens": 1024, "gen_ai.usage.reasoning_tokens": 10, "gen_ai.response.finish_reasons": ["stop"]},
        (
            _SYSTEM_EVENT,
            _USER_EVENT,
            ("gen_ai.assistant.message", {"tool_calls": _OPENAI_CALLS}),
            ("gen_ai.tool.message", {"id": "c1", "content": dumps(RESULT)}),
            ("gen_ai.choice", {"index": 0, "finish_reason": "stop", "message": dumps({"role": "assistant", "content": ANSWER})}),
        ),
    ),
)  # fmt: skip

# A run's usage stands under names of its own, its messages under one.
PYDANTIC_AI = _around(
    {
        "agent_name": "support",
        "model_name": "gpt-4o",
        "gen_ai.aggregated_usage.input_tokens": 2200,
        "gen_ai.aggregated_usage.output_tokens": 80,
        "pydantic_ai.all_messages": dumps([_ASKED, _CALLS, _TOLD, _SAYS]),
    },
    Step(
        "first",
        "agent",
        _call(
            {
                "gen_ai.usage.input_tokens": 1000,
                "gen_ai.usage.output_tokens": 50,
                "gen_ai.usage.details.reasoning_tokens": 20,
                "operation.cost": 0.003,
                "gen_ai.input.messages": dumps([_ASKED]),
                "gen_ai.output.messages": dumps([_CALLS]),
            },
            "tool_calls",
        ),
    ),
    Step(
        "second",
        "agent",
        _call(
            {
                "gen_ai.usage.input_tokens": 1200,
                "gen_ai.usage.output_tokens": 30,
                "gen_ai.usage.details.cache_read_tokens": 1024,
                "gen_ai.usage.details.reasoning_tokens": 10,
                "operation.cost": 0.00202,
                "gen_ai.input.messages": dumps([_ASKED, _CALLS, _TOLD]),
                "gen_ai.output.messages": dumps([_SAYS]),
            },
            "stop",
        ),
    ),
)
