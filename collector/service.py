"""The collector as one thing: replays the spool, opens both doors, drains."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import grpc
import uvicorn
from starlette.applications import Starlette

from .intake import Intake
from .keys import ApiKeys
from .ledger import Ledger
from .otlp import grpc as grpc_door
from .otlp import http as http_door
from .otlp.envelope import Request
from .otlp.project import is_project, not_a_project
from .otlp.refusal import Malformed
from .otlp.signals import LOGS, SIGNALS
from .prices.book import PriceBook
from .prices.door import route as reprice_route
from .settings import CollectorSettings
from .spool import Spool, SpoolFile
from .store import Store
from .writer import Outcome, Writer

_DRAIN_SECONDS = 30

_KNOWN_SQL = """
SELECT Signal, RequestId, sum(Received) AS Received, sum(Rejected) AS Rejected, sumMap(Reasons) AS Reasons,
    dateDiff('millisecond', max(ReceivedAt), now64(3)) / 1000 AS Age
FROM ingest_ledger
WHERE RequestId != '' AND ReceivedAt > {since:DateTime64(9, 'UTC')}
GROUP BY Signal, RequestId
-- A request whose rewriting did not come to pass has a row that says so, and is not stored.
HAVING min(NeedsRewrite) = 0
ORDER BY max(ReceivedAt)
"""


class PortInUse(Exception):
    """A door's port is taken by another process."""

    def __init__(self, door: str, host: str, port: int) -> None:
        super().__init__(f"cannot open the {door} door: {host}:{port} is in use by another process")
        self.door = door
        self.port = port


class Collector:
    """OTLP in, ClickHouse rows out.

    Args:
        store: with its schema in place (`migrate`).
        settings: ports, bounds, the spool's directory.
    """

    def __init__(self, store: Store, settings: CollectorSettings) -> None:
        self._store = store
        self._settings = settings
        self._spool = Spool(settings.data / "spool", fsync=settings.fsync)
        self.prices = PriceBook(store, settings.data / "prices.toml")
        """What models cost."""
        self._writer = Writer(store, self._spool, self.prices.spans_were_stored)
        self._ledger = Ledger(store)
        self._keys = ApiKeys(settings.data / "api-keys.json")
        self._intake = Intake(self._writer, self._spool, self._ledger, settings)
        self._ledger_task: asyncio.Task[None] | None = None
        self._prices_task: asyncio.Task[None] | None = None
        self._http_task: asyncio.Task[None] | None = None
        self._http: uvicorn.Server | None = None
        self._grpc: grpc.aio.Server | None = None
        self.http_app: Starlette = http_door.create_app(self._intake, self._keys, settings)
        self.http_app.router.routes.append(reprice_route(self.prices, self._keys, settings))
        """POST /v1/traces, /v1/logs, /v1/metrics."""
        self.grpc_port = 0
        """Bound by `start`."""
        self.http_port = 0
        """Bound by `start`."""

    @property
    def queued_bytes(self) -> int:
        """Bytes of requests that are waiting or being inserted."""
        return self._intake.queued_bytes

    async def start(self, progress: Callable[[SpoolFile, int], None] | None = None) -> None:
        """Store what an earlier process left in the spool, then open the doors.

        Args:
            progress: called before each file of the spool with the file and how many are left.

        Raises:
            PortInUse: naming the door and the port.
        """
        await asyncio.to_thread(self._replay, progress)
        await self._remember()
        self._grpc = grpc_door.create_server(self._intake, self._keys, self._settings)
        await self._open_grpc(self._grpc)
        await self._open_http()
        self._ledger_task = asyncio.create_task(self._ledger.run())
        self._prices_task = asyncio.create_task(asyncio.to_thread(self.prices.run))

    async def store_logs(self, project: str, body: bytes) -> None:
        """Store an ExportLogsServiceRequest of this process itself, as if it had come in at a door.

        Raises:
            Refusal: it was not stored, or not all of it.
        """
        request = Request(body, project, "spanhouse", "in process", time.time_ns())
        if not is_project(project):
            raise Malformed(not_a_project(project))
        outcome = await self._intake.accept(LOGS, request)
        if outcome.rejected:
            raise Malformed(outcome.message)

    async def drain(self) -> None:
        """Close the doors, store all that was accepted, answer its senders; returns within about 30 seconds."""
        if self._http is not None:
            self._http.should_exit = True
        drained = asyncio.create_task(self._intake.drain())
        if self._grpc is not None:
            await self._grpc.stop(_DRAIN_SECONDS)
        await drained
        if self._http_task is not None:
            await self._http_task
        self.prices.stop()
        if self._prices_task is not None:
            await self._prices_task
        if self._ledger_task is not None:
            self._ledger_task.cancel()
        await self._ledger.write()

    def _replay(self, progress: Callable[[SpoolFile, int], None] | None) -> None:
        files = self._spool.left_behind()
        for position, file in enumerate(files):
            if progress is not None:
                progress(file, len(files) - position)
            self._writer.replay(file)

    async def _remember(self) -> None:
        if not self._settings.deduplication_seconds:
            return
        since = datetime.now(UTC) - timedelta(seconds=self._settings.deduplication_seconds)
        for row in await asyncio.to_thread(self._store.rows, _KNOWN_SQL, {"since": since}):
            outcome = Outcome(row["Received"], row["Rejected"], row["Reasons"])
            self._intake.remember(
                SIGNALS[row["Signal"]], bytes.fromhex(row["RequestId"]), outcome, row["Age"]
            )

    async def _open_grpc(self, server: grpc.aio.Server) -> None:
        host, port = self._settings.host, self._settings.otlp_grpc_port
        try:
            self.grpc_port = server.add_insecure_port(f"{_bracketed(host)}:{port}")
        except RuntimeError as error:
            raise PortInUse("OTLP gRPC", host, port) from error
        await server.start()

    async def _open_http(self) -> None:
        host, port = self._settings.host, self._settings.otlp_http_port
        listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError as error:
            listener.close()
            if self._grpc is not None:
                await self._grpc.stop(None)
            raise PortInUse("OTLP HTTP", host, port) from error
        self.http_port = listener.getsockname()[1]
        config = uvicorn.Config(
            self.http_app,
            log_config=None,
            access_log=False,
            lifespan="off",
            timeout_graceful_shutdown=_DRAIN_SECONDS,
        )
        self._http = QuietServer(config)
        self._http_task = asyncio.create_task(self._http.serve(sockets=[listener]))
        while not self._http.started:  # noqa: ASYNC110 - uvicorn has a flag, no event
            await asyncio.sleep(0.01)


class QuietServer(uvicorn.Server):
    """uvicorn inside our loop: the process's signals are not its own."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the handlers as they are."""
        yield


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
