"""What other clients send and expect, byte by byte: the JDBC driver, Grafana's plugin (clickhouse-go over HTTP), curl.

The shapes of the requests are those of clickhouse-java's client-v2 and of clickhouse-go's conn_http.go.
"""

from __future__ import annotations

import base64
import gzip
import http.client
import json
import re
import struct
import zlib
from typing import Any, NamedTuple
from urllib.parse import urlencode

import lz4.frame
import pytest
import zstandard

from spanhouse.query.clickhouse_http import blocks
from tests.query.user_sql.conftest import Listening

_ACME = {"X-ClickHouse-User": "acme"}


class Answer(NamedTuple):
    """Of a request."""

    status: int
    headers: dict[str, str]
    body: bytes


def ask(
    clickhouse: Listening,
    method: str,
    path: str = "/",
    body: bytes | str | None = None,
    headers: dict[str, str] | None = None,
    **arguments: Any,
) -> Answer:
    """One request on a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", clickhouse.port, timeout=30)
    query = f"?{urlencode(arguments)}" if arguments else ""
    connection.request(method, path + query, body, _ACME if headers is None else headers)
    response = connection.getresponse()
    found = Answer(response.status, dict(response.getheaders()), response.read())
    connection.close()
    return Answer(found.status, {k.lower(): v for k, v in found.headers.items()}, found.body)


@pytest.mark.parametrize("path", ["/", "/ping", "/replicas_status"])
def test_it_is_alive(clickhouse: Listening, path: str) -> None:
    """As load balancers ask."""
    assert ask(clickhouse, "GET", path)[::2] == (200, b"Ok.\n")
    assert ask(clickhouse, "HEAD", path).status == 200
    assert ask(clickhouse, "GET", "/play").status == 404


def test_a_query_in_the_url_in_the_body_and_in_both(clickhouse: Listening) -> None:
    """They are put together, the URL's first."""
    assert ask(clickhouse, "GET", query="SELECT 1").body == b"1\n"
    assert ask(clickhouse, "POST", body="SELECT 2").body == b"2\n"
    assert ask(clickhouse, "POST", body="FROM numbers(3)", query="SELECT count()").body == b"3\n"
    empty = ask(clickhouse, "POST", database="default")
    assert (empty.status, empty.headers["x-clickhouse-exception-code"]) == (400, "62")


def test_the_headers_of_an_answer(clickhouse: Listening) -> None:
    """Those that ClickHouse sends."""
    found = ask(clickhouse, "POST", body="SELECT count() FROM otel_traces", query_id="mine-1")
    headers = found.headers
    assert headers["x-clickhouse-query-id"] == "mine-1"
    assert headers["x-clickhouse-format"] == "TabSeparated"
    assert headers["x-clickhouse-timezone"] == "UTC"
    assert headers["x-clickhouse-server-display-name"] == "spanhouse"
    assert re.fullmatch(r"[0-9a-f]{16}", headers["x-clickhouse-exception-tag"])
    assert headers["content-type"] == "text/tab-separated-values; charset=UTF-8"
    summary = json.loads(headers["x-clickhouse-summary"])
    assert int(summary["read_rows"]) >= 1
    assert int(summary["elapsed_ns"]) > 0
    assert found.body == b"3\n"


def test_formats_by_clause_by_parameter_and_by_header(clickhouse: Listening) -> None:
    """The clause wins."""
    query = "SELECT 1 AS x"
    by_parameter = ask(clickhouse, "GET", query=query, default_format="JSONEachRow")
    by_header = ask(clickhouse, "POST", body=query, headers=_ACME | {"X-ClickHouse-Format": "CSV"})
    by_clause = ask(clickhouse, "GET", query=f"{query} FORMAT TSKV", default_format="CSV")
    assert (by_parameter.body, by_header.body, by_clause.body) == (b'{"x":1}\n', b"1\n", b"x=1\n")
    assert by_clause.headers["x-clickhouse-format"] == "TSKV"
    unknown = ask(clickhouse, "GET", query=query, default_format="Template")
    assert (unknown.status, unknown.headers["x-clickhouse-exception-code"]) == (404, "73")


