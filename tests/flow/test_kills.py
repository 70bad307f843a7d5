"""SIGKILL loses nothing that was acknowledged and doubles nothing (200 of them: tests/soak)."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from spanhouse.collector.otlp.envelope import Request
from spanhouse.collector.otlp.signals import TRACES
from spanhouse.collector.spool import Spool
from tests.flow.doors import GrpcDoor
from tests.flow.kills import kill_repeatedly
from tests.flow.load import NESTED
from tests.flow.messages import traces
from tests.flow.running import RunningCollector


def test_five_kills_under_load(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """Traces, logs and metrics, nested values among them, through both doors."""
    record_property("summary", kill_repeatedly(tmp_path, kills=5, seed=5))


def test_a_first_start_that_is_killed_again_and_again_ends_well(tmp_path: Path) -> None:
    """Each migration may be cut off between its statement and its record."""
    chance = random.Random(7)
    for _ in range(6):
        collector = RunningCollector(tmp_path)
        time.sleep(chance.uniform(0.5, 1.3))
        collector.kill()
        collector.close()
    collector = RunningCollector(tmp_path)
    try:
        collector.wait_until_ready()
        door = GrpcDoor(collector.grpc)
        assert door.send(TRACES, traces(3).SerializeToString()).ok
        door.close()
        assert collector.value("SELECT count() FROM otel_traces") == 3
        assert collector.value("SELECT sum(SpanCount) FROM trace_summaries") == 3
    finally:
        collector.close()


@pytest.mark.parametrize("attributes", [{}, NESTED], ids=["flat", "nested"])
@pytest.mark.parametrize("table", ["otel_traces", "trace_summaries", "ingest_ledger"])
def test_an_insert_cut_off_between_a_token_and_its_part_is_stored_by_the_replay(
    tmp_path: Path, table: str, attributes: dict[str, object]
) -> None:
    """The engine writes the token first: the state that a kill between the two leaves."""
    body = traces(3, attributes=attributes).SerializeToString()
    collector = RunningCollector(tmp_path).wait_until_ready()
    try:
        door = GrpcDoor(collector.grpc)
        assert door.send(TRACES, body).ok
        door.close()
        [batch] = collector.rows(
            "SELECT BatchId AS id, toUnixTimestamp64Nano(ReceivedAt) AS received FROM ingest_ledger "
            "WHERE NOT endsWith(BatchId, '-rewritten')"
        )
        parts = collector.rows(
            "SELECT path FROM system.parts WHERE active AND table = {table:String}", table=table
        )
    finally:
        collector.kill()
        collector.close()
    for part in parts:
        shutil.rmtree(part["path"])
    request = Request(body, "", "sender", "grpc", batch["received"])
    Spool(tmp_path / "spool").write(TRACES, [(request.request_id, request)], batch["id"])

    collector = RunningCollector(tmp_path).wait_until_ready()
    try:
        for counted in (
            "count() FROM otel_traces",
            "sum(SpanCount) FROM trace_summaries",
            "sum(Stored) FROM ingest_ledger",
        ):
            assert collector.value(f"SELECT {counted}") == 3
        assert "cut off between their token and their part" in collector.log()
    finally:
        collector.close()
