"""A store with many spans, quickly: 200,000 through the inbox, then copies of them under other ids and times.

Of the copies ids, times, response ids and sessions differ, so that no index or codec finds
repetitions the originals lack.
"""

from __future__ import annotations

import tempfile
import time
import uuid
from pathlib import Path

from spanhouse.collector.otlp.envelope import Request, write_envelopes
from spanhouse.collector.otlp.signals import INSERT_SETTINGS, OTLP_PROTO, TRACES
from spanhouse.collector.store import Store

from .spans import requests

_BASE_SPANS = 200_000
_REQUESTS_PER_INSERT = 100
HOURS = 10
"""How far back the spans reach."""

_COPY = """
INSERT INTO otel_traces SELECT * REPLACE (
    Timestamp - toIntervalHour({hour:UInt8}) AS Timestamp,
    ReceivedAt + toIntervalMicrosecond({copy:UInt32}) AS ReceivedAt,
    lower(hex(sipHash128(TraceId, {copy:UInt32}))) AS TraceId,
    lower(hex(sipHash64(SpanId, {copy:UInt32}))) AS SpanId,
    if(ParentSpanId = '', '', lower(hex(sipHash64(ParentSpanId, {copy:UInt32})))) AS ParentSpanId,
    cityHash64(Duration, {copy:UInt32}) % 2000000000 AS Duration,
    mapApply((k, v) -> (k, if(k IN ('gen_ai.response.id', 'session.id'),
        concat(left(v, 5), left(lower(hex(sipHash64(v, {copy:UInt32}))), length(v) - 5)), v)),
        SpanAttributes) AS SpanAttributes)
FROM (SELECT * FROM otel_traces WHERE ReceivedAt = (SELECT min(ReceivedAt) FROM otel_traces))
SETTINGS materialize_skip_indexes_on_insert = 0, max_execution_time = 0
"""


def fill(store: Store, spans: int, spans_per_trace: int, content_every: int = 0) -> None:
    """Bring a fresh store to `spans` spans over the last ten hours, and merge what waits to be merged."""
    received = time.time_ns()
    bodies = list(
        requests(_BASE_SPANS, spans_per_trace=spans_per_trace, content_every=content_every)
    )
    with tempfile.TemporaryDirectory() as scratch:
        for first in range(0, len(bodies), _REQUESTS_PER_INSERT):
            path = Path(scratch) / "batch"
            part = bodies[first : first + _REQUESTS_PER_INSERT]
            with path.open("wb") as file:
                pairs = (
                    (uuid.uuid4().bytes, Request(body, "", "bench", "grpc", received))
                    for body in part
                )
                write_envelopes(file, "bench", pairs)
            settings = {**INSERT_SETTINGS, "insert_deduplication_token": str(first)}
            store.insert_protobuf(TRACES.inbox, path, OTLP_PROTO, TRACES.envelope, settings)
    with store.client() as client:
        for copy in range(1, spans // _BASE_SPANS):
            client.command(_COPY, parameters={"copy": copy, "hour": copy % HOURS})


def merge(store: Store, table: str) -> None:
    """As after a quiet night: every part of a table merged, its indexes built."""
    store.command(f"OPTIMIZE TABLE {table} FINAL", {"max_execution_time": 0})


def bytes_per_row(store: Store, table: str) -> tuple[float, float]:
    """Bytes on disk for each row, and of them those of skip indexes."""
    row = store.rows(
        "SELECT sum(bytes_on_disk) / sum(rows) AS All, sum(secondary_indices_compressed_bytes) / sum(rows) AS Indexes "
        "FROM system.parts WHERE active AND database = currentDatabase() AND table = {table:String}",
        {"table": table},
    )[0]
    return float(row["All"]), float(row["Indexes"])
