"""The bare engine: the same bytes inserted by clickhouse-connect straight into the same tables, from two threads.

python -m tests.bench.engine FILE DIRECTORY ROUNDS
"""

from __future__ import annotations

import sys
import tempfile
import time
import uuid
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from spanhouse.collector.otlp.envelope import Request, write_envelopes
from spanhouse.collector.otlp.signals import INSERT_SETTINGS, OTLP_PROTO, TRACES
from spanhouse.collector.store import Store, migrate

from .load import read_requests, write_requests
from .spans import SPANS_PER_REQUEST, requests

# As many requests in an INSERT as the collector has in flight for each of its two writers in the ingest benchmark.
_REQUESTS_PER_INSERT = 128


def rate(bodies: Sequence[bytes], directory: Path, rounds: int) -> float:
    """Spans inserted per second, after one round to warm up."""
    store = Store(f"chdb://{directory.resolve()}/clickhouse")
    migrate(store)
    files = _files(bodies, directory)

    def insert(path: Path) -> None:
        settings = {**INSERT_SETTINGS, "insert_deduplication_token": uuid.uuid4().hex}
        store.insert_protobuf(TRACES.inbox, path, OTLP_PROTO, TRACES.envelope, settings)

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(insert, files))
        started = time.perf_counter()
        list(threads.map(insert, files * rounds))
        elapsed = time.perf_counter() - started
    store.close()
    return len(bodies) * rounds * SPANS_PER_REQUEST / elapsed


def _files(bodies: Sequence[bytes], directory: Path) -> list[Path]:
    paths = []
    for first in range(0, len(bodies), _REQUESTS_PER_INSERT):
        path = directory / f"{first}.pb"
        part = bodies[first : first + _REQUESTS_PER_INSERT]
        with path.open("wb") as file:
            envelopes = (Request(body, "", "bench", "grpc", time.time_ns()) for body in part)
            write_envelopes(file, "bench", ((uuid.uuid4().bytes, request) for request in envelopes))
        paths.append(path)
    return paths


def main() -> None:
    """Without arguments: 200,000 reference spans, four rounds."""
    with tempfile.TemporaryDirectory(prefix="spanhouse-bench-") as scratch:
        prepared = Path(scratch) / "requests"
        write_requests(requests(200_000), prepared)
        print(f"bare engine: {rate(read_requests(prepared), Path(scratch), 4):,.0f} spans/s")


if __name__ == "__main__":
    target = Path(sys.argv[2])
    target.mkdir(parents=True, exist_ok=True)
    print(f"{rate(read_requests(Path(sys.argv[1])), target, int(sys.argv[3])):.0f}")
