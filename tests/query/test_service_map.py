"""The service map: services, calls between them, and what they call that sends no spans."""

from __future__ import annotations

from typing import Any

import pytest
from opentelemetry.proto.trace.v1.trace_pb2 import Span
from starlette.testclient import TestClient

from spanhouse.collector.store import Store
from spanhouse.query.app import create_app
from spanhouse.query.settings import QuerySettings

from .conftest import Api
from .sent import MINUTE, MS, SECOND, T0, Value, span, span_id, trace_id, traces

WINDOW = {"start": T0, "end": T0 + MINUTE - 1}
SERVER, CLIENT = Span.SPAN_KIND_SERVER, Span.SPAN_KIND_CLIENT
PRODUCER, CONSUMER = Span.SPAN_KIND_PRODUCER, Span.SPAN_KIND_CONSUMER


def of(kind: Span.SpanKind.ValueType, found: Span) -> Span:
    """The span with its kind."""
    found.kind = kind
    return found


def client(number: int, parent: int, attributes: dict[str, Value], **more: Any) -> Span:
    """A client's span of trace 1."""
    return of(CLIENT, span(1, number, "call", parent=parent, attributes=attributes, **more))


def edges(found: Any) -> dict[str, tuple[int, int]]:
    """Calls and errors by `caller > callee (kind)`."""
    return {
        f"{call['caller']} > {call['callee']} ({call['kind']})": (
            call["call_count"],
            call["error_count"],
        )
        for call in found["calls"]
    }


def test_a_call_is_a_span_with_its_parent_in_another_service(api: Api) -> None:
    web = [
        of(SERVER, span(1, 1, "GET /", duration=50 * MS)),
        client(2, 1, {"server.address": "cart:80"}),
    ]
    cart = [
        of(SERVER, span(1, 3, "add", parent=2, start=MS, duration=20 * MS, error=True)),
        span(1, 4, "inside", parent=3, start=2 * MS),
    ]
    api.send(traces(web, "web"))
    api.send(traces(cart, "cart"))
    found = api.get("/api/service-map", **WINDOW)
    assert edges(found) == {"service web > service cart (call)": (1, 1)}
    assert found["nodes"] == [
        {
            "id": f"service {name}",
            "name": name,
            "kind": "service",
            "request_count": 1,
            "error_count": errors,
            "requests_per_second": pytest.approx(1 / 60),
            "p50_nano": duration,
            "p95_nano": duration,
        }
        for name, errors, duration in (("cart", 1, 20 * MS), ("web", 0, 50 * MS))
    ]
    assert (found["span_count"], found["sampled_one_in"]) == (4, 1)
    assert (found["node_total"], found["call_total"]) == (2, 1)


def test_what_sends_no_spans_is_known_by_its_clients(api: Api) -> None:
    spans = [
        of(SERVER, span(1, 1)),
        client(
            2, 1, {"db.system.name": "postgresql", "db.namespace": "shop", "server.address": "db"}
        ),
        client(3, 1, {"db.system": "redis"}, error=True),
        client(4, 1, {"server.address": "api.example.com"}),
        client(
            5,
            1,
            {
                "gen_ai.operation.name": "chat",
                "gen_ai.provider.name": "openai",
                "server.address": "x",
            },
        ),
        client(6, 1, {"peer.service": "ledger", "server.address": "10.0.0.7"}),
        of(
            PRODUCER,
            span(
                1,
                7,
                parent=1,
                attributes={"messaging.system": "kafka", "messaging.destination.name": "orders"},
            ),
        ),
        client(8, 1, {}),
        client(9, 1, {"peer.service": "other"}),
    ]
    api.send(traces(spans, "web"))
    api.send(traces([span(2, 1)], "other"))
    assert edges(api.get("/api/service-map", **WINDOW)) == {
        "service web > database postgresql shop (database)": (1, 0),
        "service web > database redis (database)": (1, 1),
        "service web > external api.example.com (external)": (1, 0),
        "service web > external ledger (external)": (1, 0),
        "service web > gen_ai openai (gen_ai)": (1, 0),
        "service web > messaging kafka orders (messaging)": (1, 0),
        # A service of that name is there.
        "service web > service other (external)": (1, 0),
    }


def test_a_message_leads_from_its_producer_to_its_consumer(api: Api) -> None:
    linked = of(CONSUMER, span(2, 1, "settle"))
    linked.links.add(trace_id=bytes.fromhex(trace_id(1)), span_id=bytes.fromhex(span_id(1)))
    api.send(traces([of(PRODUCER, span(1, 1))], "shop"))
    api.send(traces([linked], "settlement"))
    api.send(traces([of(CONSUMER, span(1, 2, parent=1))], "packing"))
    assert edges(api.get("/api/service-map", **WINDOW)) == {
        "service shop > service packing (messaging)": (1, 0),
        "service shop > service settlement (messaging)": (1, 0),
    }


def test_a_caller_may_have_begun_before_the_window(api: Api) -> None:
    api.send(traces([span(1, 1, start=-30 * SECOND, duration=MINUTE)], "web"))
    api.send(traces([of(SERVER, span(1, 2, parent=1))], "cart"))
    found = api.get("/api/service-map", **WINDOW)
    assert edges(found) == {"service web > service cart (call)": (1, 0)}
    assert {node["name"]: node["request_count"] for node in found["nodes"]} == {"cart": 1, "web": 0}


def test_a_large_window_is_sampled_by_whole_traces_and_says_so(api: Api, store: Store) -> None:
    requests = range(1, 201)
    api.send(traces([span(number, 1) for number in requests], "web"))
    api.send(traces([of(SERVER, span(number, 2, parent=1)) for number in requests], "cart"))
    app = create_app(store, settings=QuerySettings(max_service_map_spans=100))
    with TestClient(app) as sampling:
        found = Api(sampling, api.project).get("/api/service-map", **WINDOW)
    assert (found["span_count"], found["sampled_one_in"]) == (400, 4)
    [call] = found["calls"]
    cart, web = found["nodes"]
    assert call["call_count"] == cart["request_count"] == web["request_count"]
    assert call["call_count"] % 4 == 0
    assert 100 < call["call_count"] < 300
