"""What senders are told: partial success, refusals in each door's own words, and nothing for nothing."""

from __future__ import annotations

import gzip
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from spanhouse.collector.keys import ApiKeys
from spanhouse.collector.otlp.signals import LOGS, METRICS, TRACES
from tests.flow.doors import JSON, Answer, GrpcDoor, HttpDoor
from tests.flow.messages import gauges, logs, one_of_each, spans_of, traces
from tests.flow.running import RunningCollector

LATEST = 2**63 - 1


def _spans_with_faults() -> Any:
    request = traces(9)
    spans = list(spans_of(request))
    spans[1].trace_id = b"short"
    spans[2].trace_id = bytes(16)
    spans[3].span_id = b""
    spans[4].parent_span_id = b"1234567"
    spans[5].start_time_unix_nano = 0
    spans[6].start_time_unix_nano = LATEST + 1
    spans[7].events.add(time_unix_nano=LATEST + 1)
    return request


WHY = (
    "rejected 7 of 9: 2 because a time lies after 2262-04-11; 1 because parent_span_id is not 8 bytes; "
    "1 because span_id is not 8 bytes, not all zero; 1 because start_time_unix_nano is not set; "
    "2 because trace_id is not 16 bytes, not all zero"
)


def test_partial_success_counts_and_explains(
    collector: RunningCollector, grpc_door: GrpcDoor, http_door: HttpDoor, project: str
) -> None:
    """The good ones are stored; the same in both encodings."""
    answer = grpc_door.send(
        TRACES, _spans_with_faults().SerializeToString(), [("x-spanhouse-project", project)]
    )
    assert answer.ok
    partial = answer.message(TRACES).partial_success
    assert (partial.rejected_spans, partial.error_message) == (7, WHY)

    document = {
        "resourceLogs": [{"scopeLogs": [{"logRecords": [{}, {"timeUnixNano": str(LATEST + 1)}]}]}]
    }
    answer = http_door.send(
        LOGS, json.dumps(document).encode(), {"x-spanhouse-project": project}, JSON
    )
    why = "rejected 1 of 2: 1 because a time lies after 2262-04-11"
    assert answer.ok
    assert json.loads(answer.body) == {
        "partialSuccess": {"rejectedLogRecords": "1", "errorMessage": why}
    }

    points = gauges([1, 2, 3, 4])
    metric = points.resource_metrics[0].scope_metrics[0].metrics[0]
    metric.gauge.data_points[0].time_unix_nano = 0
    points.resource_metrics[0].scope_metrics[0].metrics.add().sum.data_points.add(time_unix_nano=1)
    answer = http_door.send(METRICS, points.SerializeToString(), {"x-spanhouse-project": project})
    partial = answer.message(METRICS).partial_success
    why = "rejected 2 of 5: 1 because the metric has no name; 1 because time_unix_nano is not set"
    assert (partial.rejected_data_points, partial.error_message) == (2, why)

    stored = {
        name: collector.value(
            f"SELECT count() FROM {table} WHERE ProjectId = {{p:String}}", p=project
        )
        for name, table in (
            ("traces", "otel_traces"),
            ("logs", "otel_logs"),
            ("metrics", "otel_metrics_gauge"),
        )
    }
    assert stored == {"traces": 2, "logs": 1, "metrics": 3}
    ledger = collector.rows(
        "SELECT Signal, sum(Received) AS received, sum(Stored) AS stored, sum(Rejected) AS rejected "
        "FROM ingest_ledger WHERE ProjectId = {p:String} GROUP BY Signal ORDER BY Signal",
        p=project,
    )
    assert [tuple(row.values()) for row in ledger] == [
        ("logs", 2, 1, 1),
        ("metrics", 5, 3, 2),
        ("traces", 9, 2, 7),
    ]


