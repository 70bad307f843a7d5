"""LangGraph: nodes in threads and tasks, each with the provider's span inside it; interrupts, limits, streams left
early."""

from __future__ import annotations

import asyncio
import operator
from typing import Annotated, Any, TypedDict

import openai
import pytest
from langchain_core.callbacks import BaseCallbackManager
from langgraph.checkpoint.memory import MemorySaver
from langgraph.errors import GraphRecursionError
from langgraph.graph import END, START, StateGraph
from langgraph.types import Command, interrupt

from spanhouse.instrumentation.testing import Captured, captured
from tests.instrumentation.provider import Provider
from tests.instrumentation.spans import HELLO, tree, usage

models = pytest.importorskip("langchain_openai")
ChatOpenAI = models.ChatOpenAI


class State(TypedDict):
    said: Annotated[list[str], operator.add]


def by_langchain(state: State) -> State:
    return {"said": [str(ChatOpenAI(model="gpt-4o").invoke("hello").content)]}


def by_sdk(state: State) -> State:
    answer = openai.OpenAI().chat.completions.create(model="gpt-4o", messages=HELLO)
    return {"said": [str(answer.choices[0].message.content)]}


async def by_sdk_asynchronously(state: State) -> State:
    async with openai.AsyncOpenAI() as client:
        answer = await client.chat.completions.create(model="gpt-4o", messages=HELLO)
    return {"said": [str(answer.choices[0].message.content)]}


def graph(left: Any, right: Any) -> Any:
    """Two nodes that run at once."""
    built = StateGraph(State)
    for name, node in (("left", left), ("right", right)):
        built.add_node(name, node)
        built.add_edge(START, name)
        built.add_edge(name, END)
    return built.compile(name="both")


BOTH = [
    ("chat gpt-4o", "task left"),
    ("chat gpt-4o", "task right"),
    ("invoke_workflow both", None),
    ("task left", "invoke_workflow both"),
    ("task right", "invoke_workflow both"),
]
USAGE = {
    "input_tokens": 7,
    "output_tokens": 3,
    "cache_read.input_tokens": 2,
    "reasoning.output_tokens": 1,
}


def test_the_report_has_a_line_of_its_own(telemetry: Captured) -> None:
    assert (telemetry.report["langchain"].state, telemetry.report["langgraph"].state) == (
        "ok",
        "ok",
    )


def test_nodes_in_threads(telemetry: Captured) -> None:
    assert graph(by_langchain, by_sdk).invoke({"said": []}) == {"said": ["You said: hello"] * 2}
    assert sorted(tree(telemetry.written())) == BOTH


async def test_nodes_in_tasks(telemetry: Captured) -> None:
    await graph(by_sdk_asynchronously, by_sdk_asynchronously).ainvoke({"said": []})
    assert sorted(tree(telemetry.written())) == BOTH


async def test_nodes_in_threads_of_an_asynchronous_graph(telemetry: Captured) -> None:
    await graph(by_langchain, by_sdk).ainvoke({"said": []})
    assert sorted(tree(telemetry.written())) == BOTH


def test_whole_spans(telemetry: Captured) -> None:
    built = StateGraph(State)
    built.add_node("ask", by_langchain)
    built.add_edge(START, "ask")
    built.add_edge("ask", END)
    config: Any = {"configurable": {"thread_id": "t-1"}}
    built.compile(name="questions").invoke({"said": ["so"]}, config)
    call, node, workflow = telemetry.written()
    assert usage(call) == USAGE
    assert node == {
        "name": "task ask",
        "kind": "INTERNAL",
        "id": 2,
        "parent": 1,
        "status": "UNSET",
        "attributes": {
            "gen_ai.operation.name": "task",
            "gen_ai.input.messages": '[{"role":"user","parts":[{"type":"unknown","content":{"said":["so"]}}]}]',
            "gen_ai.output.messages": '[{"role":"user","parts":[{"type":"unknown","content":{"said":["You said: hello"]}}]}]',
        },
        "events": [],
    }
    assert workflow == {
        "name": "invoke_workflow questions",
        "kind": "INTERNAL",
        "id": 1,
        "parent": None,
        "status": "UNSET",
        "attributes": {
            "gen_ai.operation.name": "invoke_workflow",
            "gen_ai.workflow.name": "questions",
            "gen_ai.conversation.id": "t-1",
            "gen_ai.input.messages": '[{"role":"user","parts":[{"type":"unknown","content":{"said":["so"]}}]}]',
            "gen_ai.output.messages": '[{"role":"user","parts":[{"type":"unknown","content":{"said":["so","You said: hello"]}}]}]',
        },
        "events": [],
    }


