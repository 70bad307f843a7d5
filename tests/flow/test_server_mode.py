"""The same code on a ClickHouse server: schema, inserts and reads over HTTP by clickhouse-connect.

The server is an embedded engine in another process behind ClickHouse's HTTP interface (clickhouse_endpoint.py).
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from spanhouse.collector.otlp.signals import LOGS, METRICS, TRACES
from spanhouse.collector.store import Store, StoreError, migrate
from spanhouse.query.settings import QuerySettings
from spanhouse.query.user_sql import InvalidSql, SqlNotAllowed, UserSql
from tests.flow.doors import GrpcDoor
from tests.flow.everything import (
    NESTED_VALUES,
    VALUES,
    everything_logs,
    everything_metrics,
    everything_traces,
)
from tests.flow.load import Load, check
from tests.flow.messages import traces
from tests.flow.read_back import assert_stored
from tests.flow.running import ROOT, RunningCollector


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """The URL of a server with nothing in it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.flow.clickhouse_main", str(tmp_path / "server")],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
    )
    assert process.stdout is not None
    with process.stdout:
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        process.kill()
        process.wait()


def test_everything_reads_back_identical_from_a_server(server: str, tmp_path: Path) -> None:
    """The round trip of the embedded engine, nested values and malformed neighbours included."""
    collector = RunningCollector(tmp_path / "data", server).wait_until_ready()
    door = GrpcDoor(collector.grpc)
    try:
        for signal, build in (
            (TRACES, everything_traces),
            (LOGS, everything_logs),
            (METRICS, everything_metrics),
        ):
            for values in (VALUES, VALUES | NESTED_VALUES):
                request = build(values)
                project = [("x-spanhouse-project", f"{signal.name}-{len(values)}")]
                assert door.send(signal, request.SerializeToString(), project).body == b""
                assert_stored(collector.store, signal, project[0][1], request)
            assert door.send(signal, b"rubbish").code == "INVALID_ARGUMENT"
        assert collector.terminate() == 0, collector.log()
    finally:
        door.close()
        collector.close()


def test_a_killed_collector_beside_a_server_doubles_nothing(server: str, tmp_path: Path) -> None:
    """The spool is replayed with the tokens that the server knows; the server itself lives on."""
    collector = RunningCollector(tmp_path / "data", server).wait_until_ready()
    ports = {
        "otlp_grpc_port": int(collector.grpc.rpartition(":")[2]),
        "otlp_http_port": int(collector.http.rpartition(":")[2]),
    }
    load = Load(collector.grpc, collector.http)
    try:
        for _ in range(3):
            collector.kill()
            collector.close()
            collector = RunningCollector(tmp_path / "data", server, **ports).wait_until_ready()
        load.finish()
        assert check(collector, load)["traces"] > 0
    finally:
        load.stop()
        collector.close()


def test_two_collectors_share_a_server(server: str, tmp_path: Path) -> None:
    """Each with a spool of its own; the second finds the schema in place."""
    collectors = [RunningCollector(tmp_path / str(n), server).wait_until_ready() for n in (1, 2)]
    try:
        for collector in collectors:
            door = GrpcDoor(collector.grpc)
            assert door.send(TRACES, traces(2).SerializeToString()).ok
            door.close()
        assert collectors[0].value("SELECT count() FROM otel_traces") == 4
    finally:
        for collector in collectors:
            collector.close()


def test_a_store_says_what_a_server_said(server: str) -> None:
    """ClickHouse's code and words; a password in the URL is in no message."""
    store = Store(server)
    assert len(migrate(store)) > 30
    assert migrate(store) == []
    with pytest.raises(StoreError, match="UNKNOWN_IDENTIFIER") as refused:
        store.rows("SELECT nothing")
    assert refused.value.code == 47
    value = "it's \\ {x} \n"
    assert store.rows("SELECT {v:String} AS v", {"v": value}) == [{"v": value}]
    store.close()
    with pytest.raises(StoreError) as absent:
        Store("http://user:secret@127.0.0.1:1")
    assert "secret" not in str(absent.value)


def test_users_sql_on_a_server_is_checked_and_filtered_there(server: str, tmp_path: Path) -> None:
    """The same settings travel with each request; progress, cancel and errors are the server's."""
    collector = RunningCollector(tmp_path / "data", server).wait_until_ready()
    door = GrpcDoor(collector.grpc)
    user_sql = UserSql(collector.store, QuerySettings())
    try:
        for project in ("mine", "theirs"):
            sent = door.send(
                TRACES, traces(2).SerializeToString(), [("x-spanhouse-project", project)]
            )
            assert sent.ok
        query = "SELECT DISTINCT ProjectId, {x:String} AS x FROM otel_traces"
        answer = user_sql.run("mine", query, operation="test", parameters={"x": "a'b"})
        assert answer.rows == [["mine", "a'b"]]
        with pytest.raises(SqlNotAllowed):
            user_sql.run("mine", "SELECT * FROM merge('spanhouse', '.*')", operation="test")
        with pytest.raises(InvalidSql, match="nothing") as invalid:
            user_sql.run("mine", "SELECT nothing", operation="test")
        assert invalid.value.offset == 7
        many = user_sql.start("mine", "SELECT number FROM numbers(300000)", "CSV", operation="test")
        assert sum(piece.count(b"\n") for piece in many) == 300_000
    finally:
        user_sql.close()
        door.close()
        collector.close()
