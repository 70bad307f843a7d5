"""What ClickHouse said of a user's SQL, in words and with the place in the text that the user typed."""

from __future__ import annotations

import re
from http import HTTPStatus

from spanhouse.collector.store import StoreError

from ..errors import LIMIT_CODES, InvalidQuestion, QueryError, TooExpensive, from_store

UNSUPPORTED = 36
_SYNTAX_ERROR = 62
# NETWORK_ERROR, SOCKET_TIMEOUT, ALL_CONNECTION_TRIES_FAILED, CANNOT_OPEN_FILE, NOT_ENOUGH_SPACE, AUTHENTICATION_FAILED,
# TABLE_IS_READ_ONLY, KEEPER_EXCEPTION: of the store, not of the query.
_STORE_CODES = frozenset({210, 209, 279, 76, 243, 516, 242, 999})

_POSITION = re.compile(r"failed at position (\d+) \((.*?)\)(?: \(line|:)", re.DOTALL)
_CODE = re.compile(r"^Code: \d+\. (?:DB::Exception: )*")
_NAME = re.compile(r"\(([A-Z][A-Z0-9_]+)\)\s*(?:\(version[^)]*\))?\s*$")
_SCOPE = re.compile(r":? ?In scope .*", re.DOTALL)
_QUOTED = re.compile(r"[`'\"]([\w.]+)[`'\"]")
_MAX_WORDS = 800


class InvalidSql(InvalidQuestion):
    """ClickHouse cannot read or run the SQL."""

    kind = "invalid-sql"
    title = "The SQL is not valid"

    def __init__(
        self, message: str, code: int | None, name: str, offset: int | None, length: int
    ) -> None:
        super().__init__(message)
        self.code = code
        """ClickHouse's error code."""
        self.name = name
        """And its name, SYNTAX_ERROR for one."""
        self.offset = offset
        self.length = length

    @property
    def extensions(self) -> dict[str, object]:
        """ClickHouse's code, and where, for a page that marks it."""
        found: dict[str, object] = {"code": self.code, "name": self.name}
        if self.offset is not None:
            found |= {"offset": self.offset, "length": self.length}
        return found


class Cancelled(QueryError):
    """The query was stopped because someone asked for it."""

    status = HTTPStatus.CONFLICT
    kind = "cancelled"
    title = "The query was cancelled"


def failed(error: StoreError, sql: str) -> QueryError:
    """Why a statement that was allowed did not run to its end."""
    if error.code in LIMIT_CODES:
        return TooExpensive(
            f"the SQL was stopped because it reached a limit of this server: {_words(str(error))}; read less (a "
            "shorter time window, fewer columns), or raise SPANHOUSE_QUERY_MAX_EXECUTION_SECONDS, "
            "..._MAX_SQL_STREAM_SECONDS, "
            "..._MAX_MEMORY_BYTES, ..._MAX_SQL_ROWS_READ, ..._MAX_SQL_BYTES_READ or ..._MAX_SQL_RESULT_ROWS",
            error.code,
        )
    if error.code is None or error.code in _STORE_CODES:
        return from_store(error, "the SQL query")
    return invalid_sql(error, sql)


def invalid_sql(error: StoreError, sql: str) -> InvalidSql:
    """ClickHouse's message of `sql`; the place counts characters."""
    text = str(error)
    name = found[1] if (found := _NAME.search(text)) else ""
    offset, length = _place(text, sql)
    message = f"cannot run the SQL: {_words(text)}"
    return InvalidSql(message, error.code, name, offset, length)


def _words(message: str) -> str:
    return _SCOPE.sub("", _NAME.sub("", _CODE.sub("", message))).strip(" .")[:_MAX_WORDS]


def _place(message: str, sql: str) -> tuple[int | None, int]:
    """Offset and length in characters of what the message speaks of."""
    if found := _POSITION.search(message):
        before = sql.encode()[: int(found[1]) - 1].decode(errors="ignore")
        token = found[2]
        at_end = token == "end of query"
        return len(before), 0 if at_end else len(token)
    for name in _QUOTED.findall(message.split("In scope")[0]):
        places = list(re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", sql))
        if len(places) == 1:
            return places[0].start(), len(name)
    return None, 0