def test_a_malformed_request_harms_no_other_in_its_batch(
    collector: RunningCollector, grpc_door: GrpcDoor, http_door: HttpDoor, project: str
) -> None:
    """Good and bad at once, so that they share batches; each gets its own answer."""
    metadata = {"x-spanhouse-project": project}
    good = [traces(3).SerializeToString() for _ in range(20)]
    bad = [body[:-2] for body in good] + [b"\xff" * 9, b"hello"]
    with ThreadPoolExecutor(16) as threads:
        fine = [
            threads.submit(http_door.send, TRACES, body, metadata)
            if position % 2
            else threads.submit(grpc_door.send, TRACES, body, [*metadata.items()])
            for position, body in enumerate(good)
        ]
        by_http = [threads.submit(http_door.send, TRACES, body, metadata) for body in bad]
        by_grpc = [threads.submit(grpc_door.send, TRACES, body) for body in bad]
    assert [(answer.result().ok, answer.result().body) for answer in fine] == [(True, b"")] * 20
    for answer in by_http:
        assert answer.result().code == "400"
        assert answer.result().headers["content-type"] == "application/x-protobuf"
        assert answer.result().status.code == 3
        assert "cannot read the body" in answer.result().status.message
    for answer in by_grpc:
        assert answer.result().code == "INVALID_ARGUMENT"
        assert answer.result().status.code == 3
    sql = "SELECT count() AS rows, uniqExact(SpanId) AS spans FROM otel_traces WHERE ProjectId = {p:String}"
    assert collector.rows(sql, p=project) == [{"rows": 60, "spans": 60}]


def test_a_malformed_json_body_is_answered_in_json(http_door: HttpDoor) -> None:
    """OTLP/HTTP: errors carry a google.rpc.Status in the request's encoding."""
    answer = http_door.send(TRACES, b'{"resourceSpans": 5}', content_type=JSON)
    assert (answer.code, answer.headers["content-type"]) == ("400", JSON)
    status = json.loads(answer.body)
    assert status["code"] == 3
    assert status["message"].startswith(
        "cannot read the body as an OTLP JSON ExportTraceServiceRequest"
    )


def test_a_request_of_nothing_is_fine(grpc_door: GrpcDoor, http_door: HttpDoor) -> None:
    """No bytes, an empty JSON object, a resource without a span."""
    for signal, request in one_of_each():
        assert grpc_door.send(signal, b"") == Answer(True, "OK", b"", {})
        assert http_door.send(signal, b"").code == "200"
        assert json.loads(http_door.send(signal, b"{}", content_type=JSON).body) == {}
        for level in ("resource_spans", "resource_logs", "resource_metrics"):
            for block in getattr(request, level, []):
                for inner in ("scope_spans", "scope_logs", "scope_metrics"):
                    if hasattr(block, inner):
                        block.ClearField(inner)
        assert request.ByteSize()
        assert grpc_door.send(signal, request.SerializeToString()) == Answer(True, "OK", b"", {})


@pytest.mark.parametrize(
    "content_type", ["text/plain", "", "application/grpc", "application/jsonx"]
)
def test_an_unknown_content_type_is_415(http_door: HttpDoor, content_type: str) -> None:
    """With the ones that are known."""
    answer = http_door.send(TRACES, b"", content_type=content_type)
    assert answer.code == "415"
    assert b"use application/x-protobuf or application/json" in answer.body


def test_content_types_may_have_parameters_and_capitals(http_door: HttpDoor) -> None:
    """As HTTP has them."""
    assert http_door.send(TRACES, b"{}", content_type="Application/JSON; charset=utf-8").ok


def test_other_paths_and_methods_are_not_there(http_door: HttpDoor) -> None:
    """404 and 405."""
    assert http_door.request("POST", "/v1/nothing").code == "404"
    assert http_door.request("GET", "/v1/traces").code == "405"


