"""LangGraph: graphs and their nodes, streams, interrupts, conversations by `thread_id`.

    from typing import TypedDict

    from langgraph.graph import END, START, StateGraph
    import spanhouse

    class State(TypedDict):
        question: str

    spanhouse.instrument()
    graph = StateGraph(State)
    graph.add_node("ask", lambda state: state)
    graph.add_edge(START, "ask")
    graph.add_edge("ask", END)
    graph.compile(name="questions").invoke({"question": "Hello"}, {"configurable": {"thread_id": "1"}})

A graph runs on LangChain's callbacks, so what is done is in langchain.py; either of the two switches it on, for
both."""

from __future__ import annotations

from ..engine import Library
from .langchain import switch

LIBRARY = Library("langgraph", "langgraph", "langgraph.pregel", "0.2", switch=switch)
