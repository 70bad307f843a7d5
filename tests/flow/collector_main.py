"""A collector as a process of its own: `python -m tests.flow.collector_main DATA [URL]`, with SPANHOUSE_* settings.

Prints one line of JSON with its ports when all is open; SIGTERM drains and exits 0. Embedded, it also serves the store
over HTTP, since no second process can open the directory; that door stays open to the last, for reading under way.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
import sys
from pathlib import Path

from spanhouse.collector.service import Collector
from spanhouse.collector.settings import CollectorSettings
from spanhouse.collector.store import Store, migrate
from tests.flow.clickhouse_endpoint import ClickHouseEndpoint


async def _serve(data: Path, url: str | None) -> None:
    stopping = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
    store = Store(url or f"chdb://{data}/clickhouse")
    endpoint = None if url else ClickHouseEndpoint(data / "clickhouse")
    migrate(store)
    # Several pytest runs share a machine: doors on any free port, unless a test asks for one.
    ports = {
        name: os.environ.get(f"SPANHOUSE_{name.upper()}", "0")
        for name in ("otlp_grpc_port", "otlp_http_port")
    }
    collector = Collector(store, CollectorSettings.model_validate({"data": data, **ports}))
    await collector.start()
    ready = {
        "grpc": collector.grpc_port,
        "http": collector.http_port,
        "clickhouse": url or f"http://127.0.0.1:{endpoint.port if endpoint else 0}",
    }
    print(json.dumps(ready), flush=True)
    await stopping.wait()
    await collector.drain()
    if endpoint is not None:
        endpoint.close()
    store.close()


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    asyncio.run(_serve(Path(sys.argv[1]).absolute(), sys.argv[2] if len(sys.argv) > 2 else None))
