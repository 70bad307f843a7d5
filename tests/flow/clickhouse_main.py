"""ClickHouse's HTTP interface as a process of its own: `python -m tests.flow.clickhouse_main DATA`; prints its port."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import chdb

from tests.flow.clickhouse_endpoint import ClickHouseEndpoint

if __name__ == "__main__":
    path = Path(sys.argv[1])
    # Keeps the engine open between requests, each of which has a handle of its own.
    keeper = chdb.connect(str(path))  # type: ignore[no-untyped-call]
    print(ClickHouseEndpoint(path).port, flush=True)
    threading.Event().wait()
