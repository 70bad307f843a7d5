"""`/api/sql` as the page uses it: rows, files, progress, cancel, errors that point into the text."""

from __future__ import annotations

import io
import threading
import time
from typing import Any

import pyarrow.feather
import pyarrow.parquet
import pytest

from spanhouse.collector.store import Store
from spanhouse.query.errors import QueryError
from spanhouse.query.settings import QuerySettings
from spanhouse.query.user_sql import UserSql
from tests.query.conftest import Api


def post(api: Api, query: str, **body: Any) -> Any:
    """POST /api/sql, where any status may come."""
    headers = {"x-spanhouse-project": api.project}
    return api.client.post("/api/sql", json={"query": query, **body}, headers=headers)


def rows(api: Api, query: str, **body: Any) -> Any:
    """The answer of a query that runs."""
    response = post(api, query, **body)
    assert response.status_code == 200, response.text
    return response.json()


def test_an_answer(acme: Api) -> None:
    """Columns with ClickHouse's types, rows, and what it cost."""
    answer = rows(
        acme, "SELECT SpanName, Duration FROM otel_traces ORDER BY Duration", query_id="q-1"
    )
    statistics = answer.pop("statistics")
    assert answer == {
        "query_id": "q-1",
        "columns": [
            {"name": "SpanName", "type": "LowCardinality(String)"},
            {"name": "Duration", "type": "UInt64"},
        ],
        "rows": [
            ["acme-span-1", "1000000"],
            ["acme-span-2", "2000000"],
            ["acme-span-3", "3000000"],
        ],
        "row_count": 3,
        "truncated": False,
        "row_limit": 10000,
    }
    assert statistics["rows_read"] >= 3
    assert statistics["bytes_read"] > 0
    assert 0 < statistics["elapsed_seconds"] < 30


def test_nothing_is_rounded_or_lost(acme: Api) -> None:
    """Large integers, decimals, NaN, infinities, dates before 1970, bytes that are no text, keys that repeat."""
    answer = rows(
        acme,
        "SELECT toUInt64(18446744073709551615), toInt256(-1), toDecimal128('0.1', 20), nan, -inf, -0.0, "
        "toDate32('1900-01-01'), unhex('61ff62'), NULL, true, [1.5], map('a', 1), (1, 'x')",
    )
    assert answer["rows"] == [
        [
            *("18446744073709551615", "-1", "0.1", "nan", "-inf", -0.0, "1900-01-01"),
            *("a\ufffdb", None, True, [1.5], {"a": 1}, [1, "x"]),
        ]
    ]


def test_truncation_is_told(acme: Api) -> None:
    """Never silently; the query itself may want fewer."""
    answer = rows(acme, "SELECT number FROM numbers(20000)")
    assert (answer["row_count"], answer["truncated"]) == (10000, True)
    assert answer["rows"][-1] == ["9999"]
    answer = rows(acme, "SELECT number FROM numbers(10000)")
    assert (answer["row_count"], answer["truncated"]) == (10000, False)
    answer = rows(acme, "SELECT number FROM numbers(20000) LIMIT 5")
    assert (answer["row_count"], answer["truncated"]) == (5, False)
    assert rows(acme, "SELECT 1 WHERE 0")["rows"] == []


def test_parameters(acme: Api) -> None:
    """Of any type, by their JSON values."""
    answer = rows(
        acme,
        "SELECT {s:String}, {n:Int64}, {f:Float64}, {b:Bool}, {a:Array(String)}, {m:Map(String, UInt8)}['k'], "
        "{z:Nullable(String)} FROM {t:Identifier} LIMIT 1",
        parameters={
            "s": "it's \\ %(x)s {y}",
            "n": -5,
            "f": 0.5,
            "b": True,
            "a": ["x'y", "\\"],
            "m": {"k": 7},
            "z": None,
            "t": "otel_logs",
        },
    )
    assert answer["rows"] == [["it's \\ %(x)s {y}", "-5", 0.5, True, ["x'y", "\\"], 7, None]]
    missing = post(acme, "SELECT {x:String}")
    assert missing.status_code == 400
    assert "the parameter 'x' of {x:String} has no value" in missing.json()["detail"]


