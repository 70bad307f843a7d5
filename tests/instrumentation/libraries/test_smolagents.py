"""smolagents against the fake provider: agents, tools, model calls through OpenAI's SDK and Hugging Face's."""

from __future__ import annotations

import json
from typing import Any

import pytest
from huggingface_hub import InferenceClient
from smolagents import (
    CodeAgent,
    InferenceClientModel,
    MultiStepAgent,
    OpenAIModel,
    Tool,
    ToolCallingAgent,
    tool,
)
from smolagents.utils import AgentGenerationError

from spanhouse.instrumentation.instrument import uninstrument
from spanhouse.instrumentation.testing import Captured, captured
from tests.instrumentation.provider import Provider


@tool
def weather(city: str) -> str:
    """Tell the weather. The answer asks for the final_answer.

    Args:
        city: where
    """
    if city == "nowhere":
        raise ValueError("no such city")
    return "sunny; now the final_answer"


def agent(provider: Provider, **settings: Any) -> ToolCallingAgent:
    model = OpenAIModel(
        "gpt-4o",
        api_base=f"{provider.url}/v1",
        api_key="test-key",
        client_kwargs={"max_retries": 0},
    )
    return ToolCallingAgent([weather], model, verbosity_level=-1, **settings)


def names(telemetry: Captured) -> list[str]:
    return [span.name for span in telemetry.spans()]


def calls(telemetry: Captured) -> list[dict[str, Any]]:
    return [span["attributes"] for span in telemetry.written() if span["name"].startswith("chat ")]


def test_an_agent_its_tools_and_the_calls_of_its_model_are_one_trace(
    provider: Provider, telemetry: Captured
) -> None:
    answer = agent(provider, name="helper", description="knows the weather").run(
        "What is the weather?"
    )
    assert answer == "Paris"
    assert names(telemetry) == [
        "chat gpt-4o", "execute_tool weather", "chat gpt-4o", "execute_tool final_answer", "invoke_agent helper"
    ]  # fmt: skip
    assert len(provider.log) == 2
    assert [each["gen_ai.usage.input_tokens"] for each in calls(telemetry)] == [7, 7]
    spans = telemetry.written()
    assert [span["parent"] for span in spans] == [1, 1, 1, 1, None]
    attributes = spans[4]["attributes"]
    assert attributes.pop("gen_ai.system_instructions").startswith(
        '[{"type":"text","content":"You are an expert assistant'
    )
    assert spans[4] == {
        "name": "invoke_agent helper",
        "kind": "INTERNAL",
        "id": 1,
        "parent": None,
        "status": "UNSET",
        "attributes": {
            "gen_ai.operation.name": "invoke_agent",
            "gen_ai.agent.name": "helper",
            "gen_ai.agent.description": "knows the weather",
            "gen_ai.request.model": "gpt-4o",
            "gen_ai.input.messages": '[{"role":"user","parts":[{"type":"text","content":"What is the weather?"}]}]',
            "gen_ai.output.messages": '[{"role":"assistant","parts":[{"type":"text","content":"Paris"}]}]',
        },
        "events": [],
    }
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
            "gen_ai.tool.description": "Tell the weather. The answer asks for the final_answer.",
            "gen_ai.tool.call.arguments": '{"city":"Paris"}',
            "gen_ai.tool.call.result": "sunny; now the final_answer",
        },
        "events": [],
    }


def test_a_streamed_run_is_one_span_until_its_last_step(
    provider: Provider, telemetry: Captured
) -> None:
    steps = list(agent(provider, stream_outputs=True).run("What is the weather?", stream=True))
    assert type(steps[-1]).__name__ == "FinalAnswerStep"
    assert names(telemetry) == [
        "chat gpt-4o", "execute_tool weather", "chat gpt-4o", "execute_tool final_answer", "invoke_agent ToolCallingAgent"
    ]  # fmt: skip
    assert [
        (each["gen_ai.usage.input_tokens"], each["gen_ai.usage.output_tokens"])
        for each in calls(telemetry)
    ] == [(7, 3)] * 2
    assert len(provider.log) == 2
    assert (
        json.loads(telemetry.written()[-1]["attributes"]["gen_ai.output.messages"])[0]["parts"][0][
            "content"
        ]
        == "Paris"
    )


def test_the_code_of_a_code_agent_calls_tools_within_its_span(
    provider: Provider, telemetry: Captured
) -> None:
    model = OpenAIModel("gpt-4o", api_base=f"{provider.url}/v1", api_key="test-key")
    coder = CodeAgent([weather], model, verbosity_level=-1)
    assert (
        coder.run("Do this: <code>final_answer(weather(city='Rome'))</code>")
        == "sunny; now the final_answer"
    )
    spans = telemetry.written()
    assert [(span["name"], span["parent"]) for span in spans] == [
        ("chat gpt-4o", 1), ("execute_tool weather", 1), ("execute_tool final_answer", 1), ("invoke_agent CodeAgent", None)
    ]  # fmt: skip


