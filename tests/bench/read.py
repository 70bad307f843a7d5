"""Reading at 10 million spans, in process: get-trace, search, list; bytes on disk per span; memory.

The questions are those of the API. Each is asked of 40 different traces or attribute values; the
median and the 90th percentile are printed. The reference is a full scan of one column in the same
minute. SPANHOUSE_BENCH_SPANS changes the size.
"""

from __future__ import annotations

import os
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from spanhouse.collector.store import Store, migrate
from spanhouse.query.filters.compile import Search
from spanhouse.query.filters.fields import SPANS
from spanhouse.query.questions.trace import trace_otlp, trace_skeleton
from spanhouse.query.questions.trace_list import list_traces
from spanhouse.query.reader import Reader
from spanhouse.query.settings import QuerySettings
from spanhouse.query.trace_filter import TraceFilter

from . import history
from .report import machine

_SPANS = int(os.environ.get("SPANHOUSE_BENCH_SPANS", 10_000_000))
_ASKED = 40
_HOUR_NANO = 3_600 * 10**9
# What lies beside the spans and belongs to them: the summaries, bounds and roll-ups that every insert feeds.
_BESIDE = ("trace_summaries", "otel_traces_trace_id_ts", "span_operations", "attribute_values")


def main() -> None:
    """Fill, merge, ask, print."""
    with tempfile.TemporaryDirectory(prefix="spanhouse-bench-") as scratch:
        store = Store(f"chdb://{Path(scratch).resolve()}/clickhouse")
        migrate(store)
        started = time.perf_counter()
        history.fill(store, _SPANS, spans_per_trace=100)
        unmerged, _ = history.bytes_per_row(store, "otel_traces")
        history.merge(store, "otel_traces")
        for table in _BESIDE:
            history.merge(store, table)
        print(machine())
        print(
            f"{_SPANS:,} spans over {history.HOURS} hours, 100 a trace, "
            f"filled and merged in {time.perf_counter() - started:.0f} s"
        )
        _disk(store, unmerged)
        _ask(store)
        print(
            f"peak memory of the process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB"
        )
        store.close()


def _disk(store: Store, unmerged: float) -> None:
    merged, indexes = history.bytes_per_row(store, "otel_traces")
    beside = (
        sum(history.bytes_per_row(store, table)[0] * _rows(store, table) for table in _BESIDE)
        / _SPANS
    )
    print(
        f"bytes on disk per span: {merged + beside:.1f} = {merged - indexes:.1f} data + "
        f"{indexes:.1f} indexes + {beside:.1f} summaries (before the merge {unmerged:.1f})"
    )


def _rows(store: Store, table: str) -> int:
    return int(store.rows(f"SELECT count() AS Count FROM {table}")[0]["Count"])


def _ask(store: Store) -> None:
    chance = random.Random(1)
    trace_ids = [
        row["TraceId"]
        for row in store.rows(
            "SELECT TraceId FROM otel_traces_trace_id_ts ORDER BY xxHash32(TraceId) LIMIT {n:UInt32}",
            {"n": _ASKED},
        )
    ]
    reader = Reader(store, QuerySettings(), "bench")
    now = time.time_ns()
    last_hour = TraceFilter("default", now - _HOUR_NANO, now)

    def search(query: str) -> None:
        asked = replace(last_hour, search=Search.of(SPANS, query, now))
        list_traces(reader, asked, "-start", 50, None)

    users = [f"user.id = u{chance.randrange(3000):04d}" for _ in range(_ASKED)]
    rare = [
        f"gen_ai.response.id = {row['Id']}"
        for row in store.rows(
            "SELECT SpanAttributes['gen_ai.response.id'] AS Id FROM otel_traces "
            "WHERE Timestamp > now() - INTERVAL 50 MINUTE ORDER BY xxHash32(SpanId) LIMIT {n:UInt32}", {"n": _ASKED})
    ]  # fmt: skip
    _time("get-trace, 100 spans in full", trace_ids, lambda i: trace_otlp(reader, "default", i))
    _time(
        "get-trace, 100 spans as skeleton",
        trace_ids,
        lambda i: trace_skeleton(reader, "default", i),
    )
    _time("attribute search, last hour, 1 span in 3,000", users, search)
    _time("attribute search, last hour, one span", rare, search)
    _time(
        "list, last hour, newest first",
        users,
        lambda _: list_traces(reader, last_hour, "-start", 50, None),
    )
    _time(
        "reference: full scan of Duration",
        users[:5],
        lambda _: store.rows("SELECT sum(Duration) FROM otel_traces"),
    )


def _time(what: str, values: list[str], ask: Callable[[str], object]) -> None:
    ask(values[0])
    times = []
    for value in values:
        started = time.perf_counter()
        ask(value)
        times.append((time.perf_counter() - started) * 1000)
    print(
        f"{what:48} median {statistics.median(times):7.1f} ms   p90 {statistics.quantiles(times, n=10)[-1]:7.1f} ms"
    )
