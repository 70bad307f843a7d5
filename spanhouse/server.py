"""The one place that wires the parts into a process: store, collector, page.

Everything is open before `/healthz` answers 200. On the first SIGTERM or SIGINT all doors close together, what was
accepted is stored and answered, and only then the store closes. A second signal ends the process at once; what was
acknowledged is on disk by then, whichever way it ends.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import Any

import uvicorn
from pydantic import ValidationError
from starlette.types import ASGIApp

from spanhouse.collector.keys import ApiKeys, project_of_login
from spanhouse.collector.service import Collector, PortInUse, QuietServer
from spanhouse.collector.settings import CollectorSettings
from spanhouse.collector.spool import SpoolFile
from spanhouse.collector.store import SchemaError, Store, StoreError, migrate
from spanhouse.collector.store.migrate import Migration, migrations
from spanhouse.query.app import create_app
from spanhouse.query.clickhouse_http import create_clickhouse_app
from spanhouse.query.events import Emit, no_collector

from . import __version__, data_directory, emit, ports
from .mcp import mounted
from .settings import ServerSettings, clickhouse_address, without_password
from .terminal import Terminal, plural

_PAGE_DRAIN_SECONDS = 10
_INTERRUPTED = 130  # what a shell reports for a program that SIGINT ended
_FLAGS = {
    "the page": "--port",
    "OTLP gRPC": "--otlp-grpc-port",
    "OTLP HTTP": "--otlp-http-port",
    "ClickHouse HTTP": "--clickhouse-port",
}


class StartError(Exception):
    """The server cannot start; the message is one sentence for the person who started it."""


@dataclass(frozen=True)
class Parts:
    """Which of the two halves run in this process."""

    collector: bool = True
    query: bool = True


@dataclass(frozen=True)
class Doors:
    """Where a server listens; None: that half runs elsewhere."""

    page: str | None = None
    otlp_grpc: str | None = None
    otlp_http: str | None = None
    clickhouse: str | None = None


class _PageServer(QuietServer):
    """Says when it is open."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.tried = asyncio.Event()
        """Set once it is open, or cannot be."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """As uvicorn's."""
        try:
            await super().startup(sockets)
        finally:
            self.tried.set()


