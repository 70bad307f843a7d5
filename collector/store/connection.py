"""A pool of clickhouse-connect clients on one DSN; the same SQL runs embedded and on a server.

chDB allows one process per data directory, any number of handles in it; a handle runs one query at a time.
"""

from __future__ import annotations

import os
import queue
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast
from urllib.parse import urlsplit

import clickhouse_connect
from clickhouse_connect.driver.client import Client
from clickhouse_connect.driver.exceptions import ClickHouseError, DatabaseError

from .recovery import forget_unfinished_inserts, is_open

DATABASE = "spanhouse"

_EMBEDDED = Path(__file__).with_name("embedded.xml")

# Read by the embedded engine's allocator when it is loaded. By default what one INSERT frees goes back to the system
# before the next one, and a twelfth of ingest is the zeroing of its pages.
_ALLOCATOR = ("JE_MALLOC_CONF", "dirty_decay_ms:30000,muzzy_decay_ms:30000")

# An INSERT is acknowledged when its rows are in a part, and dates are bounded by ourselves (shapes.py, PartitionWeek).
_SESSION: dict[str, Any] = {
    "async_insert": 0,
    "max_partitions_per_insert_block": 0,
}


class StoreError(Exception):
    """The store could not do what was asked; the message holds ClickHouse's own words.

    StoreError
    └── StoreLocked   the data directory is open in another process
    """

    def __init__(self, message: str, code: int | None = None) -> None:
        super().__init__(message)
        self.code = code
        """ClickHouse's error code, where it gave one."""


class StoreLocked(StoreError):
    """Another process holds the data directory."""


