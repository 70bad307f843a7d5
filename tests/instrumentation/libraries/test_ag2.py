"""AG2 against the fake provider: agents, tools, and the calls of their models."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ag2 import Agent
from ag2.config import OpenAIConfig

from spanhouse.instrumentation.instrument import uninstrument
from spanhouse.instrumentation.testing import Captured, captured
from tests.instrumentation.provider import Provider


def weather(city: str) -> str:
    """Tell the weather."""
    return "sunny"


def agent(provider: Provider, **settings: Any) -> Agent:
    config = OpenAIConfig(
        model="gpt-4o", base_url=f"{provider.url}/v1", api_key="test-key", max_retries=0, **settings
    )
    return Agent("helper", "Be brief.", config=config, tools=[weather])


async def test_an_agent_its_tool_and_the_calls_of_its_model_are_one_trace(
    provider: Provider, telemetry: Captured
) -> None:
    reply = await agent(provider).ask("What is the weather?")
    assert reply.response.content == "It says: sunny"
    spans = telemetry.written()
    assert [(span["name"], span["parent"]) for span in spans] == [
        ("chat gpt-4o", 1), ("execute_tool weather", 1), ("chat gpt-4o", 1), ("invoke_agent helper", None)
    ]  # fmt: skip
    assert len(provider.log) == 2
    calls = [span["attributes"] for span in spans if span["name"] == "chat gpt-4o"]
    assert [
        (each["gen_ai.usage.input_tokens"], each["gen_ai.usage.output_tokens"]) for each in calls
    ] == [(7, 3)] * 2
    assert spans[1] == {
        "name": "execute_tool weather",
        "kind": "INTERNAL",
        "id": 3,
        "parent": 1,
        "status": "UNSET",
        "attributes": {
            "gen_ai.operation.name": "execute_tool",
            "gen_ai.tool.name": "weather",
            "gen_ai.tool.type": "function",
            "gen_ai.tool.call.id": "call_1",
            "gen_ai.tool.call.arguments": '{"city":"Paris"}',
            "gen_ai.tool.call.result": "sunny",
        },
        "events": [],
    }
    assert len(spans[3]["attributes"].pop("gen_ai.conversation.id")) == 36
    assert spans[3] == {
        "name": "invoke_agent helper",
        "kind": "INTERNAL",
        "id": 1,
        "parent": None,
        "status": "UNSET",
        "attributes": {
            "gen_ai.operation.name": "invoke_agent",
            "gen_ai.agent.name": "helper",
            "gen_ai.request.model": "gpt-4o",
            "gen_ai.system_instructions": '[{"type":"text","content":"Be brief."}]',
            "gen_ai.input.messages": '[{"role":"user","parts":[{"type":"text","content":"What is the weather?"}]}]',
            "gen_ai.output.messages": (
                '[{"role":"assistant","parts":[{"type":"text","content":"It says: sunny"}],"finish_reason":"stop"}]'
            ),
        },
        "events": [],
    }


async def test_a_streamed_answer_has_one_span_with_its_usage(
    provider: Provider, telemetry: Captured
) -> None:
    reply = await agent(provider, streaming=True).ask("Hello")
    assert reply.response.content == "You said: Hello"
    call, run = telemetry.written()
    assert (call["name"], run["name"], len(provider.log)) == (
        "chat gpt-4o",
        "invoke_agent helper",
        1,
    )
    assert (
        call["attributes"]["gen_ai.usage.input_tokens"],
        call["attributes"]["gen_ai.usage.output_tokens"],
    ) == (7, 3)


async def test_the_turns_of_a_conversation_share_its_id(
    provider: Provider, telemetry: Captured
) -> None:
    reply = await agent(provider).ask("Hello")
    await reply.ask("And now?")
    ids = [
        span["attributes"]["gen_ai.conversation.id"]
        for span in telemetry.written()
        if "agent" in span["name"]
    ]
    assert len(ids) == 2
    assert len(set(ids)) == 1


async def test_without_the_sdk_s_spans_ag2_s_middleware_tells_the_call(provider: Provider) -> None:
    with captured(exclude=["openai"]) as telemetry:
        await agent(provider, temperature=0.5).ask("Hello")
        call, _ = telemetry.written()
    assert call["attributes"].pop("server.port") == int(provider.url.rpartition(":")[2])
    assert call["attributes"] == {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "openai",
        "gen_ai.request.model": "gpt-4o",
        "gen_ai.request.temperature": 0.5,
        "gen_ai.response.id": "chatcmpl-1",
        "gen_ai.response.model": "gpt-4o-2024-11-20",
        "gen_ai.response.finish_reasons": ["stop"],
        "gen_ai.usage.input_tokens": 7,
        "gen_ai.usage.output_tokens": 3,
        "gen_ai.usage.cache_read.input_tokens": 2,
        "gen_ai.usage.reasoning.output_tokens": 1,
        "server.address": "127.0.0.1",
        "gen_ai.input.messages": '[{"role":"user","parts":[{"type":"text","content":"Hello"}]}]',
        "gen_ai.output.messages": (
            '[{"role":"assistant","parts":[{"type":"text","content":"You said: Hello"}],"finish_reason":"stop"}]'
        ),
    }


async def test_errors_of_the_provider_and_of_a_tool_are_told(
    provider: Provider, telemetry: Captured
) -> None:
    with pytest.raises(Exception, match="asked to fail"):
        await agent(provider).ask("Please fail")
    call, run = telemetry.written()
    assert call["attributes"]["error.type"] == "openai.BadRequestError"
    assert (run["status"], run["attributes"]["error.type"]) == ("ERROR", "openai.BadRequestError")


async def test_without_content_no_text_is_written(provider: Provider) -> None:
    with captured(content=False) as telemetry:
        await agent(provider).ask("What is the weather today?")
        assert len(telemetry.spans()) == 4
        assert "today" not in json.dumps(telemetry.written())
        assert "sunny" not in json.dumps(telemetry.written())


def test_uninstrument_restores_the_library(provider: Provider) -> None:
    with captured():
        uninstrument()
        assert type(Agent._drive_scope).__name__ == "function"
