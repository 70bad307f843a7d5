"""Batches: what becomes of each request, whatever its neighbours are."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from spanhouse.collector.otlp.envelope import Request
from spanhouse.collector.otlp.refusal import Malformed, Unavailable
from spanhouse.collector.otlp.signals import TRACES
from spanhouse.collector.spool import REWRITTEN, Spool
from spanhouse.collector.store import Store, migrate
from spanhouse.collector.writer import Outcome, Writer
from tests.flow.messages import traces


def _request(body: bytes) -> Request:
    return Request(body, "", "sender", "grpc", time.time_ns())


def _batch(*bodies: bytes) -> dict[bytes, Request]:
    return {request.request_id: request for request in map(_request, bodies)}


def _body(**fields: Any) -> bytes:
    return bytes(traces(2, **fields).SerializeToString())


def test_a_disk_that_is_full_between_two_inserts_refuses_only_what_is_not_stored(
    store: Store, tmp_path: Path
) -> None:
    """The flat request is stored by then: were its sender sent away, its retry would be stored twice."""
    migrate(store)
    spool = Spool(tmp_path / "spool")
    writer = Writer(store, spool)
    batch = _batch(_body(), _body(attributes={"nested": {"a": 1}}))
    flat, nested = batch
    file = writer.spool(TRACES, batch)
    blocked = spool.directory / f"{file.batch_id}{REWRITTEN}.traces.tmp"
    blocked.mkdir()
    results = writer.insert(file, batch)
    assert results[flat] == Outcome(2)
    assert isinstance(results[nested], Unavailable)
    assert store.rows("SELECT count() AS n FROM otel_traces") == [{"n": 2}]
    blocked.rmdir()
    assert spool.left_behind() == []
    again = {nested: batch[nested]}
    assert writer.insert(writer.spool(TRACES, again), again) == {nested: Outcome(2)}
    assert store.rows("SELECT count() AS n FROM otel_traces") == [{"n": 4}]


# A string that claims an exabyte: ClickHouse answers that memory is short, which sounds as if waiting would help.
_EXABYTE = traces(1).SerializeToString().replace(b"\x0cservice", b"\xff" * 8)


@pytest.mark.parametrize("bad", [b"\xff", b"\x0a\x05abc", b"\x0a\x02\x0a\xff", _EXABYTE])
def test_a_malformed_request_is_found_among_many(store: Store, tmp_path: Path, bad: bytes) -> None:
    """Also the last of a large batch, of which a part could have been stored before it was reached."""
    migrate(store)
    spool = Spool(tmp_path / "spool")
    writer = Writer(store, spool)
    large = _body(attributes={"k": "x" * 500_000})
    batch = _batch(large, *(_body() for _ in range(300)), bad)
    results = writer.insert(writer.spool(TRACES, batch), batch)
    assert [type(result) for result in results.values()].count(Malformed) == 1
    assert isinstance(results[_request(bad).request_id], Malformed)
    assert store.rows("SELECT count() AS n, uniqExact(SpanId) AS ids FROM otel_traces") == [
        {"n": 602, "ids": 602}
    ]
    assert spool.left_behind() == []


def test_a_request_that_cannot_be_read_does_not_keep_the_writer(
    store: Store, tmp_path: Path
) -> None:
    """Alone, and left behind for the next start, which would never end."""
    migrate(store)
    spool = Spool(tmp_path / "spool")
    writer = Writer(store, spool)
    batch = _batch(_EXABYTE)
    [result] = writer.insert(writer.spool(TRACES, batch), batch).values()
    assert isinstance(result, Malformed)
    [result] = writer.replay(writer.spool(TRACES, batch)).values()
    assert isinstance(result, Malformed)
    assert spool.left_behind() == []


def test_a_batch_that_was_stored_is_not_stored_again_by_its_replay(
    store: Store, tmp_path: Path
) -> None:
    """Nor are its nested requests, nor what the ledger says of them."""
    migrate(store)
    spool = Spool(tmp_path / "spool")
    writer = Writer(store, spool)
    batch = _batch(_body(), _body(attributes={"nested": [{"a": 1}]}))
    file = writer.spool(TRACES, batch)
    copy = file.path.read_bytes()
    first = writer.insert(file, batch)
    file.path.write_bytes(copy)
    [left] = spool.left_behind()
    assert writer.replay(left) == first == dict.fromkeys(batch, Outcome(2))
    assert store.rows("SELECT count() AS n FROM otel_traces") == [{"n": 4}]
    assert store.rows("SELECT sum(Stored) AS n FROM ingest_ledger") == [{"n": 4}]
    assert store.rows("SELECT sum(SpanCount) AS n FROM trace_summaries") == [{"n": 4}]


def test_a_span_of_any_time_is_stored_in_few_partitions(store: Store, tmp_path: Path) -> None:
    """1970, 2105, the last nanosecond there is, and 200 weeks at once."""
    migrate(store)
    spool = Spool(tmp_path / "spool")
    writer = Writer(store, spool)
    week, now = 7 * 86_400 * 10**9, time.time_ns()
    starts = [1, 4_260_211_200 * 10**9, 2**63 - 1, *(now - n * week for n in range(200))]
    batch = _batch(*(_body(start_time_unix_nano=s, end_time_unix_nano=2**64 - 1) for s in starts))
    results = writer.insert(writer.spool(TRACES, batch), batch)
    assert all(result == Outcome(2) for result in results.values())
    rows = store.rows("SELECT DISTINCT toUnixTimestamp64Nano(Timestamp) AS t FROM otel_traces")
    assert {row["t"] for row in rows} == set(starts)
    sql = (
        "SELECT uniqExact(partition) AS n FROM system.parts WHERE table = 'otel_traces' AND active"
    )
    assert store.rows(sql)[0]["n"] <= 54
