"""`clickhouse_connect.get_client(host=..., port=...)` on a project, as its users know it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import clickhouse_connect
import pytest
from clickhouse_connect.driver.client import Client
from clickhouse_connect.driver.exceptions import ClickHouseError, DatabaseError

from tests.query.user_sql.conftest import Listening

Connect = Callable[..., Client]


@pytest.fixture
def connect(clickhouse: Listening) -> Iterator[Connect]:
    """Clients of `acme` that are closed after the test."""
    opened = []

    def open_client(**options: Any) -> Client:
        usual: dict[str, Any] = {"host": "127.0.0.1", "port": clickhouse.port, "username": "acme"}
        found = clickhouse_connect.get_client(**usual | options)
        opened.append(found)
        return found

    yield open_client
    for client in opened:
        client.close()


@pytest.fixture
def db(connect: Connect) -> Client:
    """A client with its defaults: compression, a session."""
    return connect()


def test_a_query_has_rows_and_names_and_a_summary(db: Client) -> None:
    """Types are Python's, times are exact and in UTC."""
    result = db.query(
        "SELECT SpanName, Duration, Timestamp, SpanAttributes FROM otel_traces ORDER BY Timestamp LIMIT 1"
    )
    assert result.column_names == ("SpanName", "Duration", "Timestamp", "SpanAttributes")
    [(name, duration, timestamp, attributes)] = result.result_rows
    assert (name, duration) == ("acme-span-1", 1_000_000)
    assert timestamp.replace(tzinfo=UTC) == datetime(2026, 1, 1, 0, 0, 1, tzinfo=UTC)
    assert attributes == {"secret": "acme-secret", "http.route": "/acme"}
    assert int(result.summary["read_rows"]) >= 1


def test_the_other_project_sees_its_own(connect: Connect) -> None:
    """The user is the project."""
    names = connect(username="zebra").query("SELECT DISTINCT ServiceName FROM otel_traces")
    assert names.result_rows == [("zebra-service",)]


def test_what_clients_ask_when_they_connect(db: Client) -> None:
    """Version, time zone and settings are those of the engine."""
    assert str(db.server_version).startswith("26.")
    assert str(db.server_tz) == "UTC"
    assert "max_threads" in db.server_settings
    assert "additional_table_filters" not in db.server_settings
    assert db.ping()


def test_parameters(db: Client) -> None:
    """Bound by the server, whatever is in them."""
    value = "it's \\ a\n\t'test' {x} %(y)s"
    query = "SELECT {s:String}, {n:UInt64}, {a:Array(String)}, {t:DateTime}, {z:Nullable(String)}"
    moment = datetime(2026, 1, 2, 3, 4, 5)
    parameters = {"s": value, "n": 2**63, "a": ["x'y", "\\"], "t": moment, "z": None}
    [row] = db.query(query, parameters=parameters).result_rows
    assert row == (value, 2**63, ["x'y", "\\"], moment, None)


def test_client_side_parameters(db: Client) -> None:
    """As older programs bind them."""
    found = db.query("SELECT count() FROM otel_traces WHERE SpanName = %(n)s", {"n": "acme-span-2"})
    assert found.result_rows == [(1,)]


def test_frames_arrow_and_numpy(db: Client) -> None:
    """The three that analysts use."""
    query = "SELECT SpanName, Duration FROM otel_traces ORDER BY Duration"
    frame = db.query_df(query)
    assert frame["Duration"].tolist() == [1_000_000, 2_000_000, 3_000_000]
    table = db.query_arrow(query)
    assert table.column("SpanName").to_pylist() == ["acme-span-1", "acme-span-2", "acme-span-3"]
    assert db.query_np("SELECT Duration FROM otel_traces ORDER BY 1").tolist() == [
        [1_000_000],
        [2_000_000],
        [3_000_000],
    ]


def test_streams(db: Client) -> None:
    """Blocks, rows, frames and Arrow batches of a million rows, without holding them."""
    query = "SELECT number, toString(number) AS text FROM numbers(1000000)"
    with db.query_row_block_stream(query) as blocks:
        assert sum(len(block) for block in blocks) == 1_000_000
    with db.query_rows_stream(query) as rows:
        assert sum(number for number, _ in rows) == 499_999_500_000
    with db.query_df_stream(query) as frames:
        assert sum(len(frame) for frame in frames) == 1_000_000
    with db.query_arrow_stream(query) as batches:
        assert sum(batch.num_rows for batch in batches) == 1_000_000
    with db.raw_stream("SELECT number FROM numbers(3)", fmt="CSV") as stream:
        assert stream.read() == b"0\n1\n2\n"


