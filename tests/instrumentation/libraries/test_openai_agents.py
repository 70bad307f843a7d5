"""OpenAI Agents: a run is one trace, and each request of the provider one model call, by whatever API and client."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from spanhouse.instrumentation.operation import MODEL_CALLS
from spanhouse.instrumentation.testing import Captured, captured
from tests.instrumentation.provider import Provider

agents = pytest.importorskip("agents")
# Its own listener sends each trace to api.openai.com.
agents.set_trace_processors([])


@agents.function_tool  # type: ignore[untyped-decorator, unused-ignore]
def weather(city: str) -> str:
    """The weather of a city."""
    return f"sunny in {city}"


def _agent(**settings: Any) -> Any:
    from openai import AsyncOpenAI

    # A client of its own per test: the SDK's connections belong to the event loop they were made in.
    model = agents.OpenAIResponsesModel("gpt-4o", AsyncOpenAI(max_retries=0))
    return agents.Agent("helper", **{"model": model, **settings})


def _calls(telemetry: Captured) -> list[dict[str, Any]]:
    return [
        each
        for each in telemetry.written()
        if each["attributes"]["gen_ai.operation.name"] in MODEL_CALLS
    ]


def _holds_the_provider_s_usage(telemetry: Captured, requests: int) -> None:
    calls = _calls(telemetry)
    assert len(calls) == requests
    for call in calls:
        assert call["attributes"]["gen_ai.usage.input_tokens"] == 7
        assert call["attributes"]["gen_ai.usage.output_tokens"] == 3
        assert call["attributes"]["gen_ai.usage.cache_read.input_tokens"] == 2
        assert call["attributes"]["gen_ai.usage.reasoning.output_tokens"] == 1
    others = [each for each in telemetry.written() if each not in calls]
    assert not [
        key for each in others for key in each["attributes"] if key.startswith("gen_ai.usage.")
    ]


def test_a_run_with_a_tool_is_a_workflow_of_an_agent_two_model_calls_and_the_tool(
    provider: Provider, telemetry: Captured
) -> None:
    with agents.trace("weather desk", group_id="conversation-1"):
        answer = agents.Runner.run_sync(_agent(tools=[weather]), "what weather?")
    assert answer.final_output == "It says: sunny in Paris"
    _holds_the_provider_s_usage(telemetry, len(provider.log))
    first, tool, second, agent, workflow = telemetry.written()
    assert [first["name"], second["name"]] == ["chat gpt-4o", "chat gpt-4o"]
    assert [first["parent"], second["parent"]] == [agent["id"], agent["id"]]
    assert [tool, agent, workflow] == [
        {
            "name": "execute_tool weather", "kind": "INTERNAL", "id": 4, "parent": 2, "status": "UNSET", "events": [],
            "attributes": {
                "gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": "weather", "gen_ai.tool.type": "function",
                "gen_ai.tool.call.arguments": '{"city":"Paris"}', "gen_ai.tool.call.result": "sunny in Paris",
            },
        },
        {
            "name": "invoke_agent helper", "kind": "INTERNAL", "id": 2, "parent": 1, "status": "UNSET", "events": [],
            "attributes": {"gen_ai.operation.name": "invoke_agent", "gen_ai.agent.name": "helper"},
        },
        {
            "name": "invoke_workflow weather desk", "kind": "INTERNAL", "id": 1, "parent": None, "status": "UNSET",
            "events": [],
            "attributes": {
                "gen_ai.operation.name": "invoke_workflow", "gen_ai.workflow.name": "weather desk",
                "gen_ai.conversation.id": "conversation-1",
            },
        },
    ]  # fmt: skip


async def test_an_asynchronous_and_a_streamed_run_are_told_alike(
    provider: Provider, telemetry: Captured
) -> None:
    await agents.Runner.run(_agent(), "hello")
    streamed = agents.Runner.run_streamed(_agent(), "hello")
    assert [each.type async for each in streamed.stream_events()]
    assert streamed.final_output == "You said: hello"
    _holds_the_provider_s_usage(telemetry, 2)
    names = Counter(each["name"] for each in telemetry.written())
    assert names == {
        "chat gpt-4o": 2,
        "invoke_agent helper": 2,
        "invoke_workflow Agent workflow": 2,
    }
    assert len(provider.log) == 2


async def test_chat_completions_are_told_once(provider: Provider, telemetry: Captured) -> None:
    from openai import AsyncOpenAI

    await agents.Runner.run(
        _agent(model=agents.OpenAIChatCompletionsModel("gpt-4o", AsyncOpenAI())), "hello"
    )
    _holds_the_provider_s_usage(telemetry, 1)
    assert len(provider.log) == 1


async def test_without_the_sdk_s_spans_the_library_s_own_tell_the_model_call(
    provider: Provider,
) -> None:
    with captured(include=["openai_agents"]) as telemetry:
        await agents.Runner.run(_agent(), "hello")
        _holds_the_provider_s_usage(telemetry, len(provider.log))


async def test_a_handoff_names_both_agents(provider: Provider, telemetry: Captured) -> None:
    other = agents.Agent("specialist", model=_agent().model)
    await agents.Runner.run(_agent(handoffs=[other]), "transfer_to_specialist")
    handoff = next(each for each in telemetry.written() if each["name"] == "handoff")
    assert handoff["attributes"] == {
        "gen_ai.operation.name": "handoff", "gen_ai.agent.name": "helper", "spanhouse.handoff.to": "specialist",
    }  # fmt: skip
    assert [each["name"] for each in telemetry.written()].count("invoke_agent specialist") == 1
    assert len(_calls(telemetry)) == len(provider.log) == 2


async def test_an_error_goes_on_to_the_program(provider: Provider, telemetry: Captured) -> None:
    from openai import BadRequestError

    with pytest.raises(BadRequestError):
        await agents.Runner.run(_agent(), "please fail")
    (call,) = _calls(telemetry)
    assert call["status"] == "ERROR"
    assert call["attributes"]["error.type"] == "openai.BadRequestError"
    assert len(provider.log) == 1


async def test_with_content_off_no_text_is_written(provider: Provider) -> None:
    with captured(content=False) as telemetry:
        await agents.Runner.run(_agent(tools=[weather]), "what weather?")
        assert len(_calls(telemetry)) == 2
        assert "sunny" not in str(telemetry.written())
        assert "Paris" not in str(telemetry.written())


async def test_uninstrument_takes_our_listener_away(provider: Provider) -> None:
    with captured() as telemetry:
        pass
    await agents.Runner.run(_agent(), "hello")
    assert telemetry.spans() == []
    assert agents.tracing.get_trace_provider()._multi_processor._processors == ()
