"""One batch through the writer, in a process that is to be killed: `python -m tests.soak.one_insert DATA`."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from spanhouse.collector.otlp.envelope import Request
from spanhouse.collector.otlp.signals import TRACES
from spanhouse.collector.spool import Spool
from spanhouse.collector.store import Store, migrate
from spanhouse.collector.writer import Writer
from tests.flow.load import NESTED
from tests.flow.messages import traces

SPANS = 3
MARK = "/spanhouse-insert-begins"


def main(data: Path, *, insert: bool) -> None:
    """Replay what is left; then a batch of one request with nested values and one without."""
    store = Store(f"chdb://{data}/clickhouse")
    migrate(store)
    spool = Spool(data / "spool")
    writer = Writer(store, spool)
    for file in spool.left_behind():
        writer.replay(file)
    if insert:
        os.access(MARK, 0)  # where the trace of system calls begins to count
        bodies = [traces(SPANS, attributes=a).SerializeToString() for a in ({}, NESTED)]
        requests = [Request(body, "", "sender", "grpc", time.time_ns()) for body in bodies]
        batch = {request.request_id: request for request in requests}
        writer.insert(writer.spool(TRACES, batch), batch)
    for total in (
        "count() FROM otel_traces",
        "sum(Stored) FROM ingest_ledger",
        "sum(SpanCount) FROM trace_summaries",
        "sum(SpanCount) FROM span_operations",
        "uniqExact(SpanId) FROM otel_traces",
        f"uniqExact(TraceId) * {SPANS} FROM otel_traces_trace_id_ts",
    ):
        print(
            store.rows(f"SELECT toUInt64({total.replace(' FROM', ') AS total FROM')}")[0]["total"]
        )
    store.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), insert="--insert" in sys.argv)