def test_parameters_in_the_interface_s_escapes(clickhouse: Listening) -> None:
    """Scalars are unescaped, arrays and maps have quotes of their own."""
    found = ask(
        clickhouse,
        "GET",
        query="SELECT {s:String}, {n:Nullable(String)} IS NULL, {a:Array(String)}, {t:LowCardinality(String)}",
        default_format="JSONCompactEachRow",
        param_s="a\\tb\\\\c'd\\x41",
        param_n="\\N",
        param_a="['x\\'y','\\\\']",
        param_t="plain",
    )
    assert json.loads(found.body) == ["a\tb\\c'dA", 1, ["x'y", "\\"], "plain"]


@pytest.mark.parametrize(
    "headers",
    [
        {"X-ClickHouse-User": "zebra", "X-ClickHouse-Key": ""},
        {"Authorization": "Basic " + base64.b64encode(b"zebra:").decode()},
    ],
)
def test_the_user_by_header_and_by_basic_authentication(
    clickhouse: Listening, headers: dict[str, str]
) -> None:
    """The user is the project."""
    query = "SELECT DISTINCT ServiceName FROM otel_traces"
    assert ask(clickhouse, "POST", body=query, headers=headers).body == b"zebra-service\n"


def test_the_user_by_parameter(clickhouse: Listening) -> None:
    """As in a URL that someone pastes; nobody is `default`."""
    query = "SELECT count() FROM otel_traces"
    assert ask(clickhouse, "GET", headers={}, query=query, user="acme").body == b"3\n"
    assert ask(clickhouse, "GET", headers={}, query="SELECT currentUser()").body == b"default\n"


def test_a_key_is_asked_for_where_there_is_one(clickhouse: Listening) -> None:
    """401 with code 516, and a browser is told how."""
    secret = clickhouse.keys.create("curl", "acme")
    try:
        refused = ask(clickhouse, "GET", query="SELECT 1")
        assert (refused.status, refused.headers["x-clickhouse-exception-code"]) == (401, "516")
        assert refused.headers["www-authenticate"].startswith("Basic")
        assert secret.encode() not in refused.body
        for headers in (
            {"Authorization": f"Bearer {secret}"},
            {"X-ClickHouse-User": "acme", "X-ClickHouse-Key": secret},
        ):
            query = "SELECT count() FROM otel_traces"
            assert ask(clickhouse, "POST", body=query, headers=headers).body == b"3\n"
        other = {"X-ClickHouse-User": "zebra", "X-ClickHouse-Key": secret}
        assert ask(clickhouse, "GET", query="SELECT 1", headers=other).status == 401
    finally:
        clickhouse.keys.revoke("curl")


@pytest.mark.parametrize(
    ("query", "status", "code", "name"),
    [
        ("SELECT 1 +", 400, "62", "SYNTAX_ERROR"),
        ("SELECT nothing", 404, "47", "UNKNOWN_IDENTIFIER"),
        ("SELECT * FROM system.users", 403, "497", "ACCESS_DENIED"),
        ("DROP TABLE otel_traces", 403, "164", "READONLY"),
        ("INSERT INTO otel_traces VALUES (1)", 403, "164", "READONLY"),
        ("SELECT 1 FROM numbers(1000) SETTINGS max_rows_to_read = 1", 500, "158", "TOO_MANY_ROWS"),
        ("SELECT {x:String}", 400, "36", "BAD_ARGUMENTS"),
    ],
)
def test_errors(clickhouse: Listening, query: str, status: int, code: str, name: str) -> None:
    """A status, a code, and a line that clients take apart."""
    found = ask(clickhouse, "POST", body=query)
    assert (found.status, found.headers["x-clickhouse-exception-code"]) == (status, code)
    assert re.fullmatch(
        rf"Code: {code}\. DB::Exception: .+ \({name}\) \(version 26\.[\d.]+\)\n",
        found.body.decode(),
    )


