"""A project's SQL reads that project alone, whatever it is made of: on the real engine, query by query."""

from __future__ import annotations

import json
import re
from functools import partial

import pytest

from spanhouse.collector.store import Store
from spanhouse.query.errors import QueryError
from spanhouse.query.user_sql import Answer, SqlNotAllowed, UserSql, allowed
from tests.query.user_sql.cases import Case, cases

ATTACKS = cases("attacks.sql")
LEGITIMATE = cases("legitimate.sql")

# What only the other project has: its word, its durations and values, its times, its traces' ids.
_FOREIGN = re.compile(r"zebra|7777777|2031|0{29}(?:2bd|2be|2bf)", re.IGNORECASE)

_REASON = r"^cannot run the SQL: .+ is not allowed; .+"


def _text(answer: Answer) -> str:
    return json.dumps([answer.columns, answer.rows], ensure_ascii=False)


def test_there_are_as_many_as_promised() -> None:
    """The suite is as large as the documentation says."""
    assert len(ATTACKS) >= 250
    assert len(LEGITIMATE) >= 100


@pytest.mark.parametrize("case", ATTACKS, ids=lambda case: case.name)
def test_an_attack_is_refused_or_reads_its_own_project_alone(user_sql: UserSql, case: Case) -> None:
    """Refused with a reason, or answered from the asking project's rows."""
    run = partial(user_sql.run, "acme", case.sql, operation="test", parameters=case.parameters)
    if case.expected == "refused":
        with pytest.raises(SqlNotAllowed, match=_REASON):
            run()
    elif case.expected == "invalid":
        with pytest.raises(QueryError) as invalid:
            run()
        assert not isinstance(invalid.value, SqlNotAllowed)
        assert not _FOREIGN.search(str(invalid.value).replace(case.sql, ""))
    elif case.expected == "own":
        # A query may itself say `zebra`; its own text says nothing about the rows.
        own_words = set(_FOREIGN.findall(case.sql + json.dumps(case.parameters)))
        assert not set(_FOREIGN.findall(json.dumps(run().rows))) - own_words
    else:
        assert run().rows == json.loads(case.expected)


@pytest.mark.parametrize("case", LEGITIMATE, ids=lambda case: case.name)
def test_a_legitimate_query_runs(user_sql: UserSql, case: Case) -> None:
    """Allowed, answered, and with nothing of the other project."""
    answer = user_sql.run("acme", case.sql, operation="test")
    assert answer.columns
    assert not _FOREIGN.search(_text(answer))


def test_every_legitimate_query_of_the_other_project_sees_only_that(user_sql: UserSql) -> None:
    """The filter follows the project, not the client."""
    for case in LEGITIMATE:
        answer = user_sql.run("zebra", case.sql, operation="test")
        assert "acme" not in _text(answer), case.name


def test_every_table_that_sql_may_name_has_a_project(store: Store) -> None:
    """A table without ProjectId could not be filtered."""
    rows = store.rows(
        "SELECT table FROM system.columns WHERE database = 'spanhouse' AND name = 'ProjectId'"
    )
    assert set(allowed.TABLES) <= {row["table"] for row in rows}


def test_no_table_function_is_allowed_but_the_listed(user_sql: UserSql, store: Store) -> None:
    """Of all that this engine has; those over queries have a syntax of their own and stand in attacks.sql."""
    names = [row["name"] for row in store.rows("SELECT name FROM system.table_functions")]
    assert len(names) > 80
    for name in names:
        if name.lower() not in allowed.TABLE_FUNCTIONS and not name.startswith("view"):
            with pytest.raises(SqlNotAllowed, match="table function"):
                user_sql.run("acme", f"SELECT * FROM {name}('x')", operation="test")


def test_no_table_of_system_is_allowed_but_the_listed(user_sql: UserSql, store: Store) -> None:
    """Of all that this engine has."""
    rows = store.rows("SELECT name FROM system.tables WHERE database = 'system'")
    assert len(rows) > 120
    for name in (row["name"] for row in rows):
        if name not in allowed.SYSTEM_TABLES and name not in allowed.SYSTEM_VIEWS:
            with pytest.raises(SqlNotAllowed, match="the table"):
                user_sql.run("acme", f"SELECT * FROM system.{name}", operation="test")


def test_no_function_is_allowed_but_the_listed(user_sql: UserSql, store: Store) -> None:
    """Of all that this engine has; and what is listed exists."""
    rows = store.rows("SELECT name, alias_to FROM system.functions")
    listed = {name.lower() for name in allowed.function_names()}
    refused = [row["name"] for row in rows if row["name"].lower() not in listed]
    assert len(refused) > 150
    for name in refused:
        with pytest.raises(SqlNotAllowed, match="the function"):
            user_sql.run("acme", f"SELECT {name}('x')", operation="test")


def test_the_check_comes_before_the_engine_reads_a_row(user_sql: UserSql) -> None:
    """A refused query costs milliseconds, whatever it would have done."""
    with pytest.raises(SqlNotAllowed, match="'sleep' is not allowed"):
        user_sql.run("acme", "SELECT sleep(3) FROM numbers(1000000000000)", operation="test")


def test_a_project_name_cannot_break_out_of_the_filter(user_sql: UserSql) -> None:
    """Quotes and backslashes in it are text."""
    for project in ("' OR 1 = 1 OR '", "\\' OR 1 = 1 --", "acme') OR (1 = 1", "'}", "", "\\"):
        answer = user_sql.run(project, "SELECT count() FROM otel_traces", operation="test")
        assert answer.rows == [["0"]], project


def test_refused_sql_is_marked_where_it_stands(user_sql: UserSql) -> None:
    """In characters, for the page."""
    with pytest.raises(SqlNotAllowed) as refused:
        user_sql.run("acme", "SELECT 'ä', file('x')", operation="test")
    assert refused.value.extensions == {"offset": 12, "length": 4}
