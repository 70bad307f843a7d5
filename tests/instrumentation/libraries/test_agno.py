"""Agno: a run is an agent with its tools and model calls; one of these per request, whichever layer tells it."""

from __future__ import annotations

from typing import Any

import pytest

from spanhouse.instrumentation.operation import MODEL_CALLS
from spanhouse.instrumentation.testing import Captured, captured
from tests.instrumentation.provider import Provider

agno = pytest.importorskip("agno.agent")
models = pytest.importorskip("agno.models.openai")


def weather(city: str) -> str:
    """The weather of a city."""
    return f"sunny in {city}"


async def later(city: str) -> str:
    """The weather of a city, later."""
    return f"rainy in {city}"


def broken(city: str) -> str:
    """A tool that fails."""
    raise ValueError(f"no such city: {city}")


def _agent(*more: Any) -> Any:
    model = models.OpenAIChat(id="gpt-4o", max_retries=0)
    return agno.Agent(
        name="helper",
        id="helper-1",
        model=model,
        tools=[weather, broken, *more],
        instructions="Be brief.",
    )


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
        usage = {
            key: value
            for key, value in call["attributes"].items()
            if key.startswith("gen_ai.usage.")
        }
        assert usage == {
            "gen_ai.usage.input_tokens": 7, "gen_ai.usage.output_tokens": 3,
            "gen_ai.usage.cache_read.input_tokens": 2, "gen_ai.usage.reasoning.output_tokens": 1,
        }  # fmt: skip
    others = [each for each in telemetry.written() if each not in calls]
    assert not [key for each in others for key in each["attributes"] if "usage" in key]


def test_a_run_with_a_tool_is_an_agent_two_model_calls_and_the_tool(
    provider: Provider, telemetry: Captured
) -> None:
    answer = _agent().run("what weather?", session_id="conversation-1", user_id="me")
    assert (type(answer).__name__, answer.content) == ("RunOutput", "It says: sunny in Paris")
    assert len(provider.log) == 2
    _holds_the_provider_s_usage(telemetry, 2)
    first, tool, second, agent = telemetry.written()
    assert [first["name"], second["name"]] == ["chat gpt-4o"] * 2
    assert [first["parent"], second["parent"]] == [1, 1]
    assert [tool, agent] == [
        {
            "name": "execute_tool weather", "kind": "INTERNAL", "id": 3, "parent": 1, "status": "UNSET", "events": [],
            "attributes": {
                "gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": "weather", "gen_ai.tool.type": "function",
                "gen_ai.tool.description": "The weather of a city.", "gen_ai.tool.call.id": "call_1",
                "gen_ai.tool.call.arguments": '{"city":"Paris"}', "gen_ai.tool.call.result": "sunny in Paris",
            },
        },
        {
            "name": "invoke_agent helper", "kind": "INTERNAL", "id": 1, "parent": None, "status": "UNSET", "events": [],
            "attributes": {
                "gen_ai.operation.name": "invoke_agent", "gen_ai.agent.name": "helper", "gen_ai.agent.id": "helper-1",
                "gen_ai.conversation.id": "conversation-1", "user.id": "me",
                "gen_ai.system_instructions": '[{"type":"text","content":"Be brief."}]',
                "gen_ai.input.messages": '[{"role":"user","parts":[{"type":"text","content":"what weather?"}]}]',
                "gen_ai.output.messages": (
                    '[{"role":"assistant","parts":[{"type":"text","content":"It says: sunny in Paris"}]}]'
                ),
            },
        },
    ]  # fmt: skip


def test_a_streamed_run_ends_with_its_last_event(provider: Provider, telemetry: Captured) -> None:
    streamed = _agent().run("hello", stream=True)
    assert telemetry.spans() == []
    assert "".join(event.content for event in streamed) == "You said: hello"
    _holds_the_provider_s_usage(telemetry, len(provider.log))
    agent = telemetry.written()[-1]
    assert agent["name"] == "invoke_agent helper"
    assert "You said: hello" in agent["attributes"]["gen_ai.output.messages"]


async def test_asynchronous_runs_are_told_alike(provider: Provider, telemetry: Captured) -> None:
    answer = await _agent(later).arun("what later?")
    assert answer.content == "It says: rainy in Paris"
    parts = [event.content async for event in _agent().arun("hello", stream=True)]
    assert "".join(parts) == "You said: hello"
    assert len(provider.log) == 3
    _holds_the_provider_s_usage(telemetry, 3)
    tool = next(each for each in telemetry.written() if each["name"] == "execute_tool later")
    assert tool["attributes"]["gen_ai.tool.call.result"] == "rainy in Paris"


def test_a_tool_that_fails_is_told(provider: Provider, telemetry: Captured) -> None:
    _agent().run("what is broken?")
    tool = next(each for each in telemetry.written() if each["name"] == "execute_tool broken")
    assert (tool["status"], tool["attributes"]["error.type"]) == ("ERROR", "tool_error")


@pytest.mark.parametrize("stream", [False, True])
def test_without_the_sdk_s_spans_the_library_s_own_tell_the_model_call(
    provider: Provider, stream: bool
) -> None:
    with captured(include=["agno"]) as telemetry:
        answer = _agent().run("hello", stream=stream)
        if stream:
            assert list(answer)
        _holds_the_provider_s_usage(telemetry, len(provider.log))
        assert _calls(telemetry)[0]["attributes"]["gen_ai.provider.name"] == "openai"


def test_a_team_and_a_workflow_are_around_their_agents(
    provider: Provider, telemetry: Captured
) -> None:
    team = pytest.importorskip("agno.team").Team(
        name="desk", members=[_agent()], model=models.OpenAIChat(id="gpt-4o")
    )
    workflow = pytest.importorskip("agno.workflow").Workflow(name="day", steps=[team])
    workflow.run(input="hello")
    call, desk, day = telemetry.written()
    assert [call["name"], desk["name"], day["name"]] == [
        "chat gpt-4o",
        "invoke_agent desk",
        "invoke_workflow day",
    ]
    assert [call["parent"], desk["parent"], day["parent"]] == [desk["id"], day["id"], None]
    assert len(provider.log) == 1


def test_an_error_is_told_by_the_run_s_status(provider: Provider, telemetry: Captured) -> None:
    answer = _agent().run("please fail")
    assert answer.status.value == "ERROR"
    call, agent = telemetry.written()
    assert (call["status"], call["attributes"]["error.type"]) == ("ERROR", "openai.BadRequestError")
    assert (agent["status"], agent["attributes"]["error.type"]) == ("ERROR", "_OTHER")
    assert len(provider.log) == 1


def test_with_content_off_no_text_is_written(provider: Provider) -> None:
    with captured(content=False) as telemetry:
        _agent().run("what weather?")
        assert len(_calls(telemetry)) == 2
        for text in ("sunny", "Paris", "what weather", "Be brief"):
            assert text not in str(telemetry.written())


def test_uninstrument_restores_the_methods(provider: Provider) -> None:
    before = agno.Agent.__dict__["run"]
    with captured():
        assert agno.Agent.__dict__["run"] is not before
    assert agno.Agent.__dict__["run"] is before
