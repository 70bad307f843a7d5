"""Who called whom in a trace: agents, models, tools, retrievers and services, each once, with what they cost.

A span is a use of a node where it invokes an agent, calls a model (the innermost of wrapped calls), runs a tool or
searches; without GenAI where it begins the trace or the work of another service than its parent's. All other spans
belong to the node above them. An edge leads from the nearest node above a use to the node used.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from ..answers.graph import GraphEdge, GraphNode, NodeKind, TraceGraph
from .attribution import MODEL_CALLS, RETRIEVALS
from .outline import Outline, dollars_of
from .rows import TraceRows

_AGENTS = ("invoke_agent", "invoke_workflow")
_Key = TypeVar("_Key")


class Node(NamedTuple):
    """What makes uses the same node."""

    kind: NodeKind
    name: str


@dataclass
class _Used:
    """Uses of a node or an edge so far."""

    span: int
    count: int = 0
    errors: int = 0
    duration: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    costs: list[int | None] = field(default_factory=list)


class _Use(NamedTuple):
    span: int
    node: Node
    caller: Node | None
    agent: Node | None
    """The nearest agent above."""
    is_inside_itself: bool


def graph(outline: Outline, max_nodes: int, max_edges: int) -> TraceGraph:
    """The graph of a trace; of more nodes or edges than the bounds the most used ones."""
    trace = outline.trace
    nodes: dict[Node, _Used] = {}
    edges: dict[tuple[Node, Node], _Used] = {}
    for use in _uses(outline):
        used = [nodes.setdefault(use.node, _Used(use.span))]
        _add(trace, used[0], use, 0 if use.is_inside_itself else trace.duration[use.span])
        if use.caller is not None:
            edge = edges.setdefault((use.caller, use.node), _Used(use.span))
            _add(trace, edge, use, trace.duration[use.span])
            used.append(edge)
        if trace.counted[use.span]:
            used += [nodes[use.agent]] if use.agent is not None else []
            for each in used:
                each.input_tokens += trace.input_tokens[use.span]
                each.output_tokens += trace.output_tokens[use.span]
                each.costs.append(trace.cost[use.span])
    shown_nodes = _most_used(trace, nodes, max_nodes)
    place = {node: index for index, node in enumerate(shown_nodes)}
    within = {key: used for key, used in edges.items() if key[0] in place and key[1] in place}
    shown_edges = _most_used(trace, within, max_edges)
    return TraceGraph(
        trace_id=trace.trace_id,
        start_time_unix_nano=str(trace.total.start_nano),
        duration_nano=trace.total.end_nano - trace.total.start_nano,
        span_count=trace.total.span_count,
        shown_span_count=len(trace),
        nodes=[_node(trace, node, used) for node, used in shown_nodes.items()],
        node_count=len(nodes),
        edges=[
            _edge(trace, place[source], place[target], used)
            for (source, target), used in shown_edges.items()
        ],
        edge_count=len(edges),
    )


def _add(trace: TraceRows, used: _Used, use: _Use, duration: int) -> None:
    used.count += 1
    used.errors += trace.status[use.span] == "Error"
    used.duration += duration
    if trace.start[use.span] < trace.start[used.span]:
        used.span = use.span


def _most_used(trace: TraceRows, found: dict[_Key, _Used], bound: int) -> dict[_Key, _Used]:
    """The `bound` most used, in the order of their first use."""
    most = sorted(found.items(), key=lambda item: -item[1].count)[:bound]
    return dict(sorted(most, key=lambda item: (trace.start[item[1].span], item[1].span)))


def _uses(outline: Outline) -> Iterator[_Use]:
    """Every use, a caller's before those below it."""
    trace = outline.trace
    above: dict[int, tuple[Node | None, Node | None]] = {}
    active: dict[Node, int] = {}
    # A span is left after all below it: its complement stands for that.
    pending = [*trace.roots[::-1]]
    entered: dict[int, Node] = {}
    while pending:
        span = pending.pop()
        if span < 0:
            active[entered.pop(~span)] -= 1
            continue
        caller, agent = above.get(trace.parent[span], (None, None))
        node = _node_of(outline, span)
        if node is not None:
            yield _Use(span, node, caller, agent, active.get(node, 0) > 0)
            active[node] = active.get(node, 0) + 1
            entered[span] = node
            pending.append(~span)
            caller, agent = node, node if node.kind == "agent" else agent
        if span in trace.children:
            above[span] = (caller, agent)
            pending += trace.children[span][::-1]


def _node_of(outline: Outline, span: int) -> Node | None:
    trace = outline.trace
    operation, name = trace.operation[span], trace.name[span]
    if operation in _AGENTS:
        return Node("agent", trace.agent[span] or name)
    if operation in MODEL_CALLS or operation == "embeddings":
        return None if span in outline.wrappers else Node("model", trace.model[span] or name)
    if operation == "execute_tool":
        return Node("tool", trace.tool[span] or name)
    if operation in RETRIEVALS:
        return Node("retriever", name)
    parent = trace.parent[span]
    if not operation and (parent < 0 or trace.service[parent] != trace.service[span]):
        return Node("service", trace.service[span])
    return None


def _node(trace: TraceRows, node: Node, used: _Used) -> GraphNode:
    return GraphNode(
        kind=node.kind,
        name=node.name,
        service=trace.service[used.span],
        span_id=trace.span_id[used.span],
        count=used.count,
        error_count=used.errors,
        duration_nano=used.duration,
        input_tokens=used.input_tokens,
        output_tokens=used.output_tokens,
        cost=dollars_of(used.costs),
        first_use=trace.start[used.span] - trace.total.start_nano,
    )


def _edge(trace: TraceRows, source: int, target: int, used: _Used) -> GraphEdge:
    return GraphEdge(
        source=source,
        target=target,
        span_id=trace.span_id[used.span],
        count=used.count,
        error_count=used.errors,
        duration_nano=used.duration,
        input_tokens=used.input_tokens,
        output_tokens=used.output_tokens,
        cost=dollars_of(used.costs),
        first_use=trace.start[used.span] - trace.total.start_nano,
    )
