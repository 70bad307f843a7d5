"""The application of port 8123: `/` with SQL, `/ping`, `/replicas_status`.

The first piece of an answer is waited for before the status is sent, so nearly every error has a status of its own; one
that comes later is written into the stream between two tags, as ClickHouse does, and the connection is broken off.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import chain

import orjson
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Send

from ..errors import QueryError
from ..foreign_pages import NoForeignPages
from ..user_sql import UserSql, allowed
from ..user_sql.parameters import Escaped
from ..user_sql.running import Running
from . import blocks, encodings, errors, native
from .errors import AUTHENTICATION_FAILED, BAD_ARGUMENTS, ClickHouseError
from .request import MAX_BODY_BYTES, ClickHouseRequest, understood

Authenticate = Callable[[str, str], str | None]
"""User and password to a project; None if they are not known."""

_OPERATION = "clickhouse_http"
# Up to here an answer is held back, so that its summary is complete when it is sent.
_HELD_BYTES = 1 << 20
_OK = "Ok.\n"
_MEDIA_TYPES = {
    "Arrow": "application/octet-stream",
    "CSV": "text/csv; charset=UTF-8; header=absent",
    "CSVWithNames": "text/csv; charset=UTF-8; header=present",
    "Native": "application/octet-stream",
    "Parquet": "application/octet-stream",
    "XML": "application/xml; charset=UTF-8",
}


def create_clickhouse_app(
    user_sql: UserSql, authenticate: Authenticate, version: str, hosts: Iterable[str] = ()
) -> Starlette:
    """The application.

    Args:
        user_sql: runs what is asked.
        authenticate: whose a request is.
        version: ClickHouse's, for errors.
        hosts: names by which a reverse proxy asks for it.
    """
    endpoint = _Endpoint(user_sql, authenticate, version)
    methods = ["GET", "POST", "HEAD"]
    return Starlette(
        routes=[
            Route("/ping", _alive, methods=methods),
            Route("/replicas_status", _alive, methods=methods),
            Route("/", endpoint.answer, methods=methods),
        ],
        exception_handlers={404: _not_found},
        middleware=[Middleware(NoForeignPages, hosts=hosts)],
    )


async def _alive(request: Request) -> Response:
    return PlainTextResponse(_OK)


async def _not_found(request: Request, error: Exception) -> Response:
    return PlainTextResponse(
        f"There is no handle {request.url.path}: use / for queries, /ping and /replicas_status\n",
        404,
    )


class _Endpoint:
    def __init__(self, user_sql: UserSql, authenticate: Authenticate, version: str) -> None:
        self._user_sql = user_sql
        self._authenticate = authenticate
        self._version = version

    async def answer(self, request: Request) -> Response:
        """`/`, with SQL or without."""
        query_string = request.scope["query_string"].decode("latin-1")
        body = bytearray()
        async for piece in request.stream():
            body += piece
            if len(body) > MAX_BODY_BYTES:
                return PlainTextResponse(
                    f"the request has more than {MAX_BODY_BYTES} bytes; rows are sent by OTLP\n",
                    413,
                )
        if not query_string and not body:
            return PlainTextResponse(_OK)
        return await run_in_threadpool(self._answer, query_string, request.headers, bytes(body))

    def _answer(self, query_string: str, headers: Mapping[str, str], body: bytes) -> Response:
        asked: ClickHouseRequest | None = None
        try:
            asked = understood(query_string, headers, body)
            return self._run(asked, self._project(asked))
        except QueryError as error:
            return self._refused(errors.of(error), asked)
        except ClickHouseError as error:
            return self._refused(error, asked)

    def _project(self, asked: ClickHouseRequest) -> str:
        project = self._authenticate(asked.user, asked.password)
        if project is None:
            raise ClickHouseError(
                AUTHENTICATION_FAILED,
                f"{asked.user or 'default'}: Authentication failed: the password is an API key of the project that the "
                "user names (`spanhouse keys create`)",
            )
        return project

    def _run(self, asked: ClickHouseRequest, project: str) -> Response:
        if asked.default_format and asked.default_format not in allowed.FORMATS:
            raise ClickHouseError(73, f"Unknown format {asked.default_format}", "UNKNOWN_FORMAT")
        if not asked.sql.strip():
            raise ClickHouseError(62, "Empty query", "SYNTAX_ERROR")
        try:
            running = self._user_sql.start(
                project,
                asked.sql,
                asked.default_format or "TabSeparated",
                operation=_OPERATION,
                parameters={name: Escaped(text) for name, text in asked.parameters.items()},
                client_settings=asked.settings,
                query_id=asked.query_id,
                takes_format=True,
            )
        except UnicodeEncodeError as error:
            raise ClickHouseError(BAD_ARGUMENTS, "the query is not UTF-8") from error
        pieces = iter(running)
        held = _held(pieces, None if asked.waits else _HELD_BYTES)
        tag = secrets.token_hex(8)
        whole: Iterable[bytes] = self._with_errors(chain(held, pieces), tag)
        if running.format == "Native" and asked.protocol_version >= native.CUSTOM_SERIALIZATION:
            # Held whole, so its errors are still a status.
            whole = list(native.with_revision(chain(held, pieces)))
        headers = self._headers(running) | {"X-ClickHouse-Exception-Tag": tag}
        encoded, encoding = _encoded(whole, asked)
        return _Answer(encoded, headers=headers | encoding)

    def _with_errors(self, pieces: Iterator[bytes], tag: str) -> Iterator[bytes]:
        """The pieces; what goes wrong after the first is written where it happened."""
        try:
            yield from pieces
        except QueryError as error:
            text = errors.of(error).text(self._version)
            size = len(text.encode())
            yield (
                f"\r\n__exception__\r\n{tag}\r\n{text}\n{size + 1} {tag}\r\n__exception__\r\n".encode()
            )
            raise _BrokenOff from None

    def _headers(self, running: Running) -> dict[str, str]:
        statistics = running.statistics
        summary = {
            "read_rows": statistics.rows_read,
            "read_bytes": statistics.bytes_read,
            "written_rows": 0,
            "written_bytes": 0,
            "total_rows_to_read": statistics.total_rows_to_read,
            "result_rows": 0,
            "result_bytes": 0,
            "elapsed_ns": int(statistics.elapsed_seconds * 1e9),
        }
        return self._names(running.query_id, running.time_zone) | {
            "Content-Type": _media_type(running.format),
            "X-ClickHouse-Format": running.format,
            "X-ClickHouse-Summary": orjson.dumps(
                {name: str(value) for name, value in summary.items()}
            ).decode(),
        }

    def _names(self, query_id: str, time_zone: str = "UTC") -> dict[str, str]:
        return {
            "X-ClickHouse-Server-Display-Name": "spanhouse",
            "X-ClickHouse-Query-Id": query_id,
            "X-ClickHouse-Timezone": time_zone,
        }

    def _refused(self, error: ClickHouseError, asked: ClickHouseRequest | None) -> Response:
        headers = self._names((asked.query_id if asked else None) or "") | {
            "X-ClickHouse-Exception-Code": str(error.code)
        }
        if error.code == AUTHENTICATION_FAILED:
            headers["WWW-Authenticate"] = 'Basic realm="ClickHouse server HTTP API"'
        body = error.text(self._version).encode(errors="replace")
        # Clients read a 401 and a 403 as they are, any other error as they would have read the answer.
        if asked is not None and error.status not in (401, 403):
            pieces, encoding = _encoded([body], asked)
            return Response(
                b"".join(pieces), error.status, headers | encoding, media_type="text/plain"
            )
        return PlainTextResponse(body, error.status, headers)


class _BrokenOff(Exception):
    """Ends an answer in the middle; what happened is written in it."""


class _Answer(StreamingResponse):
    """Is left incomplete where it is broken off: the connection is closed then, and no client takes it for whole."""

    async def stream_response(self, send: Send) -> None:
        """As Starlette's."""
        with suppress(_BrokenOff):
            await super().stream_response(send)


def _held(pieces: Iterator[bytes], most: int | None) -> list[bytes]:
    """The beginning of an answer: all of it where it is small, or where `most` is None."""
    held, size = [], 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if most is not None and size >= most:
            break
    return held


def _encoded(
    pieces: Iterable[bytes], asked: ClickHouseRequest
) -> tuple[Iterable[bytes], dict[str, str]]:
    """The pieces compressed as the client wants them, and the header that says so."""
    if asked.blocks:
        return blocks.compressed(pieces), {}
    if encoding := encodings.chosen(asked.accept_encoding):
        return encodings.compressed(pieces, encoding), {"Content-Encoding": encoding}
    return pieces, {}


def _media_type(name: str) -> str:
    if name in _MEDIA_TYPES:
        return _MEDIA_TYPES[name]
    if name.startswith("JSON"):
        return "application/json; charset=UTF-8"
    if "RowBinary" in name or name in ("ArrowStream", "Avro", "MsgPack", "ORC", "BSONEachRow"):
        return "application/octet-stream"
    if name.startswith(("TSV", "TabSeparated")):
        return "text/tab-separated-values; charset=UTF-8"
    return "text/plain; charset=UTF-8"