@pytest.mark.parametrize(
    "origin", ["http://localhost:3000", "https://127.0.0.1", "http://[::1]:80"]
)
def test_pages_of_this_machine_may_send(http_door: HttpDoor, origin: str) -> None:
    """The preflight of a browser's exporter, then the request."""
    headers = {
        "origin": origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type,x-spanhouse-project",
    }
    preflight = http_door.request("OPTIONS", "/v1/traces", headers=headers)
    assert preflight.code == "200"
    assert preflight.headers["access-control-allow-origin"] == origin
    assert "x-spanhouse-project" in preflight.headers["access-control-allow-headers"]
    answer = http_door.send(TRACES, b"{}", {"origin": origin}, JSON)
    assert answer.headers["access-control-allow-origin"] == origin


@pytest.mark.parametrize("origin", ["https://example.com", "http://localhost.example.com", "null"])
def test_other_pages_may_not(http_door: HttpDoor, origin: str) -> None:
    """Unless they are named (SPANHOUSE_CORS_ORIGINS)."""
    headers = {"origin": origin, "access-control-request-method": "POST"}
    preflight = http_door.request("OPTIONS", "/v1/traces", headers=headers)
    assert preflight.code == "400"
    assert "access-control-allow-origin" not in preflight.headers
    # A page whose name was made to point here asks no leave, but says whose it is.
    body = traces(1).SerializeToString()
    assert http_door.request("POST", "/v1/traces", body, {"origin": origin}).code == "403"


def test_limits_on_size(tmp_path: Path) -> None:
    """Before and after decompression, declared and not."""
    collector = RunningCollector(tmp_path, None, max_body_bytes=100_000).wait_until_ready()
    grpc, http = GrpcDoor(collector.grpc), HttpDoor(collector.http)
    try:
        fits = traces(1, attributes={"k": "x" * 99_000}).SerializeToString()
        large = traces(1, attributes={"k": "x" * 100_001}).SerializeToString()
        assert grpc.send(TRACES, fits).ok
        assert grpc.send(TRACES, large).code == "RESOURCE_EXHAUSTED"
        assert http.send(TRACES, large).code == "413"
        assert http.send(TRACES, large).status.code == 8
        assert http.send(TRACES, gzip.compress(large), {"content-encoding": "gzip"}).code == "413"
        chunked = http.request(
            "POST", "/v1/traces", iter([large]), {"content-type": "application/x-protobuf"}
        )
        assert chunked.code == "413"
        # The connection, or a new one, serves on.
        assert http.send(TRACES, fits).ok
        assert collector.value("SELECT count() FROM otel_traces") == 1
        reasons = "SELECT DISTINCT arrayJoin(mapKeys(Reasons)) AS reason FROM ingest_ledger"
        assert collector.terminate() == 0
        collector.close()
        collector = RunningCollector(tmp_path).wait_until_ready()
        assert collector.rows(reasons) == [{"reason": "request too large"}]
    finally:
        grpc.close()
        http.close()
        collector.close()


def test_a_full_queue_sends_senders_away_for_a_while(tmp_path: Path) -> None:
    """RESOURCE_EXHAUSTED with RetryInfo, 429 with Retry-After; what was accepted is stored."""
    collector = RunningCollector(tmp_path, None, max_queue_bytes=3000).wait_until_ready()
    grpc, http = GrpcDoor(collector.grpc), HttpDoor(collector.http)
    bodies = [traces(10).SerializeToString() for _ in range(30)]
    assert len(bodies[0]) < 3000
    try:
        with ThreadPoolExecutor(30) as threads:
            by_grpc = list(threads.map(lambda body: grpc.send(TRACES, body), bodies[:15]))
            by_http = list(threads.map(lambda body: http.send(TRACES, body), bodies[15:]))
        refused = [answer for answer in by_grpc if not answer.ok]
        assert {answer.code for answer in refused} == {"RESOURCE_EXHAUSTED"}
        assert {answer.retry_seconds for answer in refused} == {1}
        away = [answer for answer in by_http if not answer.ok]
        assert {(answer.code, answer.headers["retry-after"]) for answer in away} == {("429", "1")}
        accepted = len(bodies) - len(refused) - len(away)
        assert collector.value("SELECT count() FROM otel_traces") == 10 * accepted > 0
        assert all(grpc.send(TRACES, body).ok for body in bodies)
        assert collector.value("SELECT count() FROM otel_traces") == 300
    finally:
        grpc.close()
        http.close()
        collector.close()


