"""Queries made at random of what is allowed never show the other project, and answer the same twice."""

from __future__ import annotations

import json
import re
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spanhouse.query.errors import QueryError
from spanhouse.query.user_sql import UserSql

_FOREIGN = re.compile(r"zebra|7777777|2031", re.IGNORECASE)

_COLUMNS = st.sampled_from(
    [
        "ProjectId",
        "ServiceName",
        "SpanName",
        "toString(Duration)",
        "TraceId",
        "toString(Timestamp)",
        "SpanAttributes['secret']",
        "toString(SpanAttributes)",
        "_part",
        "toString(*)",
        "'acme'",
    ]
)
_CONDITIONS = st.sampled_from(
    [
        "1",
        "NOT 0",
        "ProjectId != 'acme'",
        "ProjectId = 'acme' OR 1",
        "Duration > 0",
        "SpanName != ''",
        "has(SpanAttributeItems, 'x=y') OR 1",
        "Timestamp > '2020-01-01'",
        "_part != ''",
        "ServiceName IN (SELECT ServiceName FROM otel_traces)",
        "TraceId NOT IN (SELECT '')",
    ]
)
_JOINS = st.sampled_from(
    ["CROSS JOIN", "ALL LEFT JOIN", "FULL JOIN", "RIGHT JOIN", "INNER JOIN", "ANY LEFT JOIN"]
)
_WRAPS = st.sampled_from(
    [
        "SELECT * FROM ({q})",
        "WITH x AS ({q}) SELECT * FROM x",
        "SELECT groupArray(tuple(*)) FROM ({q})",
        "SELECT * FROM ({q}) UNION ALL SELECT * FROM ({q})",
        "SELECT * FROM ({q}) WHERE 1 IN (SELECT 1)",
        "SELECT any(c) FROM ({q}) AS s(c)",
        "SELECT (SELECT groupArray(tuple(*)) FROM ({q}))",
        "SELECT * FROM ({q}) AS otel_logs",
        "WITH otel_traces AS ({q}) SELECT * FROM otel_traces",
        "SELECT * FROM ({q}) INTERSECT SELECT * FROM ({q})",
        "SELECT DISTINCT * FROM ({q}) LIMIT 50",
    ]
)


@st.composite
def _queries(draw: st.DrawFn) -> str:
    table = draw(st.sampled_from(["otel_traces", "spanhouse.otel_traces"]))
    aliased = draw(st.sampled_from(["", " AS t", " AS otel_logs", " AS numbers"]))
    column, condition = draw(_COLUMNS), draw(_CONDITIONS)
    clause = draw(st.sampled_from(["WHERE", "PREWHERE", "WHERE 1 AND"]))
    query = f"SELECT {column} AS c FROM {table}{aliased} {clause} {condition}"
    if draw(st.booleans()):
        join = draw(_JOINS)
        on = "" if join == "CROSS JOIN" else " ON a.SpanKind = b.SpanKind"
        shown = draw(st.sampled_from(["a", "b"]))
        column = draw(st.sampled_from(["ProjectId", "ServiceName", "SpanName", "TraceId"]))
        query = f"SELECT {shown}.{column} AS c FROM {table} AS a {join} {table} AS b{on}"
    if draw(st.booleans()):
        query = (
            f"SELECT c FROM ({query}) GROUP BY {draw(st.sampled_from(['c', 'ALL', 'ROLLUP(c)']))}"
        )
    for wrap in draw(st.lists(_WRAPS, max_size=3)):
        query = wrap.format(q=query)
    return query + draw(st.sampled_from(["", " LIMIT 100", " SETTINGS max_threads = 1"]))


def test_random_queries_read_their_own_project_alone(user_sql: UserSql) -> None:
    """Three hundred shapes; most of them run."""
    ran = 0

    @settings(
        max_examples=300,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(_queries())
    def check(query: str) -> None:
        nonlocal ran
        with suppress(QueryError):
            answer = user_sql.run("acme", query, operation="test")
            ran += 1
            assert not _FOREIGN.search(json.dumps(answer.rows)), query

    check()
    assert ran > 150


@pytest.mark.parametrize("project", ["acme", "zebra"])
def test_random_bytes_are_refused_with_a_reason(user_sql: UserSql, project: str) -> None:
    """No text makes anything but an answer or one of our errors."""

    @settings(max_examples=150, deadline=None, database=None, derandomize=True)
    @given(
        st.lists(
            st.sampled_from(
                [
                    "SELECT",
                    "FROM",
                    "system.users",
                    "otel_traces",
                    "*",
                    "(",
                    ")",
                    ",",
                    "'",
                    "`",
                    '"',
                    ";",
                    "--",
                    "/*",
                    "*/",
                    "$$",
                    "{x:Identifier}",
                    "WITH",
                    "AS",
                    "UNION ALL",
                    "FORMAT",
                    "CSV",
                    "SETTINGS",
                    "additional_table_filters",
                    "=",
                    "{}",
                    "merge",
                    "1",
                    "\\",
                    "\n",
                    "\0",
                    "é",
                    "INTO OUTFILE",
                    "'/tmp/x'",
                    "SHOW",
                    "TABLES",
                    "DESCRIBE",
                    "EXISTS",
                    "EXPLAIN",
                    "IN",
                ]
            ),
            max_size=14,
        ).map(" ".join)
    )
    def check(text: str) -> None:
        foreign = "acme" if project == "zebra" else "zebra"
        with suppress(QueryError):
            answer = user_sql.run(project, text, operation="test", parameters={"x": "system.users"})
            assert foreign not in json.dumps(answer.rows)

    check()
