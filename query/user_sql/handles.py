"""Clients on which users' SQL runs: read-only, limited, and filtered to one project from their first statement on.

The filter is ClickHouse's own (`additional_table_filters`), applied by its planner wherever one of the tables is read.
`readonly = 1` is set last, so no statement can take any of it back. See adr-0001-isolation.md.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

from clickhouse_connect.driver.client import Client

from spanhouse.collector.store import DATABASE, Store, StoreError

from ..settings import QuerySettings
from . import allowed
from .statement import literal

# A client of the embedded engine takes 11 ms to make; a page or a dashboard uses a few projects and operations.
_MAX_IDLE = 16

# ClickHouse 26.9 fails (code 43) where a part without text index would be answered from the index alone.
_CORRECTNESS = {"query_plan_direct_read_from_text_index": 0}
# Caches whose key might not hold the filter.
_ISOLATION = {"use_query_cache": 0, "use_query_condition_cache": 0}
_HARMLESS = {
    "allow_ddl": 0,
    "allow_introspection_functions": 0,
    "max_query_size": 1 << 20,
    "max_rows_to_transfer": 0,
    "read_overflow_mode": "throw",
    "result_overflow_mode": "throw",
    # Not the machine's: times without a zone are the same wherever the server runs.
    "session_timezone": "UTC",
    "timeout_overflow_mode": "throw",
}


class Budget(NamedTuple):
    """What one query may cost; never more than the server's settings allow."""

    execution_seconds: float
    memory_bytes: int
    rows_read: int
    bytes_read: int
    result_rows: int

    @staticmethod
    def of(settings: QuerySettings, execution_seconds: float) -> Budget:
        """All that the server allows."""
        return Budget(
            execution_seconds,
            settings.max_memory_bytes,
            settings.max_sql_rows_read,
            settings.max_sql_bytes_read,
            settings.max_sql_result_rows,
        )

    def within(self, other: Budget) -> Budget:
        """The smaller of each."""
        return Budget(
            min(self.execution_seconds, other.execution_seconds),
            min(self.memory_bytes, other.memory_bytes),
            min(self.rows_read, other.rows_read),
            min(self.bytes_read, other.bytes_read),
            min(self.result_rows, other.result_rows),
        )

    def settings(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """As ClickHouse's settings, where `asked` may lower a limit."""
        ours: dict[str, Any] = {
            "max_execution_time": self.execution_seconds,
            "max_memory_usage": self.memory_bytes,
            "max_rows_to_read": self.rows_read,
            "max_bytes_to_read": self.bytes_read,
            "max_result_rows": self.result_rows,
            "max_result_bytes": 0,
        }
        for name in asked.keys() & ours.keys():
            value = _number(asked[name])
            if value > 0:
                ours[name] = min(value, ours[name]) if ours[name] else value
        return ours


def _number(value: object) -> float:
    try:
        number = float(str(value))
    except ValueError:
        return 0
    return int(number) if number.is_integer() else number


class Handles:
    """A pool of such clients, by their settings.

    Args:
        store: whose tables are read.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._idle: OrderedDict[int, tuple[tuple[tuple[str, Any], ...], Client]] = OrderedDict()
        self._lock = threading.Lock()

    @contextmanager
    def handle(self, project: str, settings: Mapping[str, Any]) -> Iterator[Client]:
        """A client that sees `project` alone; `settings` are checked ones.

        Raises:
            StoreError: a setting has no such value, or this server does not allow isolation.
        """
        wanted = (
            {**_HARMLESS, **settings, **_CORRECTNESS, **_ISOLATION}
            | {"additional_table_filters": filters(project)}
            # The last one: nothing can be set after it.
            | {"readonly": 1}
        )
        key = tuple(wanted.items())
        client = self._take(key) or self._open(wanted)
        is_sound = False
        try:
            yield client
            is_sound = True
        finally:
            self._give_back(key, client, keep=is_sound)

    def close(self) -> None:
        """Close every idle client."""
        with self._lock:
            idle, self._idle = self._idle, OrderedDict()
        for _, client in idle.values():
            client.close()

    def _open(self, wanted: Mapping[str, Any]) -> Client:
        client = self._store.connect(wanted)
        found = client.command(
            "SELECT toString(getSetting('additional_table_filters')) != '{}' AND getSetting('readonly') = 1"
        )
        if str(found) != "1":
            client.close()
            raise StoreError(
                "cannot run SQL: this ClickHouse did not take the settings additional_table_filters and readonly, "
                "without which projects are not kept apart"
            )
        return client

    def _take(self, key: tuple[tuple[str, Any], ...]) -> Client | None:
        with self._lock:
            for number, (settings, client) in reversed(self._idle.items()):
                if settings == key:
                    del self._idle[number]
                    return client
        return None

    def _give_back(self, key: tuple[tuple[str, Any], ...], client: Client, *, keep: bool) -> None:
        surplus = []
        with self._lock:
            if keep:
                self._idle[id(client)] = (key, client)
            else:
                surplus.append(client)
            while len(self._idle) > _MAX_IDLE:
                surplus.append(self._idle.popitem(last=False)[1][1])
        for one in surplus:
            one.close()


def filters(project: str) -> str:
    """The value of `additional_table_filters`: every table, and every view of `system`, as the project sees it."""
    own = f"ProjectId = {literal(project)}"
    shown = ", ".join(literal(table) for table in allowed.TABLES)
    filtered = allowed.TABLES + allowed.BEHIND_VIEWS
    by_table = {f"{DATABASE}.{table}": own for table in filtered} | {
        f"{DATABASE}.system_tables": f"name IN ({shown})",
        f"{DATABASE}.system_columns": f"table IN ({shown})",
    }
    entries = (f"{literal(table)}: {literal(text)}" for table, text in by_table.items())
    return "{" + ", ".join(entries) + "}"
