"""Pydantic AI: its own spans under the canonical names, one model call per request whatever SDK is traced beneath."""

from __future__ import annotations

import json
from importlib import import_module
from typing import Any

import pytest

from spanhouse.instrumentation.testing import Captured, captured
from tests.instrumentation.provider import Provider
from tests.instrumentation.spans import hold_usage, model_calls

pydantic_ai = pytest.importorskip("pydantic_ai")


def _agent() -> Any:
    from openai import AsyncOpenAI

    # A client of its own per test: the SDK's connections belong to the event loop they were made in.
    sdk = import_module("pydantic_ai.providers.openai").OpenAIProvider(
        openai_client=AsyncOpenAI(max_retries=0)
    )
    model = import_module("pydantic_ai.models.openai").OpenAIChatModel("gpt-4o", provider=sdk)
    agent = pydantic_ai.Agent(model, name="helper", instructions="Be brief.")

    @agent.tool_plain  # type: ignore[untyped-decorator, unused-ignore]
    def weather(city: str) -> str:
        return f"sunny in {city}"

    return agent


def _holds_the_provider_s_usage(telemetry: Captured, requests: int) -> None:
    hold_usage(
        telemetry.written(),
        requests,
        {
            "input_tokens": 7,
            "output_tokens": 3,
            "cache_read.input_tokens": 2,
            "reasoning.output_tokens": 1,
        },
    )


def test_a_run_with_a_tool_is_an_agent_two_model_calls_and_the_tool(
    provider: Provider, telemetry: Captured
) -> None:
    assert _agent().run_sync("what weather?").output == "It says: sunny in Paris"
    assert len(provider.log) == 2
    _holds_the_provider_s_usage(telemetry, 2)
    first, tool, second, agent = telemetry.written()
    assert [each["name"] for each in (first, tool, second, agent)] == [
        "chat gpt-4o", "execute_tool weather", "chat gpt-4o", "invoke_agent helper",
    ]  # fmt: skip
    assert {each["parent"] for each in (first, tool, second)} == {agent["id"]}
    assert json.loads(second["attributes"]["gen_ai.input.messages"])[1:] == [
        {
            "role": "assistant", "finish_reason": "tool_call",
            "parts": [{"type": "tool_call", "id": "call_1", "name": "weather", "arguments": {"city": "Paris"}}],
        },
        {
            "role": "tool",
            "parts": [{"type": "tool_call_response", "id": "call_1", "name": "weather", "response": "sunny in Paris"}],
        },
    ]  # fmt: skip
    # Made anew by each run.
    for each in (tool, agent):
        assert each["attributes"].pop("gen_ai.agent.call.id")
        assert each["attributes"].pop("gen_ai.conversation.id")
    assert [tool, agent] == [
        {
            "name": "execute_tool weather", "kind": "INTERNAL", "id": 3, "parent": 1, "status": "UNSET", "events": [],
            "attributes": {
                "gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": "weather", "gen_ai.tool.call.id": "call_1",
                "gen_ai.agent.name": "helper", "gen_ai.tool.call.arguments": '{"city":"Paris"}',
                "gen_ai.tool.call.result": "sunny in Paris",
            },
        },
        {
            "name": "invoke_agent helper", "kind": "INTERNAL", "id": 1, "parent": None, "status": "UNSET", "events": [],
            "attributes": {
                "gen_ai.operation.name": "invoke_agent", "gen_ai.agent.name": "helper",
                "gen_ai.system_instructions": '[{"type":"text","content":"Be brief."}]',
                "gen_ai.input.messages": (
                    '[{"role":"user","parts":[{"type":"text","content":"what weather?"}]},'
                    '{"role":"assistant","parts":[{"type":"tool_call","id":"call_1","name":"weather",'
                    '"arguments":{"city":"Paris"}}],"finish_reason":"tool_call"},'
                    '{"role":"tool","parts":[{"type":"tool_call_response","id":"call_1","name":"weather",'
                    '"response":"sunny in Paris"}]}]'
                ),
                "gen_ai.output.messages": (
                    '[{"role":"assistant","parts":[{"type":"text","content":"It says: sunny in Paris"}],'
                    '"finish_reason":"stop"}]'
                ),
            },
        },
    ]  # fmt: skip


async def test_an_asynchronous_and_a_streamed_run_are_told_alike(
    provider: Provider, telemetry: Captured
) -> None:
    await _agent().run("hello")
    async with _agent().run_stream("hello") as streamed:
        assert [each async for each in streamed.stream_text()][-1] == "You said: hello"
    assert len(provider.log) == 2
    _holds_the_provider_s_usage(telemetry, 2)


async def test_an_error_goes_on_to_the_program(provider: Provider, telemetry: Captured) -> None:
    with pytest.raises(pydantic_ai.ModelHTTPError):
        await _agent().run("please fail")
    (call,) = model_calls(telemetry.written())
    assert (call["status"], call["attributes"]["error.type"]) == (
        "ERROR",
        "pydantic_ai.exceptions.ModelRequestRejectedError",
    )
    assert len(provider.log) == 1


async def test_embeddings_are_told_once(provider: Provider, telemetry: Captured) -> None:
    await pydantic_ai.Embedder("openai:text-embedding-3-small").embed_query("hello")
    (call,) = model_calls(telemetry.written())
    assert call["name"] == "embeddings text-embedding-3-small"
    assert call["attributes"]["gen_ai.usage.input_tokens"] == 7
    assert len(provider.log) == 1


async def test_a_model_whose_sdk_tells_its_calls_natively_is_told_once(
    provider: Provider, telemetry: Captured
) -> None:
    model = import_module("pydantic_ai.models.anthropic").AnthropicModel("claude-x")
    await pydantic_ai.Agent(model, name="helper").run("hello")
    (call,) = model_calls(telemetry.written())
    assert call["attributes"]["gen_ai.usage.input_tokens"] == 7
    sdk = next(each for each in telemetry.written() if each["parent"] == call["id"])
    assert sdk["attributes"]["spanhouse.repeats"] is True
    assert "hello" not in str(sdk)
    assert len(provider.log) == 1


async def test_secrets_are_removed_from_what_the_library_writes(
    provider: Provider, telemetry: Captured
) -> None:
    await _agent().run("my key is sk-abcdefghijklmnopqrstuvwxyz")
    assert "sk-abc" not in str(telemetry.written())
    assert "[key removed]" in str(telemetry.written())


async def test_with_content_off_no_text_is_written(provider: Provider) -> None:
    with captured(content=False) as telemetry:
        await _agent().run("what weather?")
        assert len(model_calls(telemetry.written())) == 2
        for text in ("sunny", "Paris", "what weather", "Be brief"):
            assert text not in str(telemetry.written())


async def test_uninstrument_switches_the_library_s_spans_off(provider: Provider) -> None:
    with captured() as telemetry:
        assert str(telemetry.report["pydantic_ai"]) == "native"
    await _agent().run("hello")
    assert telemetry.spans() == []
    assert pydantic_ai.Agent._instrument_default is False
