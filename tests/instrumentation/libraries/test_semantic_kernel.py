"""Semantic Kernel against the fake provider: its own spans of agents and functions, and the calls of their models."""

from __future__ import annotations

import json
from typing import Any

import pytest
from openai import AsyncOpenAI
from semantic_kernel.agents import ChatCompletionAgent
from semantic_kernel.connectors.ai.open_ai import (
    OpenAIChatCompletion,
    OpenAIChatPromptExecutionSettings,
)
from semantic_kernel.connectors.ai.open_ai.services.open_ai_chat_completion_base import (
    OpenAIChatCompletionBase,
)
from semantic_kernel.contents import ChatHistory
from semantic_kernel.functions import kernel_function
from semantic_kernel.utils.telemetry.agent_diagnostics import decorators

from spanhouse.instrumentation.instrument import uninstrument
from spanhouse.instrumentation.testing import Captured, captured
from tests.instrumentation.provider import Provider


class Sky:
    @kernel_function(description="Tell the weather.")
    def weather(self, city: str) -> str:
        return "sunny"


def service(provider: Provider) -> OpenAIChatCompletion:
    client = AsyncOpenAI(base_url=f"{provider.url}/v1", api_key="test-key", max_retries=0)
    return OpenAIChatCompletion("gpt-4o", async_client=client)


def agent(provider: Provider) -> ChatCompletionAgent:
    return ChatCompletionAgent(
        name="helper", service=service(provider), plugins=[Sky()], instructions="Be brief."
    )


def tree(telemetry: Captured) -> list[tuple[str, str | None]]:
    """Each span with its parent's name, in the order of their ends."""
    spans = telemetry.written()
    named = {span["id"]: span["name"] for span in spans}
    return [(span["name"], named.get(span["parent"])) for span in spans]


def calls(telemetry: Captured) -> list[dict[str, Any]]:
    return [span["attributes"] for span in telemetry.written() if span["name"].startswith("chat ")]


WITH_TOOL = [
    ("chat gpt-4o", "AutoFunctionInvocationLoop"), ("execute_tool Sky-weather", "AutoFunctionInvocationLoop"),
    ("chat gpt-4o", "AutoFunctionInvocationLoop"), ("AutoFunctionInvocationLoop", "invoke_agent helper"),
    ("invoke_agent helper", None),
]  # fmt: skip


async def test_an_agent_its_function_and_the_calls_of_its_model_are_one_trace(
    provider: Provider, telemetry: Captured
) -> None:
    assert str(telemetry.report["semantic_kernel"]) == "native"
    response = await agent(provider).get_response("Ask Sky-weather, please")
    assert str(response.message) == "It says: sunny"
    assert tree(telemetry) == WITH_TOOL
    assert len(provider.log) == 2
    used = [
        (each["gen_ai.usage.input_tokens"], each["gen_ai.usage.output_tokens"])
        for each in calls(telemetry)
    ]
    assert used == [(7, 3)] * 2
    spans = telemetry.written()
    assert spans[1] == {
        "name": "execute_tool Sky-weather",
        "kind": "INTERNAL",
        "id": spans[1]["id"],
        "parent": spans[3]["id"],
        "status": "UNSET",
        "attributes": {
            "gen_ai.operation.name": "execute_tool",
            "gen_ai.tool.name": "Sky-weather",
            "gen_ai.tool.type": "function",
            "gen_ai.tool.description": "Tell the weather.",
            "gen_ai.tool.call.id": "call_1",
            "gen_ai.tool.call.arguments": '{"city":"Paris"}',
            "gen_ai.tool.call.result": "sunny",
        },
        "events": [],
    }
    attributes = spans[4]["attributes"]
    assert attributes.pop("gen_ai.agent.id")
    assert json.loads(attributes.pop("gen_ai.tool.definitions"))[0]["name"] == "Sky-weather"
    assert '"content":"It says: sunny"' in attributes.pop("gen_ai.output.messages")
    assert attributes == {
        "gen_ai.operation.name": "invoke_agent",
        "gen_ai.agent.name": "helper",
        "gen_ai.input.messages": '[{"role":"user","parts":[{"type":"text","content":"Ask Sky-weather, please"}]}]',
    }


async def test_a_streamed_agent_has_the_same_trace(provider: Provider, telemetry: Captured) -> None:
    parts = [
        str(part.message) async for part in agent(provider).invoke_stream("Ask Sky-weather, please")
    ]
    assert "".join(parts).endswith("It says: sunny")
    assert sorted(name for name, _ in tree(telemetry)) == sorted(name for name, _ in WITH_TOOL)
    used = [
        (each["gen_ai.usage.input_tokens"], each["gen_ai.usage.output_tokens"])
        for each in calls(telemetry)
    ]
    assert used == [(7, 3)] * 2
    assert len(provider.log) == 2


async def test_without_the_sdk_s_spans_the_connector_tells_the_call(provider: Provider) -> None:
    history = ChatHistory()
    history.add_user_message("Hello")
    settings = OpenAIChatPromptExecutionSettings(temperature=0.5)
    with captured(exclude=["openai"]) as telemetry:
        await service(provider).get_chat_message_contents(history, settings)
        async for _ in service(provider).get_streaming_chat_message_contents(history, settings):
            pass
        whole, streamed = calls(telemetry)
    assert whole == {
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
        "gen_ai.input.messages": '[{"role":"user","parts":[{"type":"text","content":"Hello"}]}]',
        "gen_ai.output.messages": (
            '[{"role":"assistant","parts":[{"type":"text","content":"You said: Hello"}],"finish_reason":"stop"}]'
        ),
    }
    assert streamed["gen_ai.request.stream"] is True
    assert (streamed["gen_ai.usage.input_tokens"], streamed["gen_ai.usage.output_tokens"]) == (7, 3)
    assert streamed["gen_ai.output.messages"] == whole["gen_ai.output.messages"]


async def test_an_error_of_the_provider_is_told_by_call_and_agent(
    provider: Provider, telemetry: Captured
) -> None:
    with pytest.raises(Exception, match="asked to fail"):
        await agent(provider).get_response("Please fail")
    told = {
        span["name"]: (span["status"], span["attributes"].get("error.type"))
        for span in telemetry.written()
    }
    assert told["chat gpt-4o"] == ("ERROR", "openai.BadRequestError")
    assert told["invoke_agent helper"][0] == "ERROR"
    assert told["invoke_agent helper"][1]


async def test_without_content_no_text_is_written(provider: Provider) -> None:
    with captured(content=False) as telemetry:
        await agent(provider).get_response("Ask Sky-weather today, please")
        assert len(telemetry.spans()) == 5
        assert "today" not in json.dumps(telemetry.written())
        assert "sunny" not in json.dumps(telemetry.written())


def test_uninstrument_restores_the_library(provider: Provider) -> None:
    with captured():
        assert decorators.MODEL_DIAGNOSTICS_SETTINGS.enable_otel_diagnostics
        uninstrument()
        assert not decorators.MODEL_DIAGNOSTICS_SETTINGS.enable_otel_diagnostics
        assert (
            type(OpenAIChatCompletionBase._inner_get_chat_message_contents).__name__ == "function"
        )
