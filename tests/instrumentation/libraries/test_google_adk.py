"""Google ADK: its own spans under the canonical names, one model call per request, usage only there."""

from __future__ import annotations

import json

import pytest

from spanhouse.instrumentation.testing import Captured, captured
from tests.instrumentation.provider import Provider
from tests.instrumentation.spans import hold_usage, model_calls

agents = pytest.importorskip("google.adk.agents")
runners = pytest.importorskip("google.adk.runners")
types = pytest.importorskip("google.genai.types")
errors = pytest.importorskip("google.genai.errors")


def weather(city: str) -> str:
    """The weather of a city."""
    if city == "nowhere":
        raise ValueError("no such city")
    return f"sunny in {city}"


async def _run(said: str, streaming: bool = False) -> str:
    agent = agents.LlmAgent(
        name="helper", model="gemini-2.5-flash", tools=[weather], instruction="Be brief."
    )
    runner = runners.InMemoryRunner(agent=agent, app_name="app")
    session = await runner.session_service.create_session(
        app_name="app", user_id="me", session_id="conversation-1"
    )
    mode = (
        agents.run_config.StreamingMode.SSE if streaming else agents.run_config.StreamingMode.NONE
    )
    message = types.Content(role="user", parts=[types.Part(text=said)])
    answers = [
        event.content.parts[0].text or ""
        async for event in runner.run_async(
            user_id="me", session_id=session.id, new_message=message,
            run_config=agents.RunConfig(streaming_mode=mode),
        )
        if event.content
    ]  # fmt: skip
    return str(answers[-1])


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


async def test_a_run_with_a_tool_is_a_workflow_of_an_agent_two_model_calls_and_the_tool(
    provider: Provider, telemetry: Captured
) -> None:
    assert await _run("what weather?") == 'It says: {"result": "sunny in Paris"}'
    assert len(provider.log) == 2
    _holds_the_provider_s_usage(telemetry, 2)
    first, tool, second, agent, workflow = telemetry.written()
    assert first["name"] == second["name"] == "generate_content gemini-2.5-flash"
    assert [each["role"] for each in json.loads(second["attributes"]["gen_ai.input.messages"])] == [
        "user", "assistant", "tool",
    ]  # fmt: skip
    # Made anew by each run.
    assert tool["attributes"].pop("gen_ai.tool.call.id")
    assert tool["attributes"].pop("gcp.vertex.agent.event_id")
    assert [tool, agent, workflow] == [
        {
            "name": "execute_tool weather", "kind": "INTERNAL", "id": 4, "parent": 2, "status": "UNSET", "events": [],
            "attributes": {
                "gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": "weather", "gen_ai.tool.type": "function",
                "gen_ai.tool.description": "The weather of a city.", "gen_ai.agent.name": "helper",
                "gen_ai.tool.call.arguments": '{"city":"Paris"}',
                "gen_ai.tool.call.result": '{"result":"sunny in Paris"}',
            },
        },
        {
            "name": "invoke_agent helper", "kind": "INTERNAL", "id": 2, "parent": 1, "status": "UNSET", "events": [],
            "attributes": {
                "gen_ai.operation.name": "invoke_agent", "gen_ai.agent.name": "helper",
                "gen_ai.conversation.id": "conversation-1",
            },
        },
        {
            "name": "invoke_workflow helper", "kind": "INTERNAL", "id": 1, "parent": None, "status": "UNSET",
            "events": [],
            "attributes": {
                "gen_ai.operation.name": "invoke_workflow", "gen_ai.workflow.name": "helper",
                "gen_ai.conversation.id": "conversation-1",
            },
        },
    ]  # fmt: skip


async def test_a_streamed_run_is_told_alike(provider: Provider, telemetry: Captured) -> None:
    assert await _run("hello", streaming=True) == "You said: hello"
    assert [request.path.rpartition(":")[2] for request in provider.log] == [
        "streamGenerateContent"
    ]
    _holds_the_provider_s_usage(telemetry, 1)


async def test_an_error_goes_on_to_the_program(provider: Provider, telemetry: Captured) -> None:
    with pytest.raises(errors.ClientError):
        await _run("please fail")
    (call,) = model_calls(telemetry.written())
    assert call["status"] == "ERROR"
    assert call["attributes"]["error.type"] == "google.genai.errors.ClientError"
    assert len(provider.log) == 1


async def test_with_content_off_no_text_is_written(provider: Provider) -> None:
    with captured(content=False) as telemetry:
        await _run("what weather?")
        assert len(model_calls(telemetry.written())) == 2
        for text in ("sunny", "Paris", "what weather", "Be brief"):
            assert text not in str(telemetry.written())


def test_uninstrument_takes_the_variables_back(provider: Provider) -> None:
    import os

    with captured() as telemetry:
        assert str(telemetry.report["google_adk"]) == "native"
        assert os.environ["OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"] == "SPAN_ONLY"
    assert "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT" not in os.environ
    assert "ADK_CAPTURE_MESSAGE_CONTENT_IN_SPANS" not in os.environ
