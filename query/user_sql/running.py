"""One query of a user while it runs: its bytes as they come, how far it is, and how it is stopped.

The embedded engine writes the answer into a pipe (`INTO OUTFILE '/dev/fd/N'`), whatever the format; so nobody holds it
whole, a slow reader slows the query, and a reader who leaves ends it. A server sends an answer when it has all of it
(`wait_end_of_query`), so that an error is never in the middle of one.
"""

from __future__ import annotations

import os
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Literal

import orjson
from clickhouse_connect.driver.client import Client
from clickhouse_connect.driver.exceptions import ClickHouseError, DatabaseError
from clickhouse_connect.driver.summary import QuerySummary

from spanhouse.collector.store import Store, StoreError

from ..errors import QueryError
from .errors import Cancelled, failed
from .statement import Statement

State = Literal["running", "finished", "failed", "cancelled"]

_CHUNK_BYTES = 1 << 18
_CANCELLED = 394

_PROGRESS = """
SELECT query_id, elapsed, read_rows, read_bytes, total_rows_approx
FROM system.processes
WHERE position(query, {marker:String}) > 0 AND position(query, 'system.processes') = 0
"""


@dataclass(frozen=True)
class Statistics:
    """What a query has cost so far."""

    elapsed_seconds: float = 0.0
    rows_read: int = 0
    bytes_read: int = 0
    total_rows_to_read: int = 0


@dataclass
class Running:
    """A query under way.

    Iterating yields the bytes of the answer; an error of ClickHouse is raised where it happened, which is before the
    first bytes for nearly all.
    """

    store: Store
    handle: AbstractContextManager[Client]
    statement: Statement
    sql: str
    """As the user typed it."""
    format: str
    project: str
    query_id: str
    time_zone: str
    """Of times without one."""
    released: Callable[[Running], None]
    """Called once, when the query has ended."""
    state: State = "running"
    statistics: Statistics = field(default_factory=Statistics)
    _marker: str = field(default_factory=lambda: f"spanhouse-{uuid.uuid4().hex}")
    _started: float = field(default_factory=time.monotonic)
    _error: QueryError | None = None
    _is_cancelled: bool = False
    _reader: int | None = None
    _thread: threading.Thread | None = None
    _ended: threading.Event = field(default_factory=threading.Event)

    def start(self) -> Running:
        """Begin; returns at once."""
        self._reader, writer = os.pipe()
        self._thread = threading.Thread(
            target=self._run, args=(writer,), daemon=True, name="user-sql"
        )
        self._thread.start()
        return self

    def __iter__(self) -> Iterator[bytes]:
        assert self._reader is not None, "started once and read once"
        try:
            while chunk := os.read(self._reader, _CHUNK_BYTES):
                yield chunk
                if self._reader is None:
                    raise Cancelled(
                        f"the query {self.query_id} was stopped: its answer was not read"
                    )
            self._ended.wait()
            if self._error is not None:
                raise self._error
        finally:
            self.close()

    def close(self) -> None:
        """Stop reading; a query that still runs is stopped."""
        reader, self._reader = self._reader, None
        if reader is not None:
            os.close(reader)
            if not self._ended.is_set():
                self.cancel()

    def cancel(self) -> None:
        """Ask ClickHouse to stop it; it does so within a block of rows."""
        self._is_cancelled = True
        for row in self.store.rows(_PROGRESS, {"marker": self._marker}):
            self.store.rows(
                "KILL QUERY WHERE query_id = {id:String} ASYNC", {"id": row["query_id"]}
            )

    def runs_for(self) -> float:
        """Seconds since it began; 0 once it has ended."""
        return 0.0 if self._ended.is_set() else time.monotonic() - self._started

    def progress(self) -> Statistics:
        """How far it is."""
        if self.state == "running":
            for row in self.store.rows(_PROGRESS, {"marker": self._marker}):
                return Statistics(
                    row["elapsed"], row["read_rows"], row["read_bytes"], row["total_rows_approx"]
                )
            return Statistics(time.monotonic() - self._started)
        return self.statistics

    def _run(self, writer: int) -> None:
        state: State = "failed"
        try:
            with self.handle as client:
                if self._is_cancelled:
                    raise StoreError("Query was cancelled", _CANCELLED)
                summary = self._execute(client, writer)
            self.statistics = _statistics(summary, time.monotonic() - self._started)
            state = "finished"
        except (ClickHouseError, StoreError) as error:
            self._error = self._explained(error)
            state = "cancelled" if isinstance(self._error, Cancelled) else "failed"
        except BrokenPipeError:
            state = "cancelled"
        finally:
            if not self.statistics.elapsed_seconds:
                self.statistics = Statistics(time.monotonic() - self._started)
            self.state = state
            self._ended.set()
            os.close(writer)
            self.released(self)

    def _execute(self, client: Client, writer: int) -> dict[str, Any]:
        # A FORMAT at the very end would make it an answer to read from memory.
        ending = f"FORMAT {self.format} /* {self._marker} */"
        if self.store.is_embedded:
            text = f"{self.statement.text}\nINTO OUTFILE '/dev/fd/{writer}' APPEND\n{ending}"
            told = client.command(text)
            return told.summary if isinstance(told, QuerySummary) else {}
        response: Any = client.raw_stream(
            f"{self.statement.text}\n{ending}",
            settings={"wait_end_of_query": 1, "query_id": self._marker},
        )
        try:
            while chunk := response.read(_CHUNK_BYTES):
                _write(writer, chunk)
            headers = getattr(response, "headers", {})
            summary: dict[str, Any] = orjson.loads(headers.get("X-ClickHouse-Summary", "{}"))
            return summary
        finally:
            response.close()

    def _explained(self, error: ClickHouseError | StoreError) -> QueryError:
        code = error.code if isinstance(error, DatabaseError | StoreError) else None
        if code == _CANCELLED or self._is_cancelled:
            return Cancelled(f"the query {self.query_id} was stopped because it was asked to")
        return failed(StoreError(str(error), code), self.sql)


def _write(writer: int, chunk: bytes) -> None:
    while chunk:
        chunk = chunk[os.write(writer, chunk) :]


def _statistics(summary: dict[str, Any], elapsed: float) -> Statistics:
    return Statistics(
        int(summary.get("elapsed_ns", 0)) / 1e9 or elapsed,
        int(summary.get("read_rows", 0)),
        int(summary.get("read_bytes", 0)),
        int(summary.get("total_rows_to_read", 0)),
    )
