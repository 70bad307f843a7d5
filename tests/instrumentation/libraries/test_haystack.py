"""Haystack: pipelines, agents and tools around the provider's own span."""

from __future__ import annotations

import asyncio

import pytest
from haystack import Document, Pipeline
from haystack.components.agents import Agent
from haystack.components.generators.chat import OpenAIChatGenerator
from haystack.components.retrievers.in_memory import InMemoryBM25Retriever
from haystack.core.errors import PipelineRuntimeError
from haystack.dataclasses import ChatMessage
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack.tools import Tool
from haystack.tools.errors import ToolInvocationError

from spanhouse.instrumentation.testing import Captured, captured
from tests.instrumentation.provider import Provider
from tests.instrumentation.spans import tree, usage

USAGE = {
    "input_tokens": 7,
    "output_tokens": 3,
    "cache_read.input_tokens": 2,
    "reasoning.output_tokens": 1,
}
SCHEMA = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}


def weather(city: str) -> str:
    return f"clear in {city}"


def pipeline() -> Pipeline:
    built = Pipeline()
    built.add_component("writer", OpenAIChatGenerator(model="gpt-4o"))
    return built


PIPELINE = [
    ("invoke_workflow Pipeline", None),
    ("task writer", "invoke_workflow Pipeline"),
    ("chat gpt-4o", "task writer"),
]


def test_a_pipeline_and_its_model_call(telemetry: Captured) -> None:
    told = pipeline().run({"writer": {"messages": [ChatMessage.from_user("hello")]}})
    assert told["writer"]["replies"][0].text == "You said: hello"
    spans = telemetry.written()
    assert tree(spans) == PIPELINE
    assert [usage(span) for span in spans] == [USAGE, {}, {}]
    assert "You said: hello" in spans[1]["attributes"]["gen_ai.output.messages"]


async def test_a_pipeline_asynchronously(telemetry: Captured) -> None:
    await pipeline().run_async({"writer": {"messages": [ChatMessage.from_user("hello")]}})
    assert tree(telemetry.written()) == PIPELINE


def test_an_agent_with_a_tool(telemetry: Captured) -> None:
    tool = Tool("weather", "The weather of a city", SCHEMA, weather)
    agent = Agent(
        chat_generator=OpenAIChatGenerator(model="gpt-4o"), tools=[tool], system_prompt="Be brief"
    )
    told = agent.run(messages=[ChatMessage.from_user("the weather")])
    assert "clear in Paris" in told["messages"][-1].text
    spans = telemetry.written()
    assert tree(spans) == [
        ("invoke_agent Agent", None),
        ("chat gpt-4o", "invoke_agent Agent"),
        ("execute_tool weather", "invoke_agent Agent"),
        ("chat gpt-4o", "invoke_agent Agent"),
    ]
    [used] = [span for span in spans if span["name"] == "execute_tool weather"]
    assert used["attributes"]["gen_ai.tool.call.arguments"] == '{"city":"Paris"}'
    assert used["attributes"]["gen_ai.tool.call.result"] == "clear in Paris"


async def test_an_agent_asynchronously_in_a_pipeline(telemetry: Captured) -> None:
    built = Pipeline()
    tool = Tool("weather", "The weather of a city", SCHEMA, weather)
    agent = Agent(chat_generator=OpenAIChatGenerator(model="gpt-4o"), tools=[tool])
    built.add_component("helper", agent)
    await built.run_async({"helper": {"messages": [ChatMessage.from_user("the weather")]}})
    assert tree(telemetry.written()) == [
        ("invoke_workflow Pipeline", None),
        ("invoke_agent helper", "invoke_workflow Pipeline"),
        ("chat gpt-4o", "invoke_agent helper"),
        ("execute_tool weather", "invoke_agent helper"),
        ("chat gpt-4o", "invoke_agent helper"),
    ]