def test_a_disk_that_is_nearly_full_refuses(tmp_path: Path) -> None:
    """Before ClickHouse itself runs out of space."""
    collector = RunningCollector(tmp_path, None, min_free_disk_bytes=2**60).wait_until_ready()
    grpc, http = GrpcDoor(collector.grpc), HttpDoor(collector.http)
    try:
        answer = grpc.send(TRACES, traces().SerializeToString())
        assert (answer.code, answer.retry_seconds) == ("UNAVAILABLE", 30)
        assert "SPANHOUSE_MIN_FREE_DISK_BYTES" in answer.headers["details"]
        answer = http.send(TRACES, traces().SerializeToString())
        assert (answer.code, answer.headers["retry-after"]) == ("503", "30")
        assert collector.terminate() == 0
    finally:
        grpc.close()
        http.close()
        collector.close()


def test_api_keys(tmp_path: Path) -> None:
    """Required here; each belongs to a project, and works as soon as it is made."""
    collector = RunningCollector(tmp_path, None, require_api_key="true").wait_until_ready()
    grpc, http = GrpcDoor(collector.grpc), HttpDoor(collector.http)
    try:
        body = traces().SerializeToString()
        assert grpc.send(TRACES, body).code == "UNAUTHENTICATED"
        assert (
            grpc.send(TRACES, body, [("authorization", "Bearer shk_no")]).code == "UNAUTHENTICATED"
        )
        refused = http.send(TRACES, body)
        assert (refused.code, refused.status.code) == ("401", 16)
        assert refused.headers["www-authenticate"] == "Bearer"
        keys = ApiKeys(tmp_path / "api-keys.json")
        key = keys.create("laptop", "shop")
        assert grpc.send(TRACES, body, [("authorization", f"Bearer {key}")]).ok
        assert http.send(LOGS, logs().SerializeToString(), {"x-api-key": key}).ok
        other = {"x-api-key": key, "x-spanhouse-project": "other"}
        assert http.send(LOGS, logs().SerializeToString(), other).code == "401"
        keys.revoke("laptop")
        assert http.send(LOGS, logs().SerializeToString(), {"x-api-key": key}).code == "401"
        projects = (
            "SELECT DISTINCT ProjectId AS project FROM otel_traces "
            "UNION ALL SELECT DISTINCT ProjectId FROM otel_logs"
        )
        assert collector.rows(projects) == [{"project": "shop"}] * 2
    finally:
        grpc.close()
        http.close()
        collector.close()


def test_the_project_is_the_headers_else_the_resources_else_default(
    collector: RunningCollector, grpc_door: GrpcDoor, http_door: HttpDoor, project: str
) -> None:
    """In one request each resource may name its own."""
    named = traces(1, {"spanhouse.project": f"{project}-resource"})
    named.MergeFrom(traces(1))
    spans = [span.span_id.hex() for span in spans_of(named)]
    assert grpc_door.send(TRACES, named.SerializeToString()).ok
    headers = {"x-spanhouse-project": f"{project}-header"}
    header = traces(1, {"spanhouse.project": f"{project}-resource"})
    spans += [span.span_id.hex() for span in spans_of(header)]
    assert http_door.send(TRACES, header.SerializeToString(), headers).ok
    rows = collector.rows(
        "SELECT SpanId, ProjectId FROM otel_traces WHERE SpanId IN {ids:Array(String)}", ids=spans
    )
    found = {row["SpanId"]: row["ProjectId"] for row in rows}
    assert [found[span] for span in spans] == [
        f"{project}-resource",
        "default",
        f"{project}-header",
    ]
    answer = http_door.send(
        TRACES, header.SerializeToString(), {"x-spanhouse-project": "no spaces"}
    )
    assert answer.code == "400"
    assert "is no project name" in answer.status.message
