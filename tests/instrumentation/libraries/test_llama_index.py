"""LlamaIndex: agents, tools and retrievers by its own dispatcher, around the provider's span."""

from __future__ import annotations

import asyncio

import pytest
from llama_index.core import Document, SummaryIndex
from llama_index.core.agent.workflow import AgentWorkflow, FunctionAgent
from llama_index.core.base.response.schema import AsyncStreamingResponse, StreamingResponse
from llama_index.core.instrumentation import get_dispatcher
from llama_index.core.llms import ChatMessage, MockLLM
from llama_index.core.tools import FunctionTool
from llama_index.llms.openai import OpenAI

from spanhouse.instrumentation.testing import Captured, captured
from tests.instrumentation.provider import Provider
from tests.instrumentation.spans import tree, usage

USAGE = {
    "input_tokens": 7,
    "output_tokens": 3,
    "cache_read.input_tokens": 2,
    "reasoning.output_tokens": 1,
}
HELLO = [ChatMessage(role="user", content="hello")]


@pytest.fixture
def model(provider: Provider) -> OpenAI:
    return OpenAI(model="gpt-4o", api_base=f"{provider.url}/v1", max_retries=0)


def weather(city: str) -> str:
    """The weather of a city."""
    return f"clear in {city}"


async def test_a_model_is_told_by_its_sdk(telemetry: Captured, model: OpenAI) -> None:
    model.complete("hello")
    model.chat(HELLO)
    list(model.stream_chat(HELLO))
    await model.achat(HELLO)
    assert [part async for part in await model.astream_chat(HELLO)]
    spans = telemetry.written()
    assert tree(spans) == [("chat gpt-4o", None)] * 5
    assert [usage(span) for span in spans[:2]] == [USAGE, USAGE]


async def test_an_agent_with_a_tool(telemetry: Captured, model: OpenAI) -> None:
    agent = FunctionAgent(
        name="helper", tools=[FunctionTool.from_defaults(weather)], llm=model, streaming=False
    )
    assert "clear in Paris" in str(await agent.run("the weather"))
    spans = telemetry.written()
    assert tree(spans) == [
        ("invoke_agent helper", None),
        ("chat gpt-4o", "invoke_agent helper"),
        ("execute_tool weather", "invoke_agent helper"),
        ("chat gpt-4o", "invoke_agent helper"),
    ]
    [used] = [span for span in spans if span["name"] == "execute_tool weather"]
    assert used["attributes"]["gen_ai.tool.call.arguments"] == '{"city":"Paris"}'
    assert used["attributes"]["gen_ai.tool.call.result"] == "clear in Paris"


def test_a_query_with_retrieval(telemetry: Captured, model: OpenAI) -> None:
    index = SummaryIndex.from_documents([Document(text="a book about houses")])
    assert str(index.as_query_engine(llm=model).query("hello")) != ""
    spans = telemetry.written()
    assert tree(spans) == [
        ("invoke_workflow RetrieverQueryEngine", None),
        ("retrieval SummaryIndexRetriever", "invoke_workflow RetrieverQueryEngine"),
        ("chat gpt-4o", "invoke_workflow RetrieverQueryEngine"),
    ]
    [found] = [span for span in spans if span["name"].startswith("retrieval")]
    assert found["attributes"]["gen_ai.retrieval.query.text"] == "hello"
    assert "a book about houses" in found["attributes"]["gen_ai.retrieval.documents"]


async def test_an_agent_that_streams(telemetry: Captured, model: OpenAI) -> None:
    agent = FunctionAgent(name="helper", tools=[FunctionTool.from_defaults(weather)], llm=model)
    running = agent.run("the weather")
    assert [event async for event in running.stream_events()]
    assert "clear in Paris" in str(await running)
    assert tree(telemetry.written()) == [
        ("invoke_agent helper", None),
        ("chat gpt-4o", "invoke_agent helper"),
        ("execute_tool weather", "invoke_agent helper"),
        ("chat gpt-4o", "invoke_agent helper"),
    ]


async def test_agents_at_once_keep_to_themselves(telemetry: Captured, model: OpenAI) -> None:
    async def ask(name: str, question: str) -> None:
        tools = [FunctionTool.from_defaults(weather)]
        await FunctionAgent(name=name, tools=tools, llm=model, streaming=False).run(question)

    await asyncio.gather(ask("one", "the weather"), ask("two", "hello"))
    assert sorted(tree(telemetry.written())) == [
        ("chat gpt-4o", "invoke_agent one"),
        ("chat gpt-4o", "invoke_agent one"),
        ("chat gpt-4o", "invoke_agent two"),
        ("execute_tool weather", "invoke_agent one"),
        ("invoke_agent one", None),
        ("invoke_agent two", None),
    ]


