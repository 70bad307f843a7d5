"""LangChain and LangGraph: agents, graphs, tools and retrievers around the provider's own span, which is the
only one of a model call."""

from __future__ import annotations

import json
from typing import Any, TypedDict

import pytest
from langchain.agents import create_agent
from langchain_core.callbacks import BaseCallbackManager, CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.language_models import FakeListChatModel
from langchain_core.messages import HumanMessage
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import RunnableParallel
from langchain_core.tools import tool
from langgraph.graph import END, START, StateGraph

from spanhouse.instrumentation.testing import Captured, captured
from tests.instrumentation.provider import Provider
from tests.instrumentation.spans import usage

models = pytest.importorskip("langchain_openai")
ChatOpenAI = models.ChatOpenAI
OpenAI = models.OpenAI
USAGE = {
    "input_tokens": 7,
    "output_tokens": 3,
    "cache_read.input_tokens": 2,
    "reasoning.output_tokens": 1,
}
ASKED: Any = {"messages": [{"role": "user", "content": "the weather"}]}


@tool
def weather(city: str) -> str:
    """The weather of a city."""
    return f"clear in {city}"


def tree(told: Captured) -> list[tuple[str, str | None]]:
    """Each span's name and its parent's, in the order of their starts."""
    spans = sorted(told.written(), key=lambda span: span["id"])
    by_id = {span["id"]: span["name"] for span in spans}
    return [(span["name"], by_id.get(span["parent"])) for span in spans]


AGENT = [
    ("invoke_agent helper", None),
    ("task model", "invoke_agent helper"),
    ("chat gpt-4o", "task model"),
    ("task tools", "invoke_agent helper"),
    ("execute_tool weather", "task tools"),
    ("task model", "invoke_agent helper"),
    ("chat gpt-4o", "task model"),
]


def test_an_agent_is_a_tree_with_one_span_per_model_call(telemetry: Captured) -> None:
    agent = create_agent(ChatOpenAI(model="gpt-4o"), [weather], name="helper")
    answer = agent.invoke(ASKED, {"configurable": {"thread_id": "t-1"}})["messages"][-1].content
    assert answer == "It says: clear in Paris"
    assert tree(telemetry) == AGENT
    spans = {span["name"]: span for span in telemetry.written()}
    used = spans["execute_tool weather"]
    assert used["kind"] == "INTERNAL"
    assert used["attributes"] == {
        "gen_ai.operation.name": "execute_tool",
        "gen_ai.tool.name": "weather",
        "gen_ai.tool.type": "function",
        "gen_ai.tool.description": "The weather of a city.",
        "gen_ai.tool.call.id": "call_1",
        "gen_ai.tool.call.arguments": '{"city":"Paris"}',
        "gen_ai.tool.call.result": "clear in Paris",
    }
    assert [usage(span) for span in telemetry.written() if span["name"] == "chat gpt-4o"] == [
        USAGE,
        USAGE,
    ]
    whole = spans["invoke_agent helper"]
    assert usage(whole) == {}
    assert whole["attributes"]["gen_ai.conversation.id"] == "t-1"
    said = json.loads(whole["attributes"]["gen_ai.output.messages"])
    assert [message["role"] for message in said] == ["user", "assistant", "tool", "assistant"]


async def test_streams_and_asynchronously(telemetry: Captured) -> None:
    # One test: langchain-openai keeps its asynchronous client, with the event loop it was first used in.
    assert (
        "".join(str(chunk.content) for chunk in ChatOpenAI(model="gpt-4o").stream("hello"))
        == "You said: hello"
    )
    assert [chunk async for chunk in ChatOpenAI(model="gpt-4o").astream("hello")]
    agent = create_agent(ChatOpenAI(model="gpt-4o"), [weather], name="helper")
    assert list(agent.stream(ASKED, stream_mode="messages"))
    await agent.ainvoke(ASKED)
    assert tree(telemetry) == [("chat gpt-4o", None), ("chat gpt-4o", None), *AGENT, *AGENT]


def test_a_graph_s_nodes(telemetry: Captured) -> None:
    class State(TypedDict):
        question: str

    def ask(state: State) -> State:
        return {"question": str(ChatOpenAI(model="gpt-4o").invoke(state["question"]).content)}

    graph = StateGraph(State)
    graph.add_node("ask", ask)
    graph.add_edge(START, "ask")
    graph.add_edge("ask", END)
    graph.compile(name="questions").invoke({"question": "hello"})
    assert tree(telemetry) == [
        ("invoke_workflow questions", None),
        ("task ask", "invoke_workflow questions"),
        ("chat gpt-4o", "task ask"),
    ]


