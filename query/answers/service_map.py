"""Answer of the service map: who calls whom, how often and how well."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

NodeKind = Literal["service", "database", "messaging", "gen_ai", "external"]


class ServiceNode(BaseModel):
    """A service, or something that is called and sends no spans itself."""

    id: str = Field(description="kind and name")
    name: str
    kind: NodeKind
    request_count: int = Field(
        description="of a service: server, consumer and root spans; of others: the calls to it"
    )
    error_count: int
    requests_per_second: float
    p50_nano: int
    p95_nano: int


class ServiceCall(BaseModel):
    """Calls from one node to another."""

    caller: str = Field(description="id of a node")
    callee: str = Field(description="id of a node")
    kind: Literal["call", "messaging", "database", "gen_ai", "external"]
    call_count: int
    error_count: int
    calls_per_second: float
    p50_nano: int = Field(description="of the callee's span; of a peer, the client's")
    p95_nano: int


class ServiceMap(BaseModel):
    """The busiest nodes and calls of the window."""

    nodes: list[ServiceNode]
    calls: list[ServiceCall]
    node_total: int
    call_total: int
    span_count: int = Field(description="of the window")
    sampled_one_in: int = Field(
        description="1: of all traces; n: of one trace in n, and counts are multiplied by n"
    )
    start_time_unix_nano: str
    end_time_unix_nano: str