async def test_agents_in_a_workflow(telemetry: Captured, model: OpenAI) -> None:
    agent = FunctionAgent(
        name="helper", description="Helps", tools=[weather], llm=model, streaming=False
    )
    await AgentWorkflow(agents=[agent], root_agent="helper").run("the weather")
    assert tree(telemetry.written()) == [
        ("invoke_workflow AgentWorkflow", None),
        ("chat gpt-4o", "invoke_workflow AgentWorkflow"),
        ("execute_tool weather", "invoke_workflow AgentWorkflow"),
        ("chat gpt-4o", "invoke_workflow AgentWorkflow"),
    ]


async def test_a_query_that_streams_ends_with_its_last_part(
    telemetry: Captured, model: OpenAI
) -> None:
    index = SummaryIndex.from_documents([Document(text="a book about houses")])
    engine = index.as_query_engine(llm=model, streaming=True)
    told = engine.query("hello")
    assert isinstance(told, StreamingResponse)
    assert "".join(told.response_gen).startswith("You said: ")
    later = await engine.aquery("hello")
    assert isinstance(later, AsyncStreamingResponse)
    assert [part async for part in later.response_gen]
    spans = telemetry.written()
    assert (
        tree(spans)
        == [
            ("invoke_workflow RetrieverQueryEngine", None),
            ("retrieval SummaryIndexRetriever", "invoke_workflow RetrieverQueryEngine"),
            ("chat gpt-4o", "invoke_workflow RetrieverQueryEngine"),
        ]
        * 2
    )
    [first, second] = [span for span in spans if span["name"].startswith("invoke_workflow")]
    assert "You said: " in first["attributes"]["gen_ai.output.messages"]
    assert "You said: " in second["attributes"]["gen_ai.output.messages"]


def test_a_chat_engine_is_one_trace(telemetry: Captured, model: OpenAI) -> None:
    index = SummaryIndex.from_documents([Document(text="a book about houses")])
    index.as_chat_engine(llm=model, chat_mode="context").chat("hello")
    spans = telemetry.written()
    assert tree(spans) == [
        ("invoke_workflow ContextChatEngine", None),
        ("retrieval SummaryIndexRetriever", "invoke_workflow ContextChatEngine"),
        ("chat gpt-4o", "invoke_workflow ContextChatEngine"),
    ]
    assert spans[-1] == {
        "name": "invoke_workflow ContextChatEngine",
        "kind": "INTERNAL",
        "id": 1,
        "parent": None,
        "status": "UNSET",
        "attributes": {
            "gen_ai.operation.name": "invoke_workflow",
            "gen_ai.workflow.name": "ContextChatEngine",
            "gen_ai.input.messages": '[{"role":"user","parts":[{"type":"text","content":"hello"}]}]',
            "gen_ai.output.messages": '[{"role":"assistant","parts":[{"type":"text","content":"You said: hello"}]}]',
        },
        "events": [],
    }


async def test_a_tool_that_fails(telemetry: Captured, model: OpenAI) -> None:
    def broken(city: str) -> str:
        """Breaks."""
        raise LookupError(city)

    tool = FunctionTool.from_defaults(broken, name="weather")
    await FunctionAgent(name="helper", tools=[tool], llm=model, streaming=False).run("the weather")
    [used] = [span for span in telemetry.written() if span["name"] == "execute_tool weather"]
    assert (used["status"], used["attributes"]["error.type"]) == ("ERROR", "LookupError")


def test_a_model_that_nothing_below_tells_is_told_by_llama_index(provider: Provider) -> None:
    with captured() as told:
        MockLLM().complete("hello")
        [span] = told.written()
    assert span["attributes"]["gen_ai.operation.name"] == "text_completion"
    assert '"content":"hello"' in span["attributes"]["gen_ai.input.messages"]


def test_an_error(telemetry: Captured, model: OpenAI) -> None:
    with pytest.raises(Exception, match="asked to fail"):
        model.chat([ChatMessage(role="user", content="fail")])
    [span] = telemetry.written()
    assert (span["name"], span["status"]) == ("chat gpt-4o", "ERROR")


def test_content_off_and_undo(provider: Provider, model: OpenAI) -> None:
    before = list(get_dispatcher().span_handlers)
    with captured(content=False) as told:
        model.complete("hello")
        assert "hello" not in str(told.written())
    assert get_dispatcher().span_handlers == before
