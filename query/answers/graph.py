"""Answer about one trace: who called whom."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

NodeKind = Literal["agent", "model", "tool", "retriever", "service"]


class GraphNode(BaseModel):
    """Something that worked in the trace: its spans together."""

    kind: NodeKind
    name: str
    service: str = Field(description="of its first span")
    span_id: str = Field(description="its first span")
    count: int
    error_count: int
    duration_nano: int = Field(
        description="of its spans, side by side ones counted twice, one inside another of its own once"
    )
    input_tokens: int = Field(
        description="of the calls, and of an agent those that it made itself; what repeats another is not added"
    )
    output_tokens: int
    cost: float | None = Field(description="US dollars of the same calls, as far as it is known")
    first_use: int = Field(description="nanoseconds after the trace's start")


class GraphEdge(BaseModel):
    """Calls from one node to another, or to itself."""

    source: int = Field(description="index into nodes")
    target: int = Field(description="index into nodes")
    span_id: str = Field(description="the first span called")
    count: int
    error_count: int
    duration_nano: int = Field(description="of the spans called")
    input_tokens: int = Field(description="of the calls")
    output_tokens: int
    cost: float | None = Field(description="US dollars of the same calls, as far as it is known")
    first_use: int = Field(description="nanoseconds after the trace's start")


class TraceGraph(BaseModel):
    """Nodes and edges in the order of their first use; where there are more, the most used ones are shown."""

    trace_id: str
    start_time_unix_nano: str
    duration_nano: int
    span_count: int
    shown_span_count: int
    nodes: list[GraphNode]
    node_count: int = Field(description="more than there are nodes where some are left out")
    edges: list[GraphEdge]
    edge_count: int