def test_raw_query_and_command(db: Client) -> None:
    """In any format."""
    assert db.raw_query("SELECT 1 AS x, 'a' AS y", fmt="JSONEachRow") == b'{"x":1,"y":"a"}\n'
    assert db.raw_query("SELECT 1 AS x FORMAT CSVWithNames") == b'"x"\n1\n'
    assert db.command("SELECT count() FROM otel_traces") == 3
    assert db.command("EXISTS TABLE otel_traces") == 1
    assert "otel_traces" in db.query("SHOW TABLES").result_columns[0]
    columns = db.query("DESCRIBE TABLE otel_traces").result_columns[0]
    assert columns[:2] == ["Timestamp", "TraceId"]


def test_settings(db: Client, connect: Connect) -> None:
    """Harmless ones take effect; those that clients send anyway are no error."""
    query = "SELECT toTypeName(any(x.n)) FROM (SELECT 1 AS k) AS t LEFT JOIN (SELECT 2 AS k, 3 AS n) AS x USING (k)"
    assert db.query(query, settings={"join_use_nulls": 1}).result_rows == [("Nullable(UInt8)",)]
    limited = connect(settings={"max_result_rows": 5, "async_insert": 1})
    with pytest.raises(DatabaseError, match="TOO_MANY_ROWS"):
        limited.query("SELECT number FROM numbers(10)")


def test_a_setting_that_lifts_the_filter_is_refused(db: Client) -> None:
    """By the interface, before anything runs."""
    with pytest.raises(ClickHouseError, match="readonly"):
        db.query(
            "SELECT count() FROM otel_traces",
            settings={"additional_table_filters": "{}"},
        )


def test_errors_have_code_and_words(db: Client) -> None:
    """As the driver reads them of a server."""
    with pytest.raises(DatabaseError, match="Unknown expression identifier `nothing`") as unknown:
        db.query("SELECT nothing FROM otel_traces")
    assert unknown.value.code == 47
    with pytest.raises(DatabaseError, match="Syntax error") as syntax:
        db.query("SELECT FROM WHERE")
    assert syntax.value.code == 62
    with pytest.raises(DatabaseError, match="the function 'file' is not allowed") as refused:
        db.query("SELECT file('/etc/passwd')")
    assert refused.value.code == 497


def test_an_error_in_the_middle_of_a_stream_is_an_error(db: Client) -> None:
    """Not the end of the answer."""
    query = "SELECT throwIf(number = 3000000), toString(number) FROM numbers(5000000)"
    with (
        pytest.raises(ClickHouseError, match="throwIf"),
        db.query_row_block_stream(query) as blocks,
    ):
        for _ in blocks:
            pass


def test_inserts_are_refused_clearly(db: Client) -> None:
    """Rows come by OTLP."""
    with pytest.raises(ClickHouseError, match="not allowed"):
        db.insert("otel_traces", [["x"]], column_names=["TraceId"], column_type_names=["String"])
    with pytest.raises(DatabaseError) as refused:
        db.command("DROP TABLE otel_traces")
    assert refused.value.code == 164


@pytest.mark.parametrize("compress", [False, "lz4", "zstd", "gzip", "deflate"])
def test_compression(connect: Connect, compress: bool | str) -> None:
    """Each that the driver has."""
    try:
        client = connect(compress=compress)
    except ClickHouseError as error:
        pytest.fail(f"{compress}: {error}")
    found = client.query("SELECT number, repeat('x', 10) FROM numbers(100000)")
    assert (found.row_count, found.result_rows[-1]) == (100_000, (99_999, "x" * 10))


def test_a_key_is_the_password_where_there_are_keys(
    clickhouse: Listening, connect: Connect
) -> None:
    """Its project is the user; nobody else gets in, and nobody without."""
    secret = clickhouse.keys.create("grafana", "zebra")
    try:
        for user in ("zebra", "default"):
            client = connect(username=user, password=secret)
            assert client.command("SELECT any(ServiceName) FROM otel_traces") == "zebra-service"
        for user, password in (("acme", secret), ("acme", ""), ("acme", "shk_wrong"), ("", "")):
            with pytest.raises(DatabaseError, match="Authentication failed") as refused:
                connect(username=user, password=password)
            assert refused.value.code == 516
    finally:
        clickhouse.keys.revoke("grafana")


def test_a_database_that_is_not_there(connect: Connect) -> None:
    """Is told; `default` and `spanhouse` are the same."""
    assert connect(database="default").command("SELECT currentDatabase()") == "spanhouse"
    with pytest.raises(DatabaseError, match="Database system does not exist"):
        connect(database="system")
