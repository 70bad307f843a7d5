"""Users' SQL: `UserSql.run` answers a query, `UserSql.start` streams one; progress and cancel by id.

    user_sql.run(project, "SELECT count() FROM otel_traces", operation="alert") -> Answer

Every way in goes through `start`: checked (guard.py), filtered to the project and limited (handles.py). One of these
per process; it holds the clients and knows what runs.
"""

from __future__ import annotations

import threading
import uuid
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import orjson

from spanhouse.collector.store import Store

from ..errors import InvalidQuestion, NotFound, TooExpensive
from ..settings import QuerySettings
from .handles import Budget, Handles
from .running import Running, Statistics
from .statement import Statements

_REMEMBERED = 200
_WAIT_SECONDS = 10.0
# While ClickHouse waits to write it does not look at its own limit.
_STALLED_FACTOR = 2
_MAX_QUERY_BYTES = 256 << 10

# Numbers that JSON's readers would round come as text; text that is not UTF-8 with U+FFFD; NaN and infinities as text.
_EXACT_JSON = {
    "output_format_json_quote_64bit_integers": 1,
    "output_format_json_quote_decimals": 1,
    "output_format_json_quote_denormals": 1,
    "output_format_json_validate_utf8": 1,
    "output_format_json_named_tuples_as_objects": 1,
    "output_format_json_map_as_array_of_tuples": 0,
    "output_format_write_statistics": 0,
}


class Column(NamedTuple):
    """A column of an answer."""

    name: str
    type: str
    """ClickHouse's."""


@dataclass(frozen=True)
class Answer:
    """The rows of a query, as JSON has them; 64-bit integers and decimals are text."""

    query_id: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    is_truncated: bool
    """Whether there are more rows than `row_limit`."""
    row_limit: int
    statistics: Statistics


class UserSql:
    """Runs users' SQL on a store.

    Args:
        store: with its schema in place.
        settings: limits.
    """

    def __init__(self, store: Store, settings: QuerySettings) -> None:
        self._store = store
        self._settings = settings
        self._handles = Handles(store)
        self._statements: Statements | None = None
        self._slots = threading.BoundedSemaphore(settings.max_sql_queries)
        self._known: OrderedDict[tuple[str, str], Running] = OrderedDict()
        self._lock = threading.Lock()

    def run(
        self,
        project: str,
        sql: str,
        *,
        operation: str,
        parameters: Mapping[str, object] | None = None,
        row_limit: int | None = None,
        budget: Budget | None = None,
        query_id: str | None = None,
    ) -> Answer:
        """Run `sql` for a project and return its rows; blocking.

        Args:
            project: whose rows it may see.
            sql: one statement that reads.
            operation: who asks, for ClickHouse's logs (`log_comment`).
            parameters: of `{name:Type}`; numbers, strings, lists, dicts, None.
            row_limit: rows returned at most; SPANHOUSE_QUERY_MAX_SQL_ROWS by default.
            budget: what it may cost; all that the server allows by default.
            query_id: for `progress` and `cancel`; a random one by default.

        Raises:
            InvalidSql: ClickHouse cannot read or run it.
            SqlNotAllowed: it may do what a user's SQL may not.
            TooExpensive: it reached a limit.
            Cancelled: someone stopped it.
            StoreFailed: the store did not answer.
        """
        most = Budget.of(self._settings, self._settings.max_execution_seconds)
        limit = min(row_limit or self._settings.max_sql_rows, self._settings.max_sql_result_rows)
        running = self.start(
            project,
            sql,
            "JSONCompact",
            operation=operation,
            parameters=parameters,
            settings=_EXACT_JSON | {"limit": limit + 1},
            budget=(budget or most).within(most),
            query_id=query_id,
        )
        body = orjson.loads(b"".join(running))
        rows = body["data"]
        return Answer(
            running.query_id,
            [Column(column["name"], column["type"]) for column in body["meta"]],
            rows[:limit],
            len(rows) > limit,
            limit,
            running.statistics,
        )

    def start(
        self,
        project: str,
        sql: str,
        default_format: str,
        *,
        operation: str,
        parameters: Mapping[str, object] | None = None,
        settings: Mapping[str, Any] | None = None,
        client_settings: Mapping[str, Any] | None = None,
        budget: Budget | None = None,
        query_id: str | None = None,
        takes_format: bool = False,
    ) -> Running:
        """Check `sql` and begin to run it; the answer is read by iterating.

        Args:
            default_format: of the answer.
            settings: of ours, which win over those of the SQL.
            client_settings: sent beside the SQL, whose own win; from `allowed.SETTINGS`.
            takes_format: whether a FORMAT in the SQL wins over `default_format`.

        Raises:
            As `run`; what happens while it runs is raised by the iteration.
        """
        if len(sql.encode(errors="replace")) > _MAX_QUERY_BYTES:
            raise InvalidQuestion(
                f"cannot run the SQL: it has more than {_MAX_QUERY_BYTES} bytes; shorten it"
            )
        statement = self._checked().prepare(sql, parameters or {}, project)
        most = Budget.of(self._settings, self._settings.max_sql_stream_seconds)
        theirs = dict(client_settings or {}) | statement.settings
        bounds = (budget or most).within(most).settings(theirs)
        asked = {name: value for name, value in theirs.items() if name not in bounds}
        running = Running(
            store=self._store,
            handle=self._handles.handle(
                project, asked | dict(settings or {}) | bounds | {"log_comment": operation}
            ),
            statement=statement,
            sql=sql,
            format=(statement.format if takes_format else None) or default_format,
            project=project,
            time_zone=str(asked.get("session_timezone") or "UTC"),
            query_id=query_id or str(uuid.uuid4()),
            released=self._release,
        )
        self._admit(running)
        return running.start()

    def find(self, project: str, query_id: str) -> Running:
        """A query of this project that runs or has ended lately.

        Raises:
            NotFound: there is none.
        """
        with self._lock:
            found = self._known.get((project, query_id))
        if found is None:
            raise NotFound(
                f"no SQL query {query_id!r} runs or ran lately in this project; it may have ended long ago"
            )
        return found

    def close(self) -> None:
        """Stop what runs and close the clients."""
        with self._lock:
            running = [one for one in self._known.values() if one.state == "running"]
        for one in running:
            one.cancel()
        self._handles.close()

    def _checked(self) -> Statements:
        if self._statements is None:
            self._statements = Statements(self._store)
        return self._statements

    def _admit(self, running: Running) -> None:
        self._drop_stalled()
        if not self._slots.acquire(timeout=_WAIT_SECONDS):
            raise TooExpensive(
                f"cannot run the SQL: {self._settings.max_sql_queries} queries run already; wait for them, cancel one, "
                "or raise SPANHOUSE_QUERY_MAX_SQL_QUERIES"
            )
        key = running.project, running.query_id
        with self._lock:
            before = self._known.get(key)
            if before is not None and before.state == "running":
                self._slots.release()
                raise InvalidQuestion(
                    f"cannot run the SQL: a query with the id {running.query_id!r} runs already; choose another"
                )
            self._known[key] = running
            while len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)

    def _drop_stalled(self) -> None:
        """Whose reader has stopped reading: ClickHouse's time limit does not pass while it waits to write."""
        most = self._settings.max_sql_stream_seconds * _STALLED_FACTOR
        with self._lock:
            stalled = [one for one in self._known.values() if one.runs_for() > most]
        for one in stalled:
            one.close()

    def _release(self, running: Running) -> None:
        self._slots.release()