def test_a_graph_that_waits_for_a_person_has_not_failed(
    telemetry: Captured, caplog: pytest.LogCaptureFixture
) -> None:
    built = StateGraph(State)
    built.add_node("ask", lambda state: {"said": [interrupt("go on?")]})
    built.add_edge(START, "ask")
    asking = built.compile(name="asking", checkpointer=MemorySaver())
    config: Any = {"configurable": {"thread_id": "t-2"}}
    asking.invoke({"said": []}, config)
    assert asking.invoke(Command(resume="yes"), config) == {"said": ["yes"]}
    assert [(span["name"], span["status"]) for span in telemetry.written()] == [
        ("task ask", "UNSET"),
        ("invoke_workflow asking", "UNSET"),
    ] * 2
    assert caplog.messages == []


def test_a_graph_that_reaches_its_limit_has_failed(telemetry: Captured) -> None:
    built = StateGraph(State)
    built.add_node("again", lambda state: {"said": ["again"]})
    built.add_edge(START, "again")
    built.add_edge("again", "again")
    with pytest.raises(GraphRecursionError):
        built.compile(name="endless").invoke({"said": []}, {"recursion_limit": 2})
    span = telemetry.written()[-1]
    assert (span["name"], span["status"], span["attributes"]["error.type"]) == (
        "invoke_workflow endless",
        "ERROR",
        "langgraph.errors.GraphRecursionError",
    )


def test_a_node_that_fails_fails_its_graph(telemetry: Captured) -> None:
    def ask(state: State) -> State:
        return {"said": [str(ChatOpenAI(model="gpt-4o").invoke("fail").content)]}

    with pytest.raises(openai.BadRequestError):
        graph(ask, lambda state: {"said": []}).invoke({"said": []})
    failed = {span["name"] for span in telemetry.written() if span["status"] == "ERROR"}
    assert failed == {"chat gpt-4o", "task left", "invoke_workflow both"}


async def test_what_follows_a_stream_left_early_is_not_inside_it(telemetry: Captured) -> None:
    quiet = graph(lambda state: {"said": ["left"]}, lambda state: {"said": ["right"]})
    for _ in quiet.stream({"said": []}):
        break
    openai.OpenAI().chat.completions.create(model="gpt-4o", messages=HELLO)
    async for _ in quiet.astream({"said": []}):
        break
    await asyncio.sleep(0.05)  # The event loop closes what was left, in a task of its own.
    openai.OpenAI().chat.completions.create(model="gpt-4o", messages=HELLO)
    # A node that was still under way is cancelled, and says so.
    spans = [span for span in telemetry.written() if not span["name"].startswith("task")]
    assert (
        tree(spans)
        == [
            ("invoke_workflow both", None),
            ("chat gpt-4o", None),
        ]
        * 2
    )
    assert {span["status"] for span in spans} == {"UNSET"}


def test_switched_on_by_itself(provider: Provider) -> None:
    before = vars(BaseCallbackManager)["__init__"]
    with captured(include=["langgraph"], content=False) as told:
        graph(by_langchain, by_langchain).invoke({"said": ["secret"]})
        assert sorted(tree(told.written())) == BOTH
        assert "secret" not in str(told.written())
        assert "hello" not in str(told.written())
    assert vars(BaseCallbackManager)["__init__"] is before
