"""One trace: its skeleton, one span in full, a search in it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status
from starlette.testclient import TestClient

from spanhouse.collector.store import Store
from spanhouse.query.answers.trace import Skeleton
from spanhouse.query.app import create_app
from spanhouse.query.settings import QuerySettings

from .conftest import Api
from .sent import HOUR, MS, T0, Value, key_values, span, span_id, trace_id, traces


def skeleton(api: Api, number: int = 1) -> Any:
    """The skeleton of a trace; its shape is that of the model the page's types come from."""
    found = api.get(f"/api/traces/{trace_id(number)}/skeleton")
    assert Skeleton.model_validate(found).model_dump() == found
    return found


def test_a_skeleton_is_the_trace_by_column(api: Api) -> None:
    chat: dict[str, Value] = {
        "gen_ai.operation.name": "chat",
        "gen_ai.request.model": "m-1",
        "gen_ai.usage.input_tokens": 11,
        "gen_ai.usage.output_tokens": 7,
    }
    root = span(1, 1, "GET /", duration=50 * MS)
    root.kind = Span.SPAN_KIND_SERVER
    root.status.code = Status.STATUS_CODE_OK
    call = span(1, 3, "chat m-1", parent=1, start=2 * MS, error=True, attributes=chat)
    call.events.add(name="first token", time_unix_nano=T0)
    call.events.add(name="last token", time_unix_nano=T0)
    api.send(traces([root, call], "web"))
    api.send(traces([span(1, 2, "late", parent=9, start=2 * MS)], "cart"))
    assert skeleton(api) == {
        "trace_id": trace_id(1),
        "start_time_unix_nano": str(T0),
        "duration_nano": 50 * MS,
        "span_count": 3,
        "shown_span_count": 3,
        "error_count": 1,
        "services": ["web", "cart"],
        "names": ["GET /", "late", "chat m-1"],
        "operations": ["", "chat"],
        "models": ["", "m-1"],
        "agents": [""],
        "tools": [""],
        "spans": {
            "span_id": [span_id(1), span_id(2), span_id(3)],
            "parent": [-1, -2, 0],
            "name": [0, 1, 2],
            "service": [0, 1, 0],
            "start": [0, 2 * MS, 2 * MS],
            "duration": [50 * MS, MS, MS],
            "status": [1, 0, 2],
            "kind": [2, 1, 1],
            "event_count": [0, 0, 2],
            "operation": [0, 0, 1],
            "model": [0, 0, 1],
            "agent": [0, 0, 0],
            "tool": [0, 0, 0],
            "input_tokens": [0, 0, 11],
            "output_tokens": [0, 0, 7],
            "cache_read_tokens": [0, 0, 0],
            "cache_write_tokens": [0, 0, 0],
            "reasoning_tokens": [0, 0, 0],
            "audio_tokens": [0, 0, 0],
            "cost": [None, None, None],
            "counted": [False, False, True],
        },
    }


def test_a_span_sent_twice_is_shown_twice_under_its_first_parent(api: Api) -> None:
    api.send(traces([span(1, 1), span(1, 2, parent=1, start=MS)]))
    api.send(traces([span(1, 1, "again"), span(1, 3, parent=2, start=2 * MS)]))
    found = skeleton(api)
    assert found["span_count"] == 4
    assert found["spans"]["span_id"] == [span_id(1), span_id(1), span_id(2), span_id(3)]
    assert found["spans"]["parent"][2:] == [0, 2]


def test_spans_that_share_an_id_are_told_apart(api: Api) -> None:
    """By their order in the trace, whatever the order they came in."""
    api.send(traces([span(1, 1, "later", start=MS)]))
    api.send(traces([span(1, 1, "earlier")]))
    path = f"/api/traces/{trace_id(1)}/spans/{span_id(1)}"
    assert [api.get(path, nth=nth)["name"] for nth in (0, 1)] == ["earlier", "later"]
    assert api.get(path)["name"] == "earlier"
    assert api.ask(path, nth=2).status_code == 404


def test_a_trace_of_days_is_whole(api: Api) -> None:
    api.send(traces([span(1, 1, "run", duration=100 * HOUR)]))
    api.send(traces([span(1, n, "epoch", parent=1, start=n * 9 * HOUR) for n in range(2, 12)]))
    found = skeleton(api)
    assert found["span_count"] == 11
    assert found["duration_nano"] == 100 * HOUR


def test_ids_may_be_written_in_upper_case(api: Api) -> None:
    api.send(traces([span(0xAB, 0xCD)]))
    path = f"/api/traces/{trace_id(0xAB).upper()}"
    assert api.get(f"{path}/skeleton")["trace_id"] == trace_id(0xAB)
    assert api.get(f"{path}/spans/{span_id(0xCD).upper()}")["span_id"] == span_id(0xCD)


def test_a_trace_over_the_bound_shows_its_beginning_and_counts_all(api: Api, store: Store) -> None:
    spans = [span(1, n, start=n * MS, error=n == 5) for n in range(1, 6)]
    api.send(traces([*spans, span(1, 6, start=6 * MS, duration=HOUR)]))
    with TestClient(create_app(store, settings=QuerySettings(max_skeleton_spans=2))) as client:
        found = skeleton(Api(client, api.project))
    assert found["spans"]["span_id"] == [span_id(1), span_id(2)]
    assert (found["span_count"], found["shown_span_count"], found["error_count"]) == (6, 2, 1)
    assert found["duration_nano"] == HOUR + 5 * MS