@pytest.mark.parametrize(
    ("encoding", "decompress"),
    [
        ("gzip", gzip.decompress),
        ("deflate", zlib.decompress),
        ("zstd", lambda body: zstandard.ZstdDecompressor().stream_reader(body).read()),
        ("lz4", lz4.frame.decompress),
    ],
)
def test_http_compression_of_answers(
    clickhouse: Listening, encoding: str, decompress: object
) -> None:
    """Where it is switched on and the client takes it; else plain."""
    assert callable(decompress)
    query = "SELECT number FROM numbers(100000)"
    plain = "".join(f"{number}\n" for number in range(100_000)).encode()
    headers = _ACME | {"Accept-Encoding": f"br, {encoding};q=0.5"}
    found = ask(clickhouse, "POST", body=query, headers=headers, enable_http_compression=1)
    assert found.headers["content-encoding"] == encoding
    assert len(found.body) < len(plain)
    assert decompress(found.body) == plain
    assert ask(clickhouse, "POST", body=query, headers=headers).body == plain


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "zstd", "lz4"])
def test_http_compression_of_requests(clickhouse: Listening, encoding: str) -> None:
    """By Content-Encoding; a damaged one is told."""
    compress = {
        "gzip": gzip.compress,
        "deflate": zlib.compress,
        "zstd": zstandard.ZstdCompressor().compress,
        "lz4": lz4.frame.compress,
    }[encoding]
    headers = _ACME | {"Content-Encoding": encoding}
    assert ask(clickhouse, "POST", body=compress(b"SELECT 7"), headers=headers).body == b"7\n"
    damaged = ask(clickhouse, "POST", body=b"SELECT 7", headers=headers)
    assert (damaged.status, damaged.headers["x-clickhouse-exception-code"]) == (400, "271")


def test_the_jdbc_driver_s_request(clickhouse: Listening) -> None:
    """POST, the format and the database in headers, answers and errors in LZ4 blocks (`compress=1`)."""
    headers = {
        "Content-Type": "text/plain",
        "X-ClickHouse-Format": "RowBinaryWithNamesAndTypes",
        "X-ClickHouse-Database": "default",
        "X-ClickHouse-User": "acme",
        "X-ClickHouse-Key": "",
        "User-Agent": "jdbc-v2/0.9.4 clickhouse-java-v2/0.9.4 (Linux; jvm:21)",
    }
    hello = ask(
        clickhouse,
        "POST",
        body="SELECT currentUser() AS user, timezone() AS timezone, version() AS version LIMIT 1",
        headers=headers,
        compress=1,
    )
    assert hello.headers["x-clickhouse-format"] == "RowBinaryWithNamesAndTypes"
    plain = blocks.decompressed(hello.body, 1 << 20)
    assert plain.startswith(
        b"\x03\x04user\x08timezone\x07version\x06String\x06String\x06String\x04acme\x03UTC"
    )
    wrong = ask(clickhouse, "POST", body="SELECT nothing", headers=headers, compress=1)
    assert wrong.headers["x-clickhouse-exception-code"] == "47"
    assert blocks.decompressed(wrong.body, 1 << 20).startswith(b"Code: 47. DB::Exception:")
    forbidden = ask(clickhouse, "POST", body="SELECT hostName()", headers=headers, compress=1)
    assert forbidden.body.startswith(b"Code: 497. DB::Exception:"), "a 403 is read as it is"
    described = ask(
        clickhouse,
        "POST",
        body="DESC (SELECT SpanName FROM otel_traces)",
        headers=headers | {"X-ClickHouse-Format": "TSV"},
    )
    assert described.body.startswith(b"SpanName\tLowCardinality(String)")


def test_blocks_are_those_of_clickhouse(clickhouse: Listening) -> None:
    """Requests and answers, of any size; a damaged one is told."""
    request = blocks.block(b"SELECT ") + blocks.block(b"5")
    found = ask(clickhouse, "POST", body=request, decompress=1, compress=1)
    assert blocks.decompressed(found.body, 100) == b"5\n"
    large = ask(clickhouse, "POST", body="SELECT repeat('x', 1000000) FROM numbers(5)", compress=1)
    assert len(large.body) < 100_000
    assert len(blocks.decompressed(large.body, 10_000_000)) == 5_000_005
    damaged = bytearray(request)
    damaged[3] ^= 1
    found = ask(clickhouse, "POST", body=bytes(damaged), decompress=1)
    assert b"checksum of the block at byte 0 is wrong" in found.body


def test_parameters_in_a_form(clickhouse: Listening) -> None:
    """The query and its parameters as parts of a form, where a URL would be too long."""
    form = (
        '--x\r\nContent-Disposition: form-data; name="param_s"\r\n\r\na\\tb\r\n'
        '--x\r\nContent-Disposition: form-data; name="query"\r\n\r\n'
        "SELECT {s:String} AS s FORMAT JSONEachRow\r\n--x--\r\n"
    )
    headers = _ACME | {"Content-Type": "multipart/form-data; boundary=x"}
    assert ask(clickhouse, "POST", body=form, headers=headers).body == b'{"s":"a\\tb"}\n'


