"""CrewAI against the fake provider: crews, flows, agents, tools, and the calls of their models."""

from __future__ import annotations

import json
from typing import Any

import pytest
from crewai import LLM, Agent, Crew, Task
from crewai.flow.flow import Flow, start
from crewai.tools import tool

from spanhouse.instrumentation.instrument import uninstrument
from spanhouse.instrumentation.testing import Captured, captured
from tests.instrumentation.provider import Provider


@tool("weather")
def weather(city: str) -> str:
    """Tell the weather."""
    return "sunny"


def guide(provider: Provider, **settings: Any) -> Agent:
    llm = LLM(
        model="openai/gpt-4o",
        base_url=f"{provider.url}/v1",
        api_key="test-key",
        max_retries=0,
        **settings,
    )
    return Agent(
        role="guide",
        goal="answer",
        backstory="Knows the sky.",
        llm=llm,
        tools=[weather],
        max_iter=3,
    )


def crew(provider: Provider, said: str, **settings: Any) -> Crew:
    agent = guide(provider)
    task = Task(description=said, expected_output="a word", agent=agent)
    return Crew(agents=[agent], tasks=[task], name="sky", **settings)


def tree(telemetry: Captured) -> list[tuple[str, str | None]]:
    """Each span with its parent's name, in the order of their ends."""
    spans = telemetry.written()
    named = {span["id"]: span["name"] for span in spans}
    return [(span["name"], named.get(span["parent"])) for span in spans]


WITH_TOOL = [
    ("chat gpt-4o", "invoke_agent guide"), ("execute_tool weather", "invoke_agent guide"),
    ("chat gpt-4o", "invoke_agent guide"), ("invoke_agent guide", "invoke_workflow sky"), ("invoke_workflow sky", None),
]  # fmt: skip


def test_a_crew_its_agent_and_its_tool_are_one_trace(
    provider: Provider, telemetry: Captured
) -> None:
    assert "sunny" in crew(provider, "What is the weather?").kickoff().raw
    assert tree(telemetry) == WITH_TOOL
    assert len(provider.log) == 2
    spans = telemetry.written()
    calls = [span["attributes"] for span in spans if span["name"] == "chat gpt-4o"]
    assert [
        (each["gen_ai.usage.input_tokens"], each["gen_ai.usage.output_tokens"]) for each in calls
    ] == [(7, 3)] * 2
    agent = spans[3]["attributes"]
    assert len(agent.pop("gen_ai.agent.id")) == 36
    assert '"content":"It says: sunny' in agent.pop("gen_ai.output.messages")
    assert agent == {
        "gen_ai.operation.name": "invoke_agent",
        "gen_ai.agent.name": "guide",
        "gen_ai.agent.description": "answer",
        "gen_ai.request.model": "gpt-4o",
        "gen_ai.system_instructions": '[{"type":"text","content":"Knows the sky."}]',
        "gen_ai.input.messages": '[{"role":"user","parts":[{"type":"text","content":"What is the weather?"}]}]',
    }
    described = spans[1]["attributes"].pop("gen_ai.tool.description")
    assert "Tell the weather." in described
    assert spans[1] == {
        "name": "execute_tool weather",
        "kind": "INTERNAL",
        "id": spans[1]["id"],
        "parent": spans[3]["id"],
        "status": "UNSET",
        "attributes": {
            "gen_ai.operation.name": "execute_tool",
            "gen_ai.tool.name": "weather",
            "gen_ai.tool.type": "function",
            "gen_ai.tool.call.arguments": '{"city":"Paris"}',
            "gen_ai.tool.call.result": "sunny",
        },
        "events": [],
    }


async def test_asynchronous_crews_have_the_same_trace(
    provider: Provider, telemetry: Captured
) -> None:
    await crew(provider, "What is the weather?").kickoff_async()
    assert tree(telemetry) == WITH_TOOL
    telemetry.clear()
    provider.log.clear()
    await crew(provider, "What is the weather?").akickoff()
    assert tree(telemetry) == WITH_TOOL


def test_a_streamed_crew_has_one_workflow_span(provider: Provider, telemetry: Captured) -> None:
    streaming = crew(provider, "Hello", stream=True).kickoff()
    assert "".join(chunk.content for chunk in streaming)
    assert tree(telemetry) == [
        ("chat gpt-4o", "invoke_agent guide"), ("invoke_agent guide", "invoke_workflow sky"), ("invoke_workflow sky", None)
    ]  # fmt: skip
    call = telemetry.written()[0]["attributes"]
    assert (call["gen_ai.usage.input_tokens"], call["gen_ai.usage.output_tokens"]) == (7, 3)


def test_an_agent_alone_and_a_flow_around_it(provider: Provider, telemetry: Captured) -> None:
    class Sky(Flow):
        @start()
        async def ask(self) -> str:
            return str((await guide(provider).kickoff("Hello")).raw)

    guide(provider).kickoff("Hello")
    assert tree(telemetry) == [("chat gpt-4o", "invoke_agent guide"), ("invoke_agent guide", None)]
    telemetry.clear()
    provider.log.clear()
    assert str(Sky().kickoff()).endswith("Hello")
    assert tree(telemetry) == [
        ("chat gpt-4o", "invoke_agent guide"), ("invoke_agent guide", "invoke_workflow Sky"), ("invoke_workflow Sky", None)
    ]  # fmt: skip


def test_an_error_of_the_provider_ends_all_of_it(provider: Provider, telemetry: Captured) -> None:
    with pytest.raises(Exception, match="asked to fail"):
        crew(provider, "Please fail").kickoff()
    told = {
        span["name"]: (span["status"], "error.type" in span["attributes"])
        for span in telemetry.written()
    }
    assert set(told) == {"chat gpt-4o", "invoke_agent guide", "invoke_workflow sky"}
    assert set(told.values()) == {("ERROR", True)}


def test_without_content_no_text_is_written(provider: Provider) -> None:
    with captured(content=False) as telemetry:
        crew(provider, "What is the weather today?").kickoff()
        assert len(telemetry.spans()) == 5
        assert "today" not in json.dumps(telemetry.written())
        assert "sunny" not in json.dumps(telemetry.written())


def test_uninstrument_restores_the_library(provider: Provider) -> None:
    with captured():
        uninstrument()
        kept = (
            Crew.kickoff,
            Agent.execute_task,
            Agent.kickoff,
            Flow.kickoff_async,
            type(weather).run,
        )
        assert all(type(each).__name__ == "function" for each in kept)