def test_a_chain_with_a_retriever(telemetry: Captured) -> None:
    class Shelf(BaseRetriever):
        def _get_relevant_documents(
            self, query: str, *, run_manager: CallbackManagerForRetrieverRun
        ) -> list[Document]:
            return [Document("a book", id="b-1", metadata={"score": 0.5})]

    Shelf().invoke("books")
    (ChatPromptTemplate.from_template("say {what}") | ChatOpenAI(model="gpt-4o")).invoke(
        {"what": "hello"}
    )
    assert tree(telemetry) == [
        ("retrieval Shelf", None),
        ("invoke_workflow RunnableSequence", None),
        ("task ChatPromptTemplate", "invoke_workflow RunnableSequence"),
        ("chat gpt-4o", "invoke_workflow RunnableSequence"),
    ]
    assert telemetry.written()[0]["kind"] == "INTERNAL"
    retrieval = telemetry.written()[0]["attributes"]
    assert retrieval["gen_ai.retrieval.query.text"] == "books"
    assert json.loads(retrieval["gen_ai.retrieval.documents"]) == [
        {"id": "b-1", "content": "a book", "metadata": {"score": 0.5}, "score": 0.5}
    ]


def test_a_model_that_nothing_below_tells_is_told_by_langchain(provider: Provider) -> None:
    with captured() as told:
        assert FakeListChatModel(responses=["hello"]).invoke("hi").content == "hello"
        [span] = told.written()
    assert span["attributes"]["gen_ai.operation.name"] == "chat"
    assert '"content":"hello"' in span["attributes"]["gen_ai.output.messages"]
    with captured(exclude=["openai"]) as told:
        ChatOpenAI(model="gpt-4o").invoke("hello")
        [span] = told.written()
    assert (span["name"], span["attributes"]["gen_ai.provider.name"], usage(span)) == (
        "chat gpt-4o",
        "openai",
        USAGE,
    )


def test_errors(telemetry: Captured) -> None:
    @tool
    def broken(city: str) -> str:
        """Breaks."""
        raise LookupError(city)

    with pytest.raises(LookupError):
        broken.invoke({"city": "Paris"})
    with pytest.raises(Exception, match="asked to fail"):
        ChatOpenAI(model="gpt-4o").invoke("fail")
    assert [(span["name"], span["status"]) for span in telemetry.written()] == [
        ("execute_tool broken", "ERROR"),
        ("chat gpt-4o", "ERROR"),
    ]


@pytest.mark.filterwarnings(
    "ignore:Unexpected type for token usage"
)  # LangChain, of the usage that OpenAI gives.
def test_several_prompts_at_once_are_one_span_per_request(telemetry: Captured) -> None:
    ChatOpenAI(model="gpt-4o").generate([[HumanMessage("one")], [HumanMessage("two")]])
    OpenAI(model="gpt-3.5-turbo-instruct").generate(["one", "two"])
    ChatOpenAI(model="gpt-4o").batch(["one", "two"])
    assert sorted(tree(telemetry)) == [
        ("chat gpt-4o", None),
        ("chat gpt-4o", None),
        ("chat gpt-4o", None),
        ("chat gpt-4o", None),
        ("text_completion gpt-3.5-turbo-instruct", None),
    ]


def test_branches_in_threads(telemetry: Captured) -> None:
    model = ChatOpenAI(model="gpt-4o")
    RunnableParallel(left=model, right=model).invoke("hello")
    assert tree(telemetry) == [
        ("invoke_workflow RunnableParallel<left,right>", None),
        ("chat gpt-4o", "invoke_workflow RunnableParallel<left,right>"),
        ("chat gpt-4o", "invoke_workflow RunnableParallel<left,right>"),
    ]


def test_content_off_and_undo(provider: Provider) -> None:
    before = vars(BaseCallbackManager)["__init__"]
    with captured(content=False) as told:
        create_agent(ChatOpenAI(model="gpt-4o"), [weather], name="helper").invoke(ASKED)
        assert "Paris" not in str(told.written())
    assert vars(BaseCallbackManager)["__init__"] is before
