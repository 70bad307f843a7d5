"""Errors as ClickHouse tells them over HTTP: a code, a status, and a text that begins with the code."""

from __future__ import annotations

from ..errors import InvalidQuestion, QueryError, TooExpensive
from ..user_sql import Cancelled, InvalidSql, SqlNotAllowed

BAD_ARGUMENTS = 36
UNKNOWN_DATABASE = 81
CANNOT_DECOMPRESS = 271
TIMEOUT_EXCEEDED = 159
READONLY = 164
QUERY_WAS_CANCELLED = 394
ACCESS_DENIED = 497
AUTHENTICATION_FAILED = 516
_UNKNOWN_EXCEPTION = 1002

# SYNTAX_ERROR and what cannot be parsed; unknown columns, functions, tables, types, databases, settings, formats;
# TIMEOUT_EXCEEDED; the two that forbid; who is not known.
_STATUS = (
    dict.fromkeys((6, 26, 27, 36, 38, 41, 43, 53, 62, 69, 70, 72, 271, 456), 400)
    | dict.fromkeys((46, 47, 50, 60, 73, 81, 115), 404)
    | {TIMEOUT_EXCEEDED: 408, READONLY: 403, ACCESS_DENIED: 403, AUTHENTICATION_FAILED: 401}
)
_NAMES = {
    158: "TOO_MANY_ROWS",
    160: "TOO_SLOW",
    191: "SET_SIZE_LIMIT_EXCEEDED",
    241: "MEMORY_LIMIT_EXCEEDED",
    307: "TOO_MANY_BYTES",
    396: "TOO_MANY_ROWS_OR_BYTES",
    BAD_ARGUMENTS: "BAD_ARGUMENTS",
    UNKNOWN_DATABASE: "UNKNOWN_DATABASE",
    CANNOT_DECOMPRESS: "CANNOT_DECOMPRESS",
    TIMEOUT_EXCEEDED: "TIMEOUT_EXCEEDED",
    READONLY: "READONLY",
    QUERY_WAS_CANCELLED: "QUERY_WAS_CANCELLED",
    ACCESS_DENIED: "ACCESS_DENIED",
    AUTHENTICATION_FAILED: "AUTHENTICATION_FAILED",
    _UNKNOWN_EXCEPTION: "UNKNOWN_EXCEPTION",
}


class ClickHouseError(Exception):
    """Told to a client as ClickHouse would."""

    def __init__(self, code: int, words: str, name: str = "") -> None:
        super().__init__(words)
        self.code = code
        self.name = name or _NAMES.get(code, "")

    @property
    def status(self) -> int:
        """Of HTTP, as ClickHouse maps its codes."""
        return _STATUS.get(self.code, 500)

    def text(self, version: str) -> str:
        """The line that clients take apart."""
        name = f" ({self.name})" if self.name else ""
        return f"Code: {self.code}. DB::Exception: {self}.{name} (version {version})\n"


def of(error: QueryError) -> ClickHouseError:
    """Why a query is not answered, with the code that ClickHouse has for it."""
    words = str(error).removeprefix("cannot run the SQL: ").rstrip(".")
    match error:
        case InvalidSql():
            return ClickHouseError(error.code or _UNKNOWN_EXCEPTION, words, error.name)
        case SqlNotAllowed():
            return ClickHouseError(READONLY if error.writes else ACCESS_DENIED, words)
        case Cancelled():
            return ClickHouseError(QUERY_WAS_CANCELLED, words)
        case TooExpensive():
            return ClickHouseError(error.code or TIMEOUT_EXCEEDED, words)
        case InvalidQuestion():
            return ClickHouseError(BAD_ARGUMENTS, words)
    return ClickHouseError(_UNKNOWN_EXCEPTION, words)