class Server:
    """Starts the parts in order, stops them in the opposite one.

    Args:
        settings: what was asked for.
        parts: which halves to run.
        terminal: where progress goes.
    """

    def __init__(self, settings: ServerSettings, parts: Parts, terminal: Terminal) -> None:
        self._settings = settings
        self._parts = parts
        self._terminal = terminal
        self._held = ExitStack()
        self._collector: Collector | None = None
        self._pages: list[tuple[uvicorn.Server, asyncio.Task[None]]] = []
        """The page and, beside it, ClickHouse HTTP."""
        self._is_ready = False

    async def start(self) -> Doors:
        """Open everything.

        Raises:
            StartError: with the reason and what to do; nothing stays open then.
        """
        try:
            return await self._start()
        except PortInUse as error:
            await self.drain()
            # It was free a moment ago, and `holder` may know who has it now.
            found = ports.holder(error.port) or "another process"
            raise _port_error(error.door, f"port {error.port} is in use by {found}") from error
        except ValidationError as error:
            await self.drain()
            raise StartError(_explained(error)) from error
        except (data_directory.DirectoryError, StoreError, SchemaError) as error:
            await self.drain()
            raise StartError(str(error)) from error
        except BaseException:
            await self.drain()
            raise

    async def _start(self) -> Doors:
        # First what costs nothing: a setting that is wrong, a port that is taken, a directory in use.
        settings = self._collector_settings()
        listeners = self._take_ports()
        if self._parts.collector:
            self._held.enter_context(data_directory.held(self._settings.data))
        store = await asyncio.to_thread(self._open_store)
        doors = Doors()
        if self._parts.collector:
            doors = await self._start_collector(store, settings)
        if listeners is not None:
            doors = await self._open_pages(store, listeners, doors)
        self._is_ready = True
        return doors

    async def drain(self) -> None:
        """Close the doors, store what was accepted, close the store."""
        self._is_ready = False
        # Together: a request that came in at the page's port is answered when the collector has stored it.
        await asyncio.gather(self._close_pages(), self._drain_collector())
        await asyncio.to_thread(self._held.close)

    async def closed(self) -> None:
        """Return when the page's door has closed, by `drain` or by a fault."""
        if self._pages:
            tasks = [task for _, task in self._pages]
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        else:
            await asyncio.Event().wait()

    async def _close_pages(self) -> None:
        for server, _ in self._pages:
            server.should_exit = True
        # The last one opened first: ClickHouse HTTP runs its queries on clients that the page's application closes.
        for _, task in reversed(self._pages):
            await task

    async def _drain_collector(self) -> None:
        if self._collector is not None:
            await self._collector.drain()

    def _take_ports(self) -> tuple[socket.socket, socket.socket] | None:
        """The listeners of the page and of ClickHouse HTTP; the collector's ports are only tried, before the store
        costs time."""
        settings, listeners = self._settings, None
        try:
            if self._parts.query:
                door, port = "the page", settings.port
                page = ports.listen(settings.host, port)
                self._held.callback(page.close)
                door, port = "ClickHouse HTTP", settings.clickhouse_port
                listeners = page, ports.listen(settings.host, port)
                self._held.callback(listeners[1].close)
            if self._parts.collector:
                door, port = "OTLP gRPC", settings.otlp_grpc_port
                ports.check_free(settings.host, port)
                door, port = "OTLP HTTP", settings.otlp_http_port
                ports.check_free(settings.host, port)
        except ports.PortTaken as error:
            raise _port_error(door, str(error)) from error
        return listeners

    def _open_store(self) -> Store:
        with self._terminal.step("opening the store"):
            if self._settings.clickhouse:
                _check_reachable(self._settings.clickhouse)
            store = Store(self._settings.dsn, self._settings.cluster)
            self._held.callback(store.close)
        if self._parts.collector:
            self._migrate(store)
        else:
            _check_schema(store)
        return store

    def _migrate(self, store: Store) -> None:
        with self._terminal.step("preparing the schema") as step:
            total = len(migrations())

            def show(migration: Migration) -> None:
                step.detail = f"{migration.number} of {total}, {migration.name}"

            migrate(store, show)

    async def _start_collector(self, store: Store, settings: CollectorSettings) -> Doors:
        collector = Collector(store, settings)
        with self._terminal.step("storing what an earlier process had accepted") as step:

            def show(file: SpoolFile, left: int) -> None:
                step.detail = f"{plural(left, 'batch', 'batches')} left, {file.signal.name}"

            await collector.start(show)
        self._collector = collector
        host = _bracketed(self._settings.host)
        return Doors(None, f"{host}:{collector.grpc_port}", f"http://{host}:{collector.http_port}")

    def _collector_settings(self) -> CollectorSettings:
        """Ours where we have one, the environment's for the rest."""
        ours: dict[str, Any] = {
            "host": self._settings.host,
            "otlp_grpc_port": self._settings.otlp_grpc_port,
            "otlp_http_port": self._settings.otlp_http_port,
            "data": self._settings.data.absolute(),
        }
        return CollectorSettings(**ours)

    async def _open_pages(
        self, store: Store, listeners: tuple[socket.socket, socket.socket], doors: Doors
    ) -> Doors:
        page, clickhouse = (self._address(listener) for listener in listeners)
        doors = replace(doors, page=page, clickhouse=clickhouse)
        endpoints = {
            "otlp_grpc": doors.otlp_grpc,
            "otlp_http": doors.otlp_http,
            "clickhouse": doors.clickhouse,
        }
        app = create_app(
            store,
            otlp_app=self._collector.http_app if self._collector else None,
            release=__version__,
            endpoints={name: address for name, address in endpoints.items() if address},
            ready=lambda: self._is_ready,
            emit=self._emit(),
        )
        mounted.mount(app)
        await self._serve("the page", app, listeners[0])
        keys = ApiKeys(self._settings.api_keys)
        clickhouse_app = create_clickhouse_app(
            app.state.user_sql,
            lambda user, password: project_of_login(keys, user, password),
            store.server_version,
            app.state.settings.hosts,
        )
        await self._serve("ClickHouse HTTP", clickhouse_app, listeners[1])
        return doors

    async def _serve(self, door: str, app: ASGIApp, listener: socket.socket) -> None:
        server = _PageServer(
            uvicorn.Config(
                app,
                log_config=None,
                access_log=False,
                timeout_graceful_shutdown=_PAGE_DRAIN_SECONDS,
            )
        )
        self._pages.append((server, asyncio.create_task(server.serve(sockets=[listener]))))
        await server.tried.wait()
        if not server.started:
            raise StartError(
                f"cannot open {door}: its application did not start, see the log above"
            )

    def _address(self, listener: socket.socket) -> str:
        return f"http://{_bracketed(self._settings.host)}:{listener.getsockname()[1]}"

    def _emit(self) -> Emit:
        if self._collector is not None:
            return emit.in_process(self._collector)
        url = self._settings.collector
        return emit.over_http(url) if url else no_collector


