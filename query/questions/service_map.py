"""Who calls whom: spans joined with their parents in other services, and clients with what they say they call.

Parents and children arrive apart, so no view could join them at insert. They are joined when the map is asked for, over
whole traces; of a window with more than `max_service_map_spans` spans over one trace in n.
"""

from __future__ import annotations

import math
from typing import Any

from ..answers.service_map import ServiceCall, ServiceMap, ServiceNode
from ..reader import Reader
from ..time_range import slots
from .search import Window

_MAX_NODES = 200
_MAX_CALLS = 600
# A caller that waits longer than this for what it calls is not found.
_CALLER_EARLIER = 600 * 10**9


def service_map(reader: Reader, window: Window) -> ServiceMap:
    """The map of a window."""
    lies_in = slots(window.start, window.end)
    parameters: dict[str, Any] = window._asdict() | {
        "first_slot": lies_in.first,
        "last_slot": lies_in.last,
        "first_caller_slot": slots(window.start - _CALLER_EARLIER, window.end).first,
    }
    spans = reader.rows("service_map_size", parameters)[0]["Spans"]
    one_in = max(1, math.ceil(spans / reader.settings.max_service_map_spans))
    parameters["one_in"] = one_in
    scale = _Scale(one_in, (window.end - window.start + 1) / 1e9)
    services = reader.rows("service_map_services", parameters | {"limit": _MAX_NODES})
    calls = reader.rows("service_map_calls", parameters | {"limit": _MAX_CALLS})
    peers = reader.rows("service_map_peers", parameters | {"limit": _MAX_CALLS})
    nodes = {node.id: node for node in (scale.service(row) for row in services)}
    edges = [scale.call(row) for row in calls]
    for row in peers:
        edge, node = scale.peer(row, nodes)
        edges.append(edge)
        nodes[node.id] = node
    for id in (id for edge in edges for id in (edge.caller, edge.callee)):
        # Its own spans are not of the window, or others have more.
        nodes.setdefault(id, _without_requests(id.removeprefix("service ")))
    return ServiceMap(
        nodes=list(nodes.values()),
        calls=edges,
        node_total=_total(services) + len(nodes) - len(services),
        call_total=_total(calls) + _total(peers),
        span_count=spans,
        sampled_one_in=one_in,
        start_time_unix_nano=str(window.start),
        end_time_unix_nano=str(window.end),
    )


def _without_requests(name: str) -> ServiceNode:
    return ServiceNode(
        id=f"service {name}",
        name=name,
        kind="service",
        request_count=0,
        error_count=0,
        requests_per_second=0,
        p50_nano=0,
        p95_nano=0,
    )


def _total(rows: list[dict[str, Any]]) -> int:
    return int(rows[0]["Total"]) if rows else 0


class _Scale:
    """Counts of a sample as counts of all."""

    def __init__(self, one_in: int, seconds: float) -> None:
        self._one_in = one_in
        self._seconds = seconds

    def service(self, row: dict[str, Any]) -> ServiceNode:
        requests = row["Requests"] * self._one_in
        p50, p95 = _quantiles(row)
        return ServiceNode(
            id=f"service {row['Service']}",
            name=row["Service"],
            kind="service",
            request_count=requests,
            error_count=row["Errors"] * self._one_in,
            requests_per_second=requests / self._seconds,
            p50_nano=p50,
            p95_nano=p95,
        )

    def call(self, row: dict[str, Any]) -> ServiceCall:
        return self._edge(row, f"service {row['Callee']}")

    def peer(
        self, row: dict[str, Any], nodes: dict[str, ServiceNode]
    ) -> tuple[ServiceCall, ServiceNode]:
        """The edge, and the node that it leads to with these calls among its own."""
        as_service = nodes.get(f"service {row['Peer']}")
        if as_service is not None:
            return self._edge(row, as_service.id), as_service
        edge = self._edge(row, f"{row['Kind']} {row['Peer']}")
        known = nodes.get(edge.callee)
        requests = edge.call_count + (known.request_count if known else 0)
        node = ServiceNode(
            id=edge.callee,
            name=row["Peer"],
            kind=row["Kind"],
            request_count=requests,
            error_count=edge.error_count + (known.error_count if known else 0),
            requests_per_second=requests / self._seconds,
            # Quantiles cannot be added: the caller with the most calls speaks for all.
            p50_nano=known.p50_nano if known else edge.p50_nano,
            p95_nano=known.p95_nano if known else edge.p95_nano,
        )
        return edge, node

    def _edge(self, row: dict[str, Any], callee: str) -> ServiceCall:
        calls = row["Calls"] * self._one_in
        p50, p95 = _quantiles(row)
        return ServiceCall(
            caller=f"service {row['Caller']}",
            callee=callee,
            kind=row["Kind"],
            call_count=calls,
            error_count=row["Errors"] * self._one_in,
            calls_per_second=calls / self._seconds,
            p50_nano=p50,
            p95_nano=p95,
        )


def _quantiles(row: dict[str, Any]) -> tuple[int, int]:
    """Of no spans there are none."""
    p50, p95 = (float(value) for value in row["Quantiles"])
    return (0 if math.isnan(p50) else round(p50), 0 if math.isnan(p95) else round(p95))
