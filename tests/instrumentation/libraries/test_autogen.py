"""AutoGen against the fake provider: its own spans of agents and tools, teams, and the calls of their models."""

from __future__ import annotations

import json
import os
from typing import Any

import pytest
from autogen_agentchat.agents import AssistantAgent
from autogen_agentchat.conditions import MaxMessageTermination
from autogen_agentchat.teams import RoundRobinGroupChat
from autogen_agentchat.teams._group_chat._base_group_chat import BaseGroupChat
from autogen_core.models import UserMessage
from autogen_ext.models.openai import OpenAIChatCompletionClient

from spanhouse.instrumentation.instrument import uninstrument
from spanhouse.instrumentation.testing import Captured, captured
from tests.instrumentation.provider import Provider


def client(provider: Provider) -> OpenAIChatCompletionClient:
    return OpenAIChatCompletionClient(
        model="gpt-4o", base_url=f"{provider.url}/v1", api_key="test-key", max_retries=0
    )


async def weather(city: str) -> str:
    """Tell the weather."""
    return "sunny"


def tree(telemetry: Captured) -> list[tuple[str, str | None]]:
    """Each span with its parent's name, in the order of their ends."""
    spans = telemetry.written()
    named = {span["id"]: span["name"] for span in spans}
    return [(span["name"], named.get(span["parent"])) for span in spans]


def calls(telemetry: Captured) -> list[dict[str, Any]]:
    return [span["attributes"] for span in telemetry.written() if span["name"].startswith("chat ")]


async def test_an_agent_its_tool_and_the_calls_of_its_model_are_one_trace(
    provider: Provider, telemetry: Captured
) -> None:
    assert str(telemetry.report["autogen"]) == "native"
    agent = AssistantAgent(
        "helper",
        client(provider),
        tools=[weather],
        reflect_on_tool_use=True,
        description="knows the weather",
    )
    telemetry.clear()
    result = await agent.run(task="What is the weather?")
    assert result.messages[-1].to_text() == "It says: sunny"
    assert tree(telemetry) == [
        ("chat gpt-4o", "invoke_agent helper"), ("execute_tool weather", "invoke_agent helper"),
        ("chat gpt-4o", "invoke_agent helper"), ("invoke_agent helper", None),
    ]  # fmt: skip
    assert len(provider.log) == 2
    assert [
        (each["gen_ai.usage.input_tokens"], each["gen_ai.usage.output_tokens"])
        for each in calls(telemetry)
    ] == [(7, 3)] * 2
    spans = telemetry.written()
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
            "gen_ai.tool.description": "Tell the weather.",
            "gen_ai.tool.call.id": "call_1",
        },
        "events": [],
    }
    assert spans[3] == {
        "name": "invoke_agent helper",
        "kind": "INTERNAL",
        "id": 1,
        "parent": None,
        "status": "UNSET",
        "attributes": {
            "gen_ai.operation.name": "invoke_agent",
            "gen_ai.agent.name": "helper",
            "gen_ai.agent.description": "knows the weather",
        },
        "events": [],
    }


async def test_a_team_is_one_trace_without_the_runtime_s_spans(
    provider: Provider, telemetry: Captured
) -> None:
    agents: list[Any] = [AssistantAgent(name, client(provider)) for name in ("one", "two")]
    telemetry.clear()
    await RoundRobinGroupChat(
        agents, termination_condition=MaxMessageTermination(3), name="duo"
    ).run(task="Hello")
    told = tree(telemetry)
    assert ("invoke_workflow duo", None) in told
    assert [each for each in told if each[0].startswith("invoke_agent")] == [
        ("invoke_agent one", "invoke_workflow duo"), ("invoke_agent two", "invoke_workflow duo")
    ]  # fmt: skip
    assert [each for each in told if each[0].startswith("chat")] == [
        ("chat gpt-4o", "invoke_agent one"), ("chat gpt-4o", "invoke_agent two")
    ]  # fmt: skip
    assert len(told) == 5
    workflow = next(
        span["attributes"] for span in telemetry.written() if span["name"] == "invoke_workflow duo"
    )
    assert (
        workflow["gen_ai.input.messages"]
        == '[{"role":"user","parts":[{"type":"text","content":"Hello"}]}]'
    )
    assert json.loads(workflow["gen_ai.output.messages"])[0]["name"] == "two"
    assert len(provider.log) == 2


async def test_a_streamed_model_call_has_one_span_with_its_usage(
    provider: Provider, telemetry: Captured
) -> None:
    asked = [UserMessage(content="Hello", source="user")]
    parts = [
        part
        async for part in client(provider).create_stream(
            asked, extra_create_args={"stream_options": {"include_usage": True}}
        )
    ]
    assert parts[-1].content == "You said: Hello"
    (call,) = calls(telemetry)
    assert (
        call["gen_ai.usage.input_tokens"],
        call["gen_ai.usage.output_tokens"],
        len(provider.log),
    ) == (7, 3, 1)


async def test_without_the_sdk_s_spans_the_client_tells_the_call(provider: Provider) -> None:
    with captured(exclude=["openai"]) as telemetry:
        asked = [UserMessage(content="Hello", source="user")]
        await client(provider).create(asked)
        async for _ in client(provider).create_stream(asked):
            pass
        whole, streamed = calls(telemetry)
    assert whole == {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "openai",
        "gen_ai.request.model": "gpt-4o",
        "gen_ai.response.finish_reasons": ["stop"],
        "gen_ai.usage.input_tokens": 7,
        "gen_ai.usage.output_tokens": 3,
        "gen_ai.input.messages": '[{"role":"user","parts":[{"type":"text","content":"Hello"}],"name":"user"}]',
        "gen_ai.output.messages": '[{"role":"assistant","parts":[{"type":"text","content":"You said: Hello"}],"finish_reason":"stop"}]',
    }
    assert streamed["gen_ai.request.stream"] is True


async def test_an_error_of_the_provider_is_told_by_call_and_agent(
    provider: Provider, telemetry: Captured
) -> None:
    agent = AssistantAgent("helper", client(provider))
    with pytest.raises(Exception, match="asked to fail"):
        await agent.run(task="Please fail")
    told = {
        span["name"]: (span["status"], span["attributes"].get("error.type"))
        for span in telemetry.written()
    }
    assert told["chat gpt-4o"] == ("ERROR", "openai.BadRequestError")
    assert told["invoke_agent helper"] == ("ERROR", "BadRequestError")


async def test_without_content_no_text_is_written(provider: Provider) -> None:
    with captured(content=False) as telemetry:
        agents: list[Any] = [AssistantAgent("one", client(provider), tools=[weather])]
        await RoundRobinGroupChat(agents, termination_condition=MaxMessageTermination(2)).run(
            task="What is the weather today?"
        )
        assert len(telemetry.spans()) == 5
        assert "today" not in json.dumps(telemetry.written())
        assert "sunny" not in json.dumps(telemetry.written())


def test_uninstrument_restores_the_library(provider: Provider) -> None:
    with captured():
        assert os.environ["AUTOGEN_DISABLE_RUNTIME_TRACING"] == "true"
        uninstrument()
        assert "AUTOGEN_DISABLE_RUNTIME_TRACING" not in os.environ
        assert type(BaseGroupChat.run_stream).__name__ == "function"
        assert type(OpenAIChatCompletionClient.create).__name__ == "function"
