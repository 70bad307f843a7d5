"""Haystack: pipelines, agents and tools around the provider's own span."""

from __future__ import annotations

from haystack import Document, Pipeline
from haystack.components.agents import Agent
from haystack.components.generators.chat import OpenAIChatGenerator
from haystack.components.retrievers.in_memory import InMemoryBM25Retriever
from haystack.dataclasses import ChatMessage
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack.tools import Tool

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