def test_files(acme: Api) -> None:
    """With a name to save them by; times and types as the format has them."""
    query = "SELECT SpanName, Duration FROM otel_traces ORDER BY Duration LIMIT 2"
    csv = post(acme, query, format="CSV")
    assert csv.headers["content-disposition"] == 'attachment; filename="spanhouse.csv"'
    assert csv.headers["content-type"] == "text/csv; charset=utf-8"
    assert csv.text == '"SpanName","Duration"\n"acme-span-1",1000000\n"acme-span-2",2000000\n'
    tsv = post(acme, query, format="TSV")
    assert tsv.text == "SpanName\tDuration\nacme-span-1\t1000000\nacme-span-2\t2000000\n"
    parquet = pyarrow.parquet.read_table(io.BytesIO(post(acme, query, format="Parquet").content))
    arrow = pyarrow.feather.read_table(io.BytesIO(post(acme, query, format="Arrow").content))
    for table in (parquet, arrow):
        assert table.column_names == ["SpanName", "Duration"]
        assert table.column("Duration").to_pylist() == [1_000_000, 2_000_000]


def test_a_large_file_is_whole(acme: Api) -> None:
    """More than a page could show, and more than a pipe holds."""
    response = post(acme, "SELECT number, repeat('x', 20) FROM numbers(300000)", format="CSV")
    lines = response.text.splitlines()
    assert (len(lines), lines[-1]) == (300_001, f'299999,"{"x" * 20}"')


@pytest.mark.parametrize(
    ("query", "offset", "length", "says"),
    [
        ("SELECT 'ä' FROM FROM x", 21, 1, "Syntax error"),
        ("SELECT 1 +", 10, 0, "Syntax error"),
        ("SELECT nothing FROM otel_traces", 7, 7, "Unknown expression identifier `nothing`"),
        ("SELECT 'é', toUInt8(x)", 20, 1, "Unknown expression or function identifier `x`"),
    ],
)
def test_invalid_sql_says_where(acme: Api, query: str, offset: int, length: int, says: str) -> None:
    """In characters of the text as it was typed."""
    response = post(acme, query)
    problem = response.json()
    assert response.status_code == 400
    assert problem["type"] == "urn:spanhouse:problem:invalid-sql"
    assert says in problem["detail"]
    assert (problem["offset"], problem["length"]) == (offset, length)
    assert problem["code"] in (47, 62)
    assert "parseQueryToJSON" not in problem["detail"]


def test_sql_that_is_not_allowed_says_where(acme: Api) -> None:
    """And what is possible instead."""
    response = post(acme, "SELECT * FROM system.users")
    problem = response.json()
    assert response.status_code == 403
    assert problem["type"] == "urn:spanhouse:problem:sql-not-allowed"
    assert (problem["offset"], problem["length"]) == (14, 12)
    assert "these are: otel_traces" in problem["detail"]


def test_an_error_before_the_first_byte_of_a_file_is_a_problem(acme: Api) -> None:
    """Not a file with an error in it."""
    response = post(acme, "SELECT toUInt8('x') FROM otel_traces", format="Parquet")
    assert response.status_code == 400
    assert response.headers["content-type"] == "application/problem+json"


def test_progress_and_cancel(acme: Api) -> None:
    """While the query runs; it ends within a moment and says so."""
    answers: list[Any] = []
    query = "SELECT count() FROM numbers(9000000000) WHERE NOT ignore(sipHash64(number))"
    thread = threading.Thread(target=lambda: answers.append(post(acme, query, query_id="slow-1")))
    thread.start()
    for _ in range(100):
        response = acme.ask("/api/sql/slow-1")
        if response.status_code == 200 and response.json()["rows_read"] > 0:
            break
        time.sleep(0.05)
    progress = response.json()
    assert progress["state"] == "running"
    assert progress["total_rows_to_read"] == 9_000_000_000
    assert 0 < progress["rows_read"] < 9_000_000_000
    stranger = acme.client.delete("/api/sql/slow-1", headers={"x-spanhouse-project": "zebra"})
    assert stranger.status_code == 404
    cancelled = acme.client.delete("/api/sql/slow-1", headers={"x-spanhouse-project": "acme"})
    assert cancelled.status_code == 200
    thread.join(10)
    assert answers[0].status_code == 409
    assert answers[0].json()["type"] == "urn:spanhouse:problem:cancelled"
    assert acme.get("/api/sql/slow-1")["state"] == "cancelled"


