"""The SQL page, as someone uses it who types."""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e.conftest import Demo, Drive

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def found(drive: Drive, demo: Demo) -> dict[str, Any]:
    """What one visit found; a mistake and a cancel are answered so."""
    assert demo.links
    return drive("sql.mjs", failed_requests=("400 /api/sql", "409 /api/sql"))


def test_a_starter_runs_as_it_is(found: dict[str, Any]) -> None:
    """Its window is filled in, its cost is told."""
    assert found["empty"]
    assert found["starter"]["heads"] == [
        *("ServiceName", "SpanName", "spans"),
        *("p50_ms", "p95_ms", "max_ms"),
    ]
    assert found["starter"]["rows"]
    assert "rows, " in found["starter"]["status"]


def test_the_statement_at_the_cursor_runs_with_its_parameters(found: dict[str, Any]) -> None:
    """No digit of a 64-bit integer is lost, and the address says what is typed."""
    assert found["second_statement"] == ["18,446,744,073,709,551,615", "[1,2]", "it's"]
    assert found["cell"] == "[\n  1,\n  2\n]"
    assert found["address"].startswith("SELECT 1 AS one;\nSELECT 1844")


def test_ids_lead_to_their_trace(found: dict[str, Any]) -> None:
    """A span's to the span."""
    assert found["links"] == ["/trace/ID", "/trace/ID?span=ID"]


def test_a_mistake_is_marked_where_it_stands(found: dict[str, Any]) -> None:
    """In the second of two statements, too."""
    assert "Unknown expression identifier `nothing`" in found["error"]["text"]
    assert found["error"]["marked"] == "nothing"


def test_columns_and_attribute_keys_are_completed(found: dict[str, Any]) -> None:
    """From what the store knows."""
    assert (found["keys"], found["columns"]) == (True, True)


def test_a_query_that_takes_long_is_watched_and_cancelled(found: dict[str, Any]) -> None:
    """By Escape."""
    assert found["cancelled"] == "The query was cancelled"


def test_what_was_run_and_saved_is_found_again(found: dict[str, Any]) -> None:
    """The history of this browser, the queries of the project, the rows as a file."""
    assert found["history"][0] == "SELECT 7 AS seven"
    assert found["saved"] == "SELECT 7 AS seven"
    assert found["file"] == "spanhouse.csv"


def test_nothing_is_cut_off_on_a_narrow_screen(found: dict[str, Any]) -> None:
    """390 pixels."""
    assert found["narrow_overflow"] <= 0
