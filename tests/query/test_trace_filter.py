"""The SQL that a filter becomes, reviewed as text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from spanhouse.query.reader import question
from spanhouse.query.trace_filter import TraceFilter, clauses

from .sent import HOUR, T0


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("window", {}),
        ("service", {"service": "web"}),
        ("errors", {"status": "error"}),
        ("duration", {"min_duration": 1, "max_duration": 2}),
        ("span", {"service": "web", "name": "GET /", "status": "ok"}),
        ("text", {"text": "cart", "min_duration": 1}),
        ("attributes", {"service": "web", "attributes": ("a=1", "b=2")}),
        (
            "everything",
            {
                "service": "web",
                "name": "GET /",
                "status": "error",
                "min_duration": 1,
                "max_duration": 2,
                "attributes": ("a=1",),
                "text": "cart",
            },
        ),
    ],
)
def test_only_the_where_of_a_list_grows(
    golden: Callable[[str, str], None], name: str, fields: dict[str, Any]
) -> None:
    found = clauses(TraceFilter("p", T0, T0 + HOUR, **fields))
    sql = question("list_traces").substitute(matching=found.matching, conditions=found.conditions)
    values = "".join(f"-- {key} = {value!r}\n" for key, value in sorted(found.parameters.items()))
    golden(f"sql/list_traces_{name}.sql", f"{sql}\n{values}")


def test_no_value_of_a_filter_is_ever_in_its_sql() -> None:
    value = "x'); DROP TABLE otel_traces; --"
    found = clauses(
        TraceFilter(
            value, T0, T0 + HOUR, value, value, "error", 77, 78, (f"k={value}", value), value
        )
    )
    sql = found.matching + found.conditions
    assert "DROP" not in sql
    assert "77" not in sql
    assert sorted(key for key, held in found.parameters.items() if "DROP" in str(held)) == [
        "attribute_0",
        "attribute_1",
        "name",
        "project",
        "service",
        "text",
    ]