def test_a_finished_query_is_remembered(acme: Api) -> None:
    """For a page that asks too late; an unknown one is not."""
    rows(acme, "SELECT count() FROM otel_traces", query_id="done-1")
    progress = acme.get("/api/sql/done-1")
    assert (progress["state"], progress["query_id"]) == ("finished", "done-1")
    assert acme.ask("/api/sql/nothing").status_code == 404


def test_a_limit_is_told_as_one(acme: Api) -> None:
    """With the setting that raises it."""
    response = post(
        acme, "SELECT count() FROM numbers(1000000000) SETTINGS max_rows_to_read = 1000"
    )
    assert response.status_code == 503
    assert response.json()["type"] == "urn:spanhouse:problem:too-expensive"
    assert "SPANHOUSE_QUERY_MAX_EXECUTION_SECONDS" in response.json()["detail"]


def test_the_schema_for_an_editor(acme: Api) -> None:
    """Every table and column that SQL may name, each with what it holds."""
    schema = acme.get("/api/sql/schema")
    tables = {table["name"]: table for table in schema["tables"]}
    assert tables["otel_traces"]["comment"] == "one row per span"
    columns = {column["name"]: column for column in tables["otel_traces"]["columns"]}
    assert columns["Timestamp"] == {
        "name": "Timestamp",
        "type": "DateTime64(9, 'UTC')",
        "comment": "start of the span, UTC",
    }
    assert all(table["comment"] for table in schema["tables"])
    assert "inbox_traces" not in tables
    assert {"quantile", "arrayMap", "toStartOfInterval"} <= set(schema["functions"])
    assert "SELECT" in schema["keywords"]
    for table in tables:
        assert rows(acme, f"SELECT count() FROM {table}")["row_count"] == 1


def test_each_query_names_its_operation_in_the_log_comment(user_sql: UserSql, store: Store) -> None:
    """So that a server's query log tells who asked."""
    query = "SELECT count() FROM numbers(9000000000) WHERE NOT ignore(sipHash64(number, 'named'))"
    running = user_sql.start("acme", query, "CSV", operation="run_sql")
    asked = (
        "SELECT Settings['log_comment'] AS said FROM system.processes "
        "WHERE query LIKE '%\\'named\\'%' AND query NOT LIKE '%processes%'"
    )
    while not (found := store.rows(asked)):
        assert running.state == "running"
    running.close()
    assert found == [{"said": "run_sql"}]


def test_a_question_of_the_text_index_is_right_on_new_rows(acme: Api) -> None:
    """Rows that no merge has touched have no text index; ClickHouse must not fail on them."""
    query = "SELECT count() FROM otel_traces WHERE has(SpanAttributeItems, 'http.route=/acme')"
    assert rows(acme, query)["rows"] == [["3"]]
    query = "SELECT count() FROM otel_logs WHERE has(LogAttributeItems, 'secret=acme-secret') OR Body = ''"
    assert rows(acme, query)["rows"] == [["2"]]


def test_a_reader_that_stops_reading_does_not_hold_a_place_for_ever(
    store: Store, acme: Api
) -> None:
    """The next query makes room; the reader is told."""
    settings = QuerySettings(max_sql_stream_seconds=1, max_sql_queries=1)
    user_sql = UserSql(store, settings)
    stalled = user_sql.start(
        acme.project, "SELECT number FROM numbers(10000000)", "CSV", operation="test"
    )
    pieces = iter(stalled)
    assert next(pieces).startswith(b"0\n1\n")
    time.sleep(2.2)
    assert user_sql.run(acme.project, "SELECT 1", operation="test").rows == [[1]]
    with pytest.raises(QueryError, match="was not read"):
        list(pieces)
    user_sql.close()