def test_a_skeleton_is_compressed_for_who_takes_it(api: Api) -> None:
    api.send(traces([span(1, n, f"span {n}") for n in range(1, 50)]))
    path = f"/api/traces/{trace_id(1)}/skeleton?project={api.project}"
    zipped = api.client.get(path, headers={"accept-encoding": "gzip"})
    plain = api.client.get(path, headers={"accept-encoding": "identity"})
    assert zipped.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert zipped.json() == plain.json()
    assert int(zipped.headers["content-length"]) < len(plain.content) / 2


@pytest.mark.parametrize(
    "path", ["skeleton", f"spans/{span_id(1)}", "search?q=x", "otlp", "critical-path"]
)
def test_a_trace_that_is_not_stored_is_not_found(api: Api, path: str) -> None:
    response = api.ask(f"/api/traces/{trace_id(1)}/{path}")
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    assert f"no span of it is stored in project '{api.project}'" in response.json()["detail"]


def test_a_span_that_is_not_stored_is_not_found(api: Api) -> None:
    api.send(traces([span(1, 1)]))
    response = api.ask(f"/api/traces/{trace_id(1)}/spans/{span_id(2)}")
    assert response.status_code == 404
    assert "has no such span" in response.json()["detail"]


def everything() -> Span:
    """A span that says all that OTLP can say of a span."""
    found = span(1, 2, "chat", parent=1, start=5, duration=20 * MS, error=True)
    found.kind = Span.SPAN_KIND_CLIENT
    found.trace_state = "a=1,b=2"
    found.flags = 0x301
    found.status.message = "boom"
    found.dropped_attributes_count = 1
    found.dropped_events_count = 2
    found.dropped_links_count = 3
    found.attributes.extend(
        key_values(
            {
                "text": "5",
                "empty text": "",
                "int": 5,
                "zero": 0,
                "big": -(2**63),
                "double": 5.0,
                "nan": float("nan"),
                "yes": True,
                "no": False,
                "bytes": b"\x00\xff",
                "list": ["a", 1, 2.0, True, None],
                "map": {"a": {"b": [1, {"c": None}]}},
                "odd": [b"\x01", float("inf")],
                "nothing": None,
            }
        )
    )
    event = found.events.add(name="said", time_unix_nano=T0 + 7, dropped_attributes_count=4)
    event.attributes.extend(key_values({"n": 1, "o": {"k": "v"}}))
    link = found.links.add(
        trace_id=bytes.fromhex(trace_id(7)),
        span_id=bytes.fromhex(span_id(8)),
        trace_state="x=y",
        flags=1,
        dropped_attributes_count=5,
    )
    link.attributes.extend(key_values({"why": "retry"}))
    return found


def test_a_span_in_full(api: Api, golden: Callable[[str, str], None]) -> None:
    request = traces([everything()], resource={"host.cpus": 8})
    resource_spans = request.resource_spans[0]
    resource_spans.schema_url = "https://example.org/resource"
    resource_spans.resource.dropped_attributes_count = 6
    scope_spans = resource_spans.scope_spans[0]
    scope_spans.schema_url = "https://example.org/scope"
    scope_spans.scope.version = "1.2"
    scope_spans.scope.dropped_attributes_count = 7
    scope_spans.scope.attributes.extend(key_values({"lib": True}))
    api.send(request)
    found = api.get(f"/api/traces/{trace_id(1)}/spans/{span_id(2)}")
    assert int(found.pop("received_time_unix_nano")) > T0
    golden("api/span.json", json.dumps(found, indent=2) + "\n")


@pytest.mark.parametrize("end", [0, T0 - HOUR])
def test_an_end_before_the_start_is_shown_as_sent(api: Api, end: int) -> None:
    early = span(1, 1)
    early.end_time_unix_nano = end
    api.send(traces([early]))
    found = api.get(f"/api/traces/{trace_id(1)}/spans/{span_id(1)}")
    assert (found["end_time_unix_nano"], found["duration_nano"]) == (str(end), 0)
    assert skeleton(api)["duration_nano"] == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GET", [1]),
        ("get /ca", [1]),
        ("BOOM", [2]),
        ("http.route", [1]),
        ("/cart", [1]),
        ("first tok", [2]),
        ("web", [1, 2]),
        ("payments", [3]),
        ("%", []),
        ("'", []),
    ],
)
def test_a_search_finds_the_spans_that_hold_the_text(
    api: Api, text: str, expected: list[int]
) -> None:
    failed = span(1, 2, "call", parent=1, start=1, error=True)
    failed.status.message = "Boom"
    failed.events.add(name="first token", time_unix_nano=T0)
    api.send(traces([span(1, 1, "GET /cart", attributes={"http.route": "/cart"}), failed], "web"))
    api.send(traces([span(1, 3, "pay", parent=2, start=2)], "payments"))
    found = api.get(f"/api/traces/{trace_id(1)}/search", q=text)
    assert found == {"span_ids": [span_id(n) for n in expected], "total": len(expected)}


def test_text_that_is_no_utf8_is_shown_with_replacements(api: Api) -> None:
    broken = span(1, 1, "name-XY", attributes={"k": "value-XY"})
    body = traces([broken]).SerializeToString().replace(b"-XY", b"-\xff\xfe")
    response = api.client.post(
        "/v1/traces",
        content=body,
        headers={
            "content-type": "application/x-protobuf",
            "x-spanhouse-project": api.project,
        },
    )
    assert response.status_code == 200
    found = api.get(f"/api/traces/{trace_id(1)}/spans/{span_id(1)}")
    assert found["name"] == "name-�"
    assert found["attributes"][0]["value"] == "value-�"
    assert skeleton(api)["names"] == ["name-�"]
    assert api.get("/api/traces", start=T0, end=T0)["traces"][0]["root_name"] == "name-�"
