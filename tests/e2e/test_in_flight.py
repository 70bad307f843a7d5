"""A trace in flight is followed until it is complete; long pauses are cut out of the axis on request."""

from __future__ import annotations

import time
import urllib.request
from pathlib import Path

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from tests.e2e.conftest import Demo, Drive
from tests.spanhouse.command import RunningServer

pytestmark = pytest.mark.e2e

PROJECT = "in-flight"
SECOND = 10**9
_RUNNING, _PAUSED = bytes(15) + b"\x01", bytes(15) + b"\x02"


def request_of(*spans: tuple[bytes, int, int, str, int, int]) -> bytes:
    """Spans (trace, id, parent, name, start, duration) of one service as an OTLP request."""
    request = ExportTraceServiceRequest()
    resource_spans = request.resource_spans.add()
    resource_spans.resource.attributes.add(key="service.name").value.string_value = "approvals"
    scope_spans = resource_spans.scope_spans.add()
    for trace, number, parent, name, start, took in spans:
        scope_spans.spans.add(
            trace_id=trace,
            span_id=number.to_bytes(8, "big"),
            parent_span_id=parent.to_bytes(8, "big") if parent else b"",
            name=name,
            start_time_unix_nano=start,
            end_time_unix_nano=start + took,
        )
    return request.SerializeToString()


def send(server: RunningServer, body: bytes) -> None:
    """To the project of this test."""
    headers = {"content-type": "application/x-protobuf", "x-spanhouse-project": PROJECT}
    post = urllib.request.Request(f"{server.http}/v1/traces", body, headers)
    with urllib.request.urlopen(post, timeout=30) as answer:
        assert answer.read() == b""


def test_a_trace_is_followed_until_it_is_complete_and_pauses_are_cut(
    drive: Drive, server: RunningServer, demo: Demo, tmp_path: Path
) -> None:
    """Without a reload; what is selected stays selected, and a complete trace is not asked for again."""
    now = time.time_ns()
    send(
        server,
        request_of(
            (_RUNNING, 2, 1, "first step", now - 3 * SECOND, SECOND),
            (_RUNNING, 3, 1, "second step", now - 2 * SECOND, SECOND),
        ),
    )
    start = now - 60 * SECOND
    send(
        server,
        request_of(
            (_PAUSED, 1, 0, "approve", start, 40 * SECOND),
            (_PAUSED, 2, 1, "ask", start, 2 * SECOND),
            (_PAUSED, 3, 1, "act", start + 38 * SECOND, 2 * SECOND),
        ),
    )
    root = tmp_path / "root.pb"
    root.write_bytes(request_of((_RUNNING, 1, 0, "the whole", now - 4 * SECOND, 4 * SECOND)))
    finished = demo.trace_id("four services")
    found = drive(
        "in_flight.mjs", PROJECT, _RUNNING.hex(), server.http, root, finished, _PAUSED.hex()
    )

    assert "in flight: root span not received yet; last span" in found["before"]
    assert found["after"]["title"] == "approvals the whole"
    selected = [row["name"] for row in found["after"]["rows"] if row["selected"]]
    assert selected == ["first step"]
    assert f"span={2:016x}" in found["selected"]
    assert "root span not received" not in found["after"]["header"]

    assert found["finished"]["count"] == 2
    assert "in flight" not in found["finished"]["header"]

    paused = found["paused"]
    assert paused["offered"] == "36 s, 90 % quiet: cut out?"
    assert paused["band"] == "36 s"
    assert "gaps=cut" in paused["address"]
    assert paused["shown"] != paused["whole"]
    assert paused["back"] == paused["whole"]
    assert [told.split(", ")[1] for told in paused["told"]] == ["40 s", "2 s", "2 s"]
