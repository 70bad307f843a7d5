"""Who called whom in a trace."""

from __future__ import annotations

from typing import Any

from spanhouse.query.analysis.graph import graph
from spanhouse.query.analysis.outline import Outline
from spanhouse.query.answers.graph import TraceGraph

from .conftest import Api
from .sent import MS, span, span_id, trace_id, traces
from .traced import Line, rows


def found(*lines: Line, max_nodes: int = 99, max_edges: int = 99) -> TraceGraph:
    """The graph of the lines."""
    return graph(Outline(rows(lines)), max_nodes, max_edges)


def edges(answer: TraceGraph) -> list[str]:
    """Edges as `source -> target xcount`."""
    names = [node.name for node in answer.nodes]
    return [f"{names[edge.source]} -> {names[edge.target]} x{edge.count}" for edge in answer.edges]


WEB = Line("0", duration=100, service="web", name="POST /ask")
AGENT = Line("1", "0", 1, 90, service="bot", operation="invoke_agent", agent="support")
CALLS = [
    Line("2", "1", 2, 8, service="bot", operation="chat", model="m-1", input_tokens=7, output_tokens=1),
    Line("3", "1", 10, 40, service="bot", operation="execute_tool", tool="find", error=True),
    Line("4", "3", 11, 30, service="bot", kind="Client", name="GET"),
    Line("5", "4", 12, 20, service="shop", kind="Server", name="GET /orders"),
    Line("6", "5", 13, 5, service="shop", kind="Client", name="SELECT"),
    Line("7", "1", 60, 20, service="bot", operation="chat", model="m-1", input_tokens=9, output_tokens=2, cost=10**21),
    Line("8", "1", 85, 2, service="bot", operation="retrieval", name="help-center"),
]  # fmt: skip


def test_the_graph_is_in_the_order_of_first_use() -> None:
    answer = found(WEB, AGENT, *CALLS)
    assert [(node.kind, node.name, node.count) for node in answer.nodes] == [
        ("service", "web", 1),
        ("agent", "support", 1),
        ("model", "m-1", 2),
        ("tool", "find", 1),
        ("service", "shop", 1),
        ("retriever", "help-center", 1),
    ]
    assert edges(answer) == [
        "web -> support x1",
        "support -> m-1 x2",
        "support -> find x1",
        "find -> shop x1",
        "support -> help-center x1",
    ]
    model, tool = answer.nodes[2:4]
    assert (model.input_tokens, model.output_tokens, model.duration_nano) == (16, 3, 28)
    assert [node.cost for node in answer.nodes] == [None, 0.001, 0.001, None, None, None]
    assert (tool.error_count, tool.span_id, tool.first_use) == (1, "3", 10)
    assert answer.edges[1].input_tokens == 16
    # An agent has the tokens of the calls it made; services and tools have none.
    assert [node.input_tokens for node in answer.nodes] == [0, 16, 16, 0, 0, 0]


def test_an_agent_inside_itself_is_one_node_and_its_time_counts_once() -> None:
    inner = Line("2", "1", 2, 50, service="bot", operation="invoke_agent", agent="support")
    after = Line("3", "0", 92, 5, service="bot", operation="invoke_agent", agent="support")
    answer = found(WEB, AGENT, inner, after)
    assert edges(answer) == ["web -> support x2", "support -> support x1"]
    assert (answer.nodes[1].count, answer.nodes[1].duration_nano) == (3, 95)


def test_a_call_that_wraps_another_is_no_use() -> None:
    outer = Line("1", "0", 1, 9, operation="chat", model="m-1", input_tokens=5, repeats=True)
    inner = Line("2", "1", 2, 5, operation="chat", model="m-1", input_tokens=5)
    answer = found(WEB, outer, inner)
    assert [(node.name, node.count, node.input_tokens) for node in answer.nodes[1:]] == [
        ("m-1", 1, 5)
    ]


def test_what_is_left_out_is_told() -> None:
    tools = [
        Line(str(n), "0", n, 1, operation="execute_tool", tool=f"t{n % 4}") for n in range(1, 7)
    ]
    answer = found(WEB, *tools, max_nodes=3, max_edges=1)
    assert [node.name for node in answer.nodes] == ["web", "t1", "t2"]
    assert edges(answer) == ["web -> t1 x2"]
    assert (answer.node_count, answer.edge_count) == (5, 4)


def test_the_route_answers_the_graph(api: Api) -> None:
    api.send(traces([span(1, 1, duration=9 * MS)], "web"))
    api.send(traces([span(1, 2, parent=1, start=MS)], "shop"))
    answer: Any = api.get(f"/api/traces/{trace_id(1)}/graph")
    assert TraceGraph.model_validate(answer).model_dump() == answer
    assert [(node["name"], node["span_id"]) for node in answer["nodes"]] == [
        ("web", span_id(1)),
        ("shop", span_id(2)),
    ]
    assert [(edge["source"], edge["target"]) for edge in answer["edges"]] == [(0, 1)]
