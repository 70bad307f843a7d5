"""The SQL that a filter becomes, reviewed as text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from spanhouse.query.filters.compile import Search
from spanhouse.query.filters.fields import SPANS
from spanhouse.query.reader import question
from spanhouse.query.trace_filter import TraceFilter, clauses

from .sent import HOUR, T0


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("window", None),
        ("search", "service = web and status = error"),
        ("of_trace", "trace.duration > 1s and trace.root_name = a"),
    ],
)
def test_only_the_where_of_a_list_grows(
    golden: Callable[[str, str], None], name: str, query: str | None
) -> None:
    search = Search.of(SPANS, query, T0) if query else None
    found = clauses(TraceFilter("p", T0, T0 + HOUR, search))
    sql = question("list_traces").substitute(matching=found.matching, conditions=found.conditions)
    values = "".join(f"-- {key} = {value!r}\n" for key, value in sorted(found.parameters.items()))
    golden(f"sql/list_traces_{name}.sql", f"{sql}\n{values}")