def test_an_asynchronous_tool(telemetry: Captured) -> None:
    async def later(city: str) -> str:
        return f"clear in {city}"

    tool = Tool("weather", "The weather of a city", SCHEMA, weather, async_function=later)
    assert asyncio.run(tool.invoke_async(city="Paris")) == "clear in Paris"
    [span] = telemetry.written()
    assert span == {
        "name": "execute_tool weather",
        "kind": "INTERNAL",
        "id": 1,
        "parent": None,
        "status": "UNSET",
        "attributes": {
            "gen_ai.operation.name": "execute_tool",
            "gen_ai.tool.name": "weather",
            "gen_ai.tool.type": "function",
            "gen_ai.tool.description": "The weather of a city",
            "gen_ai.tool.call.arguments": '{"city":"Paris"}',
            "gen_ai.tool.call.result": "clear in Paris",
        },
        "events": [],
    }


async def test_streams(telemetry: Captured) -> None:
    chunks: list[object] = []
    data = {"writer": {"messages": [ChatMessage.from_user("hello")]}}
    built = Pipeline()
    built.add_component(
        "writer", OpenAIChatGenerator(model="gpt-4o", streaming_callback=chunks.append)
    )
    built.run(data)
    assert len(chunks) > 2
    assert [part async for part in pipeline().run_async_generator(data)]
    spans = telemetry.written()
    assert tree(spans) == PIPELINE * 2
    assert "You said: hello" in spans[-1]["attributes"]["gen_ai.output.messages"]


async def test_components_at_once(telemetry: Captured) -> None:
    built = Pipeline()
    built.add_component("left", OpenAIChatGenerator(model="gpt-4o"))
    built.add_component("right", OpenAIChatGenerator(model="gpt-4o"))
    messages = [ChatMessage.from_user("hello")]
    await built.run_async({"left": {"messages": messages}, "right": {"messages": messages}})
    assert sorted(tree(telemetry.written())) == [
        ("chat gpt-4o", "task left"),
        ("chat gpt-4o", "task right"),
        ("invoke_workflow Pipeline", None),
        ("task left", "invoke_workflow Pipeline"),
        ("task right", "invoke_workflow Pipeline"),
    ]


def test_errors(telemetry: Captured) -> None:
    def broken(city: str) -> str:
        raise LookupError(city)

    with pytest.raises(PipelineRuntimeError):
        pipeline().run({"writer": {"messages": [ChatMessage.from_user("fail")]}})
    with pytest.raises(ToolInvocationError):
        Tool("weather", "The weather of a city", SCHEMA, broken).invoke(city="Paris")
    assert [(span["name"], span["attributes"]["error.type"]) for span in telemetry.written()] == [
        ("chat gpt-4o", "openai.BadRequestError"),
        ("task writer", "haystack.core.errors.PipelineRuntimeError"),
        ("invoke_workflow Pipeline", "haystack.core.errors.PipelineRuntimeError"),
        ("execute_tool weather", "haystack.tools.errors.ToolInvocationError"),
    ]


def test_a_retriever(telemetry: Captured) -> None:
    store = InMemoryDocumentStore()
    store.write_documents([Document(id="b-1", content="a book about houses")])
    built = Pipeline()
    built.add_component("shelf", InMemoryBM25Retriever(store))
    built.run({"shelf": {"query": "houses"}})
    spans = telemetry.written()
    assert tree(spans) == [
        ("invoke_workflow Pipeline", None),
        ("retrieval shelf", "invoke_workflow Pipeline"),
    ]
    assert spans[0]["attributes"]["gen_ai.retrieval.query.text"] == "houses"
    assert '"id":"b-1"' in spans[0]["attributes"]["gen_ai.retrieval.documents"]


def test_content_off_and_undo(provider: Provider) -> None:
    before = Pipeline.run
    with captured(content=False) as told:
        pipeline().run({"writer": {"messages": [ChatMessage.from_user("hello")]}})
        assert "hello" not in str(told.written())
    assert Pipeline.run is before