class Store:
    """Runs SQL against one ClickHouse database.

    Args:
        dsn: `chdb:///path/to/directory`, or `http(s)://user:password@host:8123`.
        cluster: the cluster's name in `ON CLUSTER`, for a replicated server; None otherwise.

    Raises:
        StoreLocked: the directory is open in another process.
        StoreError: the server does not answer or refuses.
    """

    def __init__(self, dsn: str, cluster: str | None = None) -> None:
        self.dsn = dsn
        self.cluster = cluster
        self.is_embedded = urlsplit(dsn).scheme == "chdb"
        self._idle: queue.LifoQueue[Client] = queue.LifoQueue()
        if self.is_embedded:
            forget_unfinished_inserts(Path(self.path))
        first = self._connect(database=None)
        try:
            on_cluster = f" ON CLUSTER '{cluster}'" if cluster else ""
            first.command(f"CREATE DATABASE IF NOT EXISTS {DATABASE}{on_cluster}")
            self.server_version = str(first.server_version)
        except ClickHouseError as error:
            raise _store_error(error) from error
        finally:
            if not self.is_embedded:
                first.close()
        # Closing the last handle closes the embedded engine: this one stays open beside the pool.
        self._keeper = first if self.is_embedded else None

    def connect(self, settings: Mapping[str, Any]) -> Client:
        """A client outside of the pool, with `settings` in each of its statements; the caller closes it.

        With `readonly = 1`, which comes last, none of its statements can change them again.

        Raises:
            StoreError: a setting is not known, or a server does not let this account set it.
        """
        try:
            return self._connect(DATABASE, {**_SESSION, **settings})
        except ClickHouseError as error:
            raise _store_error(error) from error

    def _connect(
        self, database: str | None, settings: Mapping[str, Any] = MappingProxyType(_SESSION)
    ) -> Client:
        try:
            if self.is_embedded:
                path = Path(self.path)
                path.mkdir(parents=True, exist_ok=True)
                os.environ.setdefault(*_ALLOCATOR)
                client: Any = clickhouse_connect.get_client(
                    interface="chdb",
                    path=str(path),
                    database=database,
                    settings=dict(settings),
                    chdb_options={"config-file": str(_EMBEDDED)},
                )
                client._backend._summary = _summary
                return cast(Client, client)
            return clickhouse_connect.get_client(
                dsn=self.dsn,
                database=database or "default",
                settings=dict(settings),
                autogenerate_session_id=False,
            )
        except (ClickHouseError, OSError) as error:
            if self.is_embedded and is_open(Path(self.path)):
                raise StoreLocked(
                    f"cannot open the data directory {self.path}: another process has it open "
                    "(one `spanhouse up` per directory; stop it, or choose another with --data)"
                ) from error
            raise StoreError(f"cannot open the store {_redacted(self.dsn)}: {error}") from error

    @property
    def path(self) -> str:
        """Where an embedded store keeps its files."""
        return urlsplit(self.dsn).path

    @contextmanager
    def client(self) -> Iterator[Client]:
        """A client of the pool for one statement or stream; returned when the block ends."""
        try:
            client = self._idle.get_nowait()
        except queue.Empty:
            client = self._connect(DATABASE)
        try:
            yield client
        finally:
            self._idle.put(client)

    def command(self, sql: str, settings: Mapping[str, Any] | None = None) -> None:
        """Run a statement that returns no rows."""
        with self.client() as client, _errors():
            client.command(sql, settings=dict(settings or {}))

    def rows(
        self,
        sql: str,
        parameters: Mapping[str, Any] | None = None,
        settings: Mapping[str, Any] | None = None,
    ) -> list[dict[str, Any]]:
        """The rows of a SELECT, by column name; `parameters` fill `{name:Type}`."""
        with self.client() as client, _errors():
            result = client.query(
                sql, parameters=dict(parameters or {}), settings=dict(settings or {})
            )
            return list(result.named_results())

    def columns(
        self,
        sql: str,
        parameters: Mapping[str, Any] | None = None,
        settings: Mapping[str, Any] | None = None,
    ) -> dict[str, Sequence[Any]]:
        """The result of a SELECT column by column, for results too large for a dict per row."""
        sql = _with_settings(sql, settings)
        with self.client() as client, _errors():
            result = client.query(sql, parameters=dict(parameters or {}), column_oriented=True)
            values = result.result_columns or [[] for _ in result.column_names]
            return dict(zip(result.column_names, values, strict=True))

    def raw(
        self,
        sql: str,
        parameters: Mapping[str, Any] | None = None,
        settings: Mapping[str, Any] | None = None,
        fmt: str = "JSONEachRow",
    ) -> bytes:
        """The result of a SELECT as ClickHouse formats it."""
        sql = _with_settings(sql, settings)
        with self.client() as client, _errors():
            return client.raw_query(sql, parameters=dict(parameters or {}), fmt=fmt)

    def insert(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Insert Python rows: for the few that are not OTLP."""
        with self.client() as client, _errors():
            client.insert(table, rows, column_names=columns)

    def insert_protobuf(
        self, table: str, path: Path, schema: Path, message: str, settings: Mapping[str, Any]
    ) -> None:
        """Insert a file of length-prefixed protobuf messages as it is; ClickHouse reads it.

        An embedded engine opens the file and the schema by itself; a server gets both with the request.

        Args:
            table: whose columns are named like the message's fields.
            path: the messages.
            schema: the `.proto` file.
            message: the message's name in it.
            settings: of this INSERT, the deduplication token among them.
        """
        with self.client() as client, _errors():
            if self.is_embedded:
                settings = {**settings, "format_schema": f"{schema}:{message}"}
                file = _literal(str(path))
                client.command(
                    f"INSERT INTO {table} FROM INFILE {file} SETTINGS {_assignments(settings)} FORMAT Protobuf"
                )
            else:
                settings = {
                    **settings,
                    "format_schema_source": "string",
                    "format_schema": schema.read_text(),
                    "format_schema_message_name": message,
                }
                with path.open("rb") as body:
                    client.raw_insert(
                        table, insert_block=body, settings=dict(settings), fmt="Protobuf"
                    )

    def close(self) -> None:
        """Close every idle client; the store cannot be used afterwards."""
        while not self._idle.empty():
            self._idle.get_nowait().close()
        if self._keeper is not None:
            self._keeper.close()
            self._keeper = None


def _summary(result: Any) -> dict[str, str]:
    """What a statement cost; clickhouse-connect 1.12 tells the rows of the result as those that were read."""
    return {
        "read_rows": str(result.storage_rows_read()),
        "read_bytes": str(result.storage_bytes_read()),
        "result_rows": str(result.rows_read()),
        "elapsed_ns": str(int(result.elapsed() * 1_000_000_000)),
    }


@contextmanager
def _errors() -> Iterator[None]:
    """ClickHouse's errors as ours, with their code."""
    try:
        yield
    except ClickHouseError as error:
        raise _store_error(error) from error


def _store_error(error: ClickHouseError) -> StoreError:
    code = error.code if isinstance(error, DatabaseError) else None
    return StoreError(str(error), code)


def _redacted(dsn: str) -> str:
    parts = urlsplit(dsn)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def _with_settings(sql: str, settings: Mapping[str, Any] | None) -> str:
    """Given to an embedded client, each would be set and reset by statements of its own."""
    return f"{sql}\nSETTINGS {_assignments(settings)}" if settings else sql


def _assignments(settings: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} = {_literal(value)}" for name, value in settings.items())


def _literal(value: object) -> str:
    if isinstance(value, int | float):
        return str(int(value)) if isinstance(value, bool) else str(value)
    return "'" + str(value).replace("\\", "\\\\").replace("'", "\\'") + "'"