def _go_block(body: bytes) -> tuple[list[tuple[str, str]], bytes]:
    """A Native block as clickhouse-go reads its beginning: info, columns, rows, and for each its name and type."""
    assert body.startswith(b"\x01\x00\x02\xff\xff\xff\xff\x00"), body[:20]
    columns, rows = body[8], body[9]
    at, found, values = 10, [], b""
    for _ in range(columns):
        texts = []
        for _ in range(2):
            texts.append(body[at + 1 : at + 1 + body[at]].decode())
            at += 1 + body[at]
        assert body[at] == 0, "no custom serialization"
        at += 1
        found.append((texts[0], texts[1]))
        for _ in range(rows):
            size = 4 if texts[1] == "UInt32" else 1 + body[at]
            values += body[at : at + size]
            at += size
    return found, values


def test_grafana_s_handshake(clickhouse: Listening) -> None:
    """clickhouse-go over HTTP reads Native of protocol 54460 from its first question on."""
    arguments: dict[str, Any] = {
        "database": "default",
        "default_format": "Native",
        "client_protocol_version": 54460,
        "max_execution_time": 60,
    }
    headers = {"Authorization": "Basic " + base64.b64encode(b"acme:").decode()}
    hello = ask(
        clickhouse,
        "POST",
        body="SELECT displayName(), version(), revision(), timezone()",
        headers=headers,
        **arguments,
    )
    columns, values = _go_block(hello.body)
    assert columns == [
        ("displayName()", "String"),
        ("version()", "String"),
        ("revision()", "UInt32"),
        ("timezone()", "String"),
    ]
    assert values.startswith(b"\tspanhouse")
    assert values.endswith(b"\x03UTC")
    compressed = ask(
        clickhouse, "POST", body="SELECT 'x' AS a", headers=headers, compress=1, **arguments
    )
    assert _go_block(blocks.decompressed(compressed.body, 1000)) == ([("a", "String")], b"\x01x")


def test_native_of_many_blocks_and_types_for_grafana(clickhouse: Listening) -> None:
    """Nothing but the added bytes differs from what the engine writes."""
    query = (
        "SELECT number, toString(number) AS s, [number] AS a, map('k', number) AS m, toNullable(number) AS n, "
        "toDateTime64(number, 9, 'UTC') AS t, (1, 'x') AS u, toLowCardinality('y') AS l FROM numbers(70000)"
    )
    plain = ask(clickhouse, "POST", body=query, default_format="Native").body
    newer = ask(
        clickhouse, "POST", body=query, default_format="Native", client_protocol_version=54460
    ).body
    info = b"\x01\x00\x02\xff\xff\xff\xff\x00"
    block_count = newer.count(info)
    assert block_count >= 2
    assert len(newer) == len(plain) + block_count * (len(info) + 8)
    rows = struct.unpack_from("<B", newer, 8)
    assert rows == (8,)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM otel_traces",
        "SELECT * FROM otel_logs",
        "SELECT * FROM otel_metrics_gauge",
        "SELECT * FROM otel_metrics_exponential_histogram",
        "SELECT * FROM otel_metrics_summary",
        "SELECT * FROM trace_summaries",
        "SELECT * FROM ingest_ledger",
        "SELECT * FROM annotations",
        "SELECT toLowCardinality(toNullable('a')) AS l, [toLowCardinality('b')] AS a, toDecimal256('1.5', 3) AS d, "
        "toUUID('61f0c404-5cb3-11e7-907b-a6006ad3dba0') AS u, toIPv6('::1') AS i, toFixedString('abc', 5) AS f, "
        "[map('k', [1, 2])] AS m, CAST((1, 'x'), 'Tuple(`a b` UInt8, c String)') AS t, INTERVAL 1 DAY AS v, true AS b, "
        "CAST('x', 'Enum8(\\'x\\' = 1, \\'y,(\\' = 2)') AS e, [] AS n, toTime('12:00:00') AS w, NULL AS z",
    ],
)
def test_native_of_every_table_for_grafana(clickhouse: Listening, query: str) -> None:
    """Each column gets one byte more, each block its info; all else is as the engine writes it."""
    plain = ask(clickhouse, "POST", body=query, default_format="Native")
    newer = ask(
        clickhouse, "POST", body=query, default_format="Native", client_protocol_version=54460
    )
    assert (plain.status, newer.status) == (200, 200), newer.body
    columns = plain.body[0]
    assert plain.body
    assert (len(newer.body) - len(plain.body)) % (8 + columns) == 0
    assert newer.body[:9] == b"\x01\x00\x02\xff\xff\xff\xff\x00" + plain.body[:1]


