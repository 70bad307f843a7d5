"""The sort key and partition of otel_traces, chosen by measuring (collector/store/adr-0001-sort-key.md).

The same spans in three layouts, each with the indexes its lookups need: insert, bytes, get-trace,
attribute search, newest traces, one service's errors. SPANHOUSE_BENCH_SPANS changes the size
(10,000,000).
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from spanhouse.collector.store import Store, migrate

from . import history
from .report import machine

_SPANS = int(os.environ.get("SPANHOUSE_BENCH_SPANS", 10_000_000))
_ASKED = 20


@dataclass(frozen=True)
class _Layout:
    name: str
    order_by: str
    trace: str
    """How a trace is found, given its bounds."""
    projection: str = ""


_BOUNDS = "ProjectId = 'default' AND Timestamp BETWEEN {start:DateTime64(9, 'UTC')} AND {end:DateTime64(9, 'UTC')}"
_LAYOUTS = (
    _Layout(
        "five minutes, trace hash",
        "(ProjectId, toStartOfFiveMinutes(Timestamp), xxHash32(TraceId), Timestamp)",
        f"{_BOUNDS} AND xxHash32(TraceId) = xxHash32({{trace:String}}) AND TraceId = {{trace:String}}",
    ),
    _Layout(
        "trace, time + projection by time",
        "(ProjectId, TraceId, Timestamp)",
        f"{_BOUNDS} AND TraceId = {{trace:String}}",
        "PROJECTION by_time (SELECT ProjectId, Timestamp, TraceId, SpanId, ParentSpanId, ServiceName, "
        "SpanName, SpanKind, StatusCode, Duration, GenAiOperation, GenAiRequestModel, GenAiInputTokens, "
        "GenAiOutputTokens ORDER BY (ProjectId, Timestamp))",
    ),
    _Layout(
        "service, span name, time",
        "(ProjectId, ServiceName, SpanName, toDateTime(Timestamp), Timestamp)",
        f"{_BOUNDS} AND TraceId = {{trace:String}}",
    ),
)

_LAST_HOUR = "ProjectId = 'default' AND Timestamp > {newest:DateTime64(9, 'UTC')} - INTERVAL 1 HOUR"
_QUESTIONS = {
    "attribute search, last hour": f"SELECT DISTINCT TraceId FROM {{table}} WHERE {_LAST_HOUR} "
    "AND has(SpanAttributeItems, 'user.id=u{number:04d}') LIMIT 50",
    "newest 50 spans": f"SELECT TraceId, SpanName FROM {{table}} WHERE {_LAST_HOUR} ORDER BY Timestamp DESC LIMIT 50",
    "errors of a service, last hour": f"SELECT count() FROM {{table}} WHERE {_LAST_HOUR} "
    "AND ServiceName = 'agent' AND StatusCode = 'Error'",
    "p95 per minute, all ten hours": "SELECT toStartOfMinute(Timestamp) AS m, quantile(0.95)(Duration) FROM {table} "
    "WHERE ProjectId = 'default' GROUP BY m",
}


def main() -> None:
    """Fill once, copy into each layout, ask."""
    with tempfile.TemporaryDirectory(prefix="spanhouse-bench-") as scratch:
        store = Store(f"chdb://{Path(scratch).resolve()}/clickhouse")
        migrate(store)
        history.fill(store, _SPANS, spans_per_trace=100)
        print(machine())
        print(f"{_SPANS:,} spans over {history.HOURS} hours, 100 a trace")
        for number, layout in enumerate(_LAYOUTS):
            _measure(store, layout, f"layout_{number}")
        store.close()


def _measure(store: Store, layout: _Layout, table: str) -> None:
    columns = store.rows(
        "SELECT create_table_query AS Query FROM system.tables WHERE name = 'otel_traces'"
    )[0]["Query"]
    statement = str(columns).replace(".otel_traces", f".{table}", 1)
    head, _, tail = statement.partition("ORDER BY (")
    settings = tail[tail.index("SETTINGS ") :] + ", deduplicate_merge_projection_mode = 'rebuild'"
    if layout.projection:
        head = head.replace(") ENGINE", f", {layout.projection}) ENGINE", 1)
    store.command(f"{head}ORDER BY {layout.order_by} {settings}")
    started = time.perf_counter()
    store.command(
        f"INSERT INTO {table} SELECT * FROM otel_traces",
        {"materialize_skip_indexes_on_insert": 0, "max_execution_time": 0},
    )
    inserted = time.perf_counter() - started
    history.merge(store, table)
    merged = time.perf_counter() - started - inserted
    size, indexes = history.bytes_per_row(store, table)
    print(f"\n{layout.name}: {layout.order_by}")
    print(
        f"  insert {_SPANS / inserted:,.0f} spans/s, then merged in {merged:.0f} s; "
        f"{size:.1f} bytes a span, indexes {indexes:.1f}"
    )
    _questions(store, layout, table)
    store.command(f"DROP TABLE {table} SYNC")


def _questions(store: Store, layout: _Layout, table: str) -> None:
    traces = store.rows(
        "SELECT TraceId, min(Start) AS Start, max(End) AS End FROM otel_traces_trace_id_ts "
        "GROUP BY TraceId ORDER BY xxHash32(TraceId) LIMIT 20"
    )
    newest = store.rows("SELECT max(Timestamp) AS Newest FROM otel_traces")[0]["Newest"]
    times = []
    for trace in traces:
        parameters = {"trace": trace["TraceId"], "start": trace["Start"], "end": trace["End"]}
        times.append(
            _milliseconds(store, f"SELECT * FROM {table} WHERE {layout.trace}", parameters)
        )
    print(f"  {'get-trace (bounds known)':34} {statistics.median(times):8.1f} ms")
    for question, sql in _QUESTIONS.items():
        times = [
            _milliseconds(store, _filled(sql, table, number), {"newest": newest})
            for number in range(_ASKED)
        ]
        print(f"  {question:34} {statistics.median(times):8.1f} ms")


def _filled(sql: str, table: str, number: int) -> str:
    return sql.replace("{table}", table).replace("{number:04d}", f"{number * 149:04d}")


def _milliseconds(store: Store, sql: str, parameters: dict[str, object]) -> float:
    started = time.perf_counter()
    store.raw(sql, parameters, fmt="Native")
    return (time.perf_counter() - started) * 1000
