"""The same bytes again are stored once and counted, also by the next process; a stop loses nothing accepted."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import grpc
import pytest

from spanhouse.collector.otlp.signals import TRACES
from tests.flow.doors import GrpcDoor, HttpDoor
from tests.flow.kills import free_ports
from tests.flow.load import Load, check
from tests.flow.messages import one_of_each, traces
from tests.flow.running import RunningCollector

TABLES = {"traces": "otel_traces", "logs": "otel_logs", "metrics": "otel_metrics_gauge"}
LEDGER = (
    "SELECT Signal, sum(Received) AS received, sum(Stored) AS stored, sum(Rejected) AS rejected, "
    "sum(Deduplicated) AS deduplicated FROM ingest_ledger GROUP BY Signal ORDER BY Signal"
)


def test_a_retry_is_stored_once_and_counted_also_after_a_restart(tmp_path: Path) -> None:
    """Ten times the same at once, then again, then again to another process."""
    requests = [(signal, request.SerializeToString()) for signal, request in one_of_each()]
    faulty = traces(3)
    faulty.resource_spans[0].scope_spans[0].spans[0].span_id = b"short"
    collector = RunningCollector(tmp_path).wait_until_ready()
    try:
        for restart in (False, True):
            if restart:
                assert collector.terminate() == 0, collector.log()
                collector.close()
                collector = RunningCollector(tmp_path).wait_until_ready()
            door, http = GrpcDoor(collector.grpc), HttpDoor(collector.http)
            with ThreadPoolExecutor(10) as threads:
                for signal, body in requests:
                    send = partial(door.send, signal)
                    answers = list(threads.map(send, [body] * 10))
                    assert [(answer.ok, answer.body) for answer in answers] == [(True, b"")] * 10
                    assert http.send(signal, body).ok
            answer = door.send(TRACES, faulty.SerializeToString())
            assert answer.message(TRACES).partial_success.rejected_spans == 1
            door.close()
            http.close()
        assert collector.terminate() == 0
        collector.close()
        collector = RunningCollector(tmp_path).wait_until_ready()
        stored = {
            name: collector.value(f"SELECT count() FROM {table}") for name, table in TABLES.items()
        }
        assert stored == {"traces": 3, "logs": 1, "metrics": 1}
        assert [tuple(row.values()) for row in collector.rows(LEDGER)] == [
            ("logs", 22, 1, 0, 21),
            ("metrics", 22, 1, 0, 21),
            # 22 of the good one; the one with a fault among three came twice.
            ("traces", 28, 3, 1, 24),
        ]
    finally:
        collector.close()


def test_the_same_bytes_for_another_project_are_no_retry(
    collector: RunningCollector, grpc_door: GrpcDoor, project: str
) -> None:
    """Each project has its copy."""
    body = traces(1).SerializeToString()
    for name in ("a", "b"):
        assert grpc_door.send(TRACES, body, [("x-spanhouse-project", f"{project}-{name}")]).ok
    sql = "SELECT count() FROM otel_traces WHERE startsWith(ProjectId, {p:String})"
    assert collector.value(sql, p=f"{project}-") == 2


def test_a_sender_that_gives_up_early_is_stored_once(
    collector: RunningCollector, grpc_door: GrpcDoor, project: str
) -> None:
    """Its deadline passes while the INSERT runs; the retry finds what became of it."""
    metadata = [("x-spanhouse-project", project)]
    bodies = [traces(5).SerializeToString() for _ in range(20)]
    codes = {grpc_door.send(TRACES, body, metadata, timeout=0.004).code for body in bodies}
    assert "DEADLINE_EXCEEDED" in codes
    assert all(grpc_door.send(TRACES, body, metadata).ok for body in bodies)
    sql = "SELECT count() FROM otel_traces WHERE ProjectId = {p:String}"
    assert collector.value(sql, p=project) == 100


def test_sigterm_under_load_stores_what_was_accepted(tmp_path: Path) -> None:
    """It answers what it took, refuses the rest, exits with 0 and leaves nothing in the spool."""
    ports = dict(zip(("otlp_grpc_port", "otlp_http_port"), free_ports(2), strict=True))
    collector = RunningCollector(tmp_path, None, **ports).wait_until_ready()
    load = Load(collector.grpc, collector.http, senders=8)
    try:
        for _ in range(3):
            threading.Event().wait(0.7)
            assert collector.terminate() == 0, collector.log()
            assert list((tmp_path / "spool").iterdir()) == []
            assert "Traceback" not in collector.log(), collector.log()
            collector.close()
            collector = RunningCollector(tmp_path, None, **ports).wait_until_ready()
        load.finish()
        assert check(collector, load)["traces"] > 0
    finally:
        load.stop()
        collector.close()


@pytest.mark.parametrize("compression", [grpc.Compression.Gzip, grpc.Compression.Deflate])
def test_grpc_compression(grpc_door: GrpcDoor, compression: grpc.Compression) -> None:
    """As the exporters' OTEL_EXPORTER_OTLP_COMPRESSION sets it."""
    for signal, request in one_of_each():
        assert grpc_door.send(signal, request.SerializeToString(), compression=compression).ok