def run(
    settings: ServerSettings, parts: Parts, announce: Callable[[Doors], None], terminal: Terminal
) -> int:
    """Serve until a signal; returns the exit code.

    Args:
        settings: what was asked for.
        parts: which halves to run.
        announce: called once all doors are open.
        terminal: where progress goes.

    Raises:
        StartError: the server cannot start.
    """
    logging.basicConfig(
        level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        exit_code = runner.run(_serve(settings, parts, announce, terminal))
    # All is stored; what is left is the end of the interpreter, and no signal may change its exit code.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    return exit_code


async def _serve(
    settings: ServerSettings, parts: Parts, announce: Callable[[Doors], None], terminal: Terminal
) -> int:
    stopping = asyncio.Event()
    _on_signals(stopping)
    server = Server(settings, parts, terminal)
    doors = await server.start()
    if not stopping.is_set():
        announce(doors)
    waiting = {asyncio.create_task(stopping.wait()), asyncio.create_task(server.closed())}
    await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    for task in waiting:
        task.cancel()
    with terminal.step("storing what is under way"):
        await server.drain()
    return 0 if stopping.is_set() else 1


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """uvloop's where it exists: it does not on every platform."""
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop


def _on_signals(stopping: asyncio.Event) -> None:
    def stop() -> None:
        if stopping.is_set():
            os._exit(_INTERRUPTED)
        stopping.set()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)


def _check_reachable(url: str) -> None:
    """Sooner and clearer than the driver, which tries again for a while.

    Raises:
        StartError: nothing listens there.
    """
    if reason := ports.why_unreachable(*clickhouse_address(url)):
        raise StartError(
            f"cannot open the store {without_password(url)}: {reason}; start that server, or correct --clickhouse"
        )


def _check_schema(store: Store) -> None:
    """A page beside a collector elsewhere reads the schema that one made.

    Raises:
        StartError: it is not there, or older than this version.
    """
    needed = migrations()[-1].number
    exists = store.rows("EXISTS TABLE schema_migrations")[0]["result"]
    found = (
        store.rows("SELECT max(Number) AS Number FROM schema_migrations")[0]["Number"]
        if exists
        else 0
    )
    if found < needed:
        raise StartError(
            f"cannot read this ClickHouse: its schema is at {found:04d} and this version needs {needed:04d}; "
            "start `spanhouse collector` on it first, which brings it up"
        )


def _port_error(door: str, found: str) -> StartError:
    return StartError(
        f"cannot open {door}: {found}; stop that, or choose another with {_FLAGS[door]}"
    )


def _explained(error: ValidationError) -> str:
    first = error.errors()[0]
    name = "SPANHOUSE_" + "_".join(str(part) for part in first["loc"]).upper()
    return f"{name}: {first['input']!r}: {first['msg']}"


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
