"""ClickHouse's HTTP interface in front of an embedded engine, as far as clickhouse-connect uses it.

This is how server mode is tested where no ClickHouse server is at hand. A handle of its own for each request: settings
of one cannot leak into the next.
"""

from __future__ import annotations

import re
import tempfile
import threading
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import chdb
import lz4.frame
import zstandard

from tests.flow.http_body import read_body

_INSERT = re.compile(r"\s*INSERT\s+INTO\b", re.IGNORECASE)
_INSERT_HEAD = re.compile(rb"\s*INSERT\s+INTO\b.*?\bFORMAT\s+\w+\s*?\n", re.IGNORECASE | re.DOTALL)
_FORMAT = re.compile(r"\bFORMAT\s+(?P<name>\w+)\s*;?\s*$", re.IGNORECASE)
_CODE = re.compile(r"Code: (\d+)")

# Parameters of the HTTP interface that are no settings of a query.
_NOT_SETTINGS = {"query", "database", "session_id", "session_timeout", "session_check", "query_id"} | {
    "compress", "decompress", "wait_end_of_query", "client_protocol_version", "role", "quota_key",
    "send_progress_in_http_headers", "http_headers_progress_interval_ms", "enable_http_compression",
    "buffer_size", "default_format",
}  # fmt: skip


class ClickHouseEndpoint:
    """Serves one data directory; the engine is shared with whatever else has it open in this process.

    Args:
        path: the embedded engine's directory.
        port: 0 takes any free port.
    """

    def __init__(self, path: Path, port: int = 0) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", port), _handler(str(path)))
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _handler(path: str) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._answer(b"")

        def do_POST(self) -> None:
            body = read_body(self)
            self._answer(_decompressed(body, self.headers.get("Content-Encoding", "")))

        def _answer(self, body: bytes) -> None:
            url = urlsplit(self.path)
            if url.path == "/ping":
                return self._send(200, b"Ok.\n", {})
            arguments = dict(parse_qsl(url.query, keep_blank_values=True))
            try:
                data, name = run(path, arguments, body)
            except RuntimeError as error:
                code = _CODE.search(str(error))
                headers = {"X-ClickHouse-Exception-Code": code.group(1)} if code else {}
                return self._send(500, str(error).encode(), headers)
            self._send(200, data, {"X-ClickHouse-Format": name, "X-ClickHouse-Timezone": "UTC"})

        def _send(self, status: int, data: bytes, headers: dict[str, str]) -> None:
            self.send_response(status)
            for header in headers.items():
                self.send_header(*header)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: the requests are the tests' own."""

    return Handler


def run(path: str, arguments: dict[str, str], body: bytes) -> tuple[bytes, str]:
    """What ClickHouse would answer, and the name of its format."""
    sql, data = _statement(arguments.get("query", ""), body)
    parameters = {name[6:]: value for name, value in arguments.items() if name.startswith("param_")}
    settings = {
        name: value
        for name, value in arguments.items()
        if name not in _NOT_SETTINGS and not name.startswith("param_")
    }
    connection: Any = chdb.connect(path)  # type: ignore[no-untyped-call]
    try:
        if database := arguments.get("database"):
            connection.query(f"USE `{database}`")
        if settings:
            connection.query("SET " + ", ".join(f"{k} = {_quoted(v)}" for k, v in settings.items()))
        if _INSERT.match(sql) and data:
            return _insert(connection, sql, data), "TabSeparated"
        found = _FORMAT.search(sql)
        name = found["name"] if found else arguments.get("default_format", "TabSeparated")
        result = connection.query(_FORMAT.sub("", sql), name, params=parameters)
        return bytes(result.bytes()), name
    finally:
        connection.close()


def _statement(query: str, body: bytes) -> tuple[str, bytes]:
    """The SQL, which may be in the URL or begin the body or both, and the data of an INSERT."""
    if _INSERT.match(query):
        return query, body
    if head := _INSERT_HEAD.match(body):
        return head.group().decode(), body[head.end() :]
    return f"{query}\n{body.decode()}", b""


def _insert(connection: Any, sql: str, data: bytes) -> bytes:
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        found = _FORMAT.search(sql)
        assert found, f"an INSERT with a body names its format: {sql!r}"
        head = sql[: found.start()]
        connection.query(f"{head} FROM INFILE {_quoted(file.name)} FORMAT {found['name']}")
    return b""


def _decompressed(body: bytes, encoding: str) -> bytes:
    if encoding == "gzip":
        return zlib.decompress(body, wbits=31)
    if encoding == "zstd":
        return zstandard.ZstdDecompressor().stream_reader(body).read()
    if encoding == "lz4":
        return bytes(lz4.frame.decompress(body))
    assert encoding in ("", "identity"), f"content-encoding {encoding!r} is not supported here"
    return body


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