def test_what_grafana_and_others_ask_of_the_schema(clickhouse: Listening) -> None:
    """Databases, tables and columns, as far as the project may see them."""
    for query, expected in (
        ("SHOW DATABASES", b"spanhouse\n"),
        ("SELECT name FROM system.databases", b"spanhouse\n"),
        (
            "SELECT count() FROM system.tables WHERE database = 'spanhouse' AND name LIKE 'otel%'",
            b"8\n",
        ),
        (
            "SELECT type FROM system.columns WHERE table = 'otel_traces' AND name = 'TraceId'",
            b"String\n",
        ),
        ("SELECT value FROM system.settings WHERE name = 'readonly'", b"1\n"),
        ("SELECT 1", b"1\n"),
    ):
        assert ask(clickhouse, "POST", body=query).body == expected, query


def test_settings_in_the_url(clickhouse: Listening) -> None:
    """Harmless ones work, usual ones are no error, others are refused as ClickHouse refuses them."""
    query = "SELECT number FROM numbers(10)"
    assert ask(clickhouse, "POST", body=query, limit=2).body == b"0\n1\n"
    usual = ask(clickhouse, "POST", body="SELECT 1", async_insert=1, session_id="s", readonly=2)
    assert usual.body == b"1\n"
    refused: dict[str, Any]
    for name, value in (
        ("additional_table_filters", "{}"),
        ("enable_analyzer", "0"),
        ("use_uncompressed_cache", "1"),
    ):
        refused = {name: value}
        found = ask(clickhouse, "POST", body="SELECT 1", **refused)
        assert (found.status, found.headers["x-clickhouse-exception-code"]) == (403, "164")
        assert f"Cannot modify '{name}' setting in readonly mode".encode() in found.body


def test_an_error_after_the_first_bytes_is_in_the_stream(clickhouse: Listening) -> None:
    """Between tags that the header names, and the connection ends without its last chunk."""
    query = "SELECT throwIf(number = 3000000), number FROM numbers(5000000) FORMAT CSV"
    connection = http.client.HTTPConnection("127.0.0.1", clickhouse.port, timeout=30)
    connection.request("POST", "/", query, _ACME)
    response = connection.getresponse()
    assert response.status == 200
    with pytest.raises(http.client.IncompleteRead) as broken:
        response.read()
    connection.close()
    tag = response.headers["X-ClickHouse-Exception-Tag"]
    found = re.search(
        rb"\r\n__exception__\r\n(\w+)\r\n(Code: 395\..+)\n(\d+) (\w+)\r\n__exception__\r\n$",
        broken.value.partial,
        re.DOTALL,
    )
    assert found
    assert found[1] == found[4] == tag.encode()
    assert int(found[3]) == len(found[2]) + 1


def test_an_answer_that_is_waited_for_has_its_error_as_a_status(clickhouse: Listening) -> None:
    """`wait_end_of_query`."""
    query = "SELECT throwIf(number = 3000000), number FROM numbers(5000000) FORMAT CSV"
    found = ask(clickhouse, "POST", body=query, wait_end_of_query=1)
    assert (found.status, found.headers["x-clickhouse-exception-code"]) == (500, "395")


def test_a_query_id_cannot_add_headers(clickhouse: Listening) -> None:
    """It comes back in one."""
    found = ask(clickhouse, "GET", query="SELECT 1", query_id="a\r\nX-Evil: 1")
    assert (found.status, found.headers["x-clickhouse-exception-code"]) == (400, "36")
    assert "x-evil" not in found.headers


def test_a_body_has_a_limit(clickhouse: Listening) -> None:
    """Rows do not come this way."""
    body = b"INSERT INTO otel_traces FORMAT CSV\n" + b"1\n" * (9 << 20)
    assert ask(clickhouse, "POST", body=body).status == 413


def test_a_web_page_elsewhere_is_refused(clickhouse: Listening) -> None:
    """By its origin, and by a name that it made point here."""
    page = _ACME | {"Origin": "https://example.com"}
    assert ask(clickhouse, "POST", body="SELECT 1", headers=page).status == 403
    rebound = _ACME | {"Host": "example.com"}
    assert ask(clickhouse, "GET", query="SELECT 1", headers=rebound).status == 403