def test_a_managed_agent_is_a_span_within_its_manager_s(
    provider: Provider, telemetry: Captured
) -> None:
    helper = agent(provider, name="helper", description="knows the weather", max_steps=2)
    model = OpenAIModel("gpt-4o", api_base=f"{provider.url}/v1", api_key="test-key")
    manager = CodeAgent([], model, managed_agents=[helper], verbosity_level=-1, name="manager")
    manager.run("Do this: <code>final_answer(helper(task='the weather'))</code>")
    agents = {
        span["name"]: span
        for span in telemetry.written()
        if span["name"].startswith("invoke_agent")
    }
    assert agents["invoke_agent helper"]["parent"] == agents["invoke_agent manager"]["id"]
    assert len(calls(telemetry)) == len(provider.log)


def test_a_model_without_a_traced_sdk_is_told_by_smolagents(
    provider: Provider, telemetry: Captured
) -> None:
    model = InferenceClientModel("qwen", api_key="test-key")
    model.client = InferenceClient(base_url=f"{provider.url}/v1", api_key="test-key")
    model.retryer.max_attempts = 1
    asked = [{"role": "user", "content": [{"type": "text", "text": "Hello"}]}]
    assert model.generate(asked, temperature=0.5).content == "You said: Hello"
    assert (
        "".join(delta.content or "" for delta in model.generate_stream(asked)) == "You said: Hello"
    )
    whole, streamed = telemetry.written()
    assert len(provider.log) == 2
    assert whole == {
        "name": "chat qwen",
        "kind": "CLIENT",
        "id": 1,
        "parent": None,
        "status": "UNSET",
        "attributes": {
            "gen_ai.operation.name": "chat",
            "gen_ai.provider.name": "hugging_face",
            "gen_ai.request.model": "qwen",
            "gen_ai.request.temperature": 0.5,
            "gen_ai.response.id": "chatcmpl-1",
            "gen_ai.response.model": "gpt-4o-2024-11-20",
            "gen_ai.response.finish_reasons": ["stop"],
            "openai.response.service_tier": "default",
            "openai.response.system_fingerprint": "fp_1",
            "gen_ai.usage.input_tokens": 7,
            "gen_ai.usage.output_tokens": 3,
            "gen_ai.input.messages": '[{"role":"user","parts":[{"type":"text","content":"Hello"}]}]',
            "gen_ai.output.messages": '[{"role":"assistant","parts":[{"type":"text","content":"You said: Hello"}],"finish_reason":"stop"}]',
        },
        "events": [],
    }
    assert streamed["attributes"]["gen_ai.request.stream"] is True
    assert streamed["attributes"]["gen_ai.usage.output_tokens"] == 3
    assert "gen_ai.response.time_to_first_chunk" in streamed["attributes"]


def test_an_error_of_the_provider_ends_the_agent_with_it(
    provider: Provider, telemetry: Captured
) -> None:
    with pytest.raises(AgentGenerationError):
        agent(provider).run("Please fail")
    call, run = telemetry.written()
    assert (call["attributes"]["error.type"], call["status"]) == ("openai.BadRequestError", "ERROR")
    assert (run["attributes"]["error.type"], run["status"]) == (
        "smolagents.utils.AgentGenerationError",
        "ERROR",
    )


def test_an_error_of_a_tool_is_told_by_its_span(provider: Provider, telemetry: Captured) -> None:
    with pytest.raises(ValueError, match="no such city"):
        weather("nowhere")
    assert telemetry.written()[0]["attributes"]["error.type"] == "ValueError"
    assert (
        telemetry.written()[0]["attributes"]["gen_ai.tool.call.arguments"] == '{"city":"nowhere"}'
    )


def test_without_content_no_text_is_written(provider: Provider) -> None:
    with captured(content=False) as telemetry:
        agent(provider).run("What is the weather?")
        assert len(telemetry.spans()) == 5
        assert "weather?" not in json.dumps(telemetry.written())
        assert "sunny" not in json.dumps(telemetry.written())


def test_uninstrument_restores_the_library(provider: Provider) -> None:
    from smolagents import local_python_executor

    with captured():
        uninstrument()
        before = (
            MultiStepAgent.run,
            Tool.__call__,
            OpenAIModel.generate,
            local_python_executor.timeout,
        )
        assert all(type(each).__name__ == "function" for each in before)
        assert all(each.__module__.startswith("smolagents.") for each in before)
