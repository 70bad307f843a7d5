"""The main flow: a stock OpenTelemetry program sends a trace, and a person reads it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.e2e.conftest import Drive, StockProgram
from tests.spanhouse.command import RunningServer

pytestmark = pytest.mark.e2e


def test_a_stock_program_s_trace_appears_by_itself_and_opens(
    drive: Drive, server: RunningServer, stock_program: Callable[[str], StockProgram]
) -> None:
    """From the page that waits for the first trace to the waterfall and the details of a span."""
    program = stock_program("first")
    found = drive("first_trace.mjs", "first", *program.command, **program.variables)
    assert server.http in found["waiting"]
    assert server.grpc.removeprefix("http://") in found["waiting"]
    assert list(found["snippets"]) == ["Demo", "Python", "Node", "curl"]
    assert found["snippets"]["Demo"] == (
        "OTEL_EXPORTER_OTLP_HEADERS=x-spanhouse-project=first "
        f"spanhouse demo --endpoint {server.grpc} --page {server.page}"
    )
    for language in ("Python", "Node", "curl"):
        assert server.http in found["snippets"][language]
        assert "first" in found["snippets"][language]

    by_name = {row["name"]: row for row in found["list"]["rows"]}
    assert set(by_name) == {"receive webhook", "POST /orders"}
    listed = by_name["POST /orders"]
    assert listed["trace_id"] == found["trace_id"]
    assert (listed["service"], listed["spans"], listed["errors"]) == ("orders", "4", "2")
    assert sorted(listed["services"]) == ["orders", "payments"]
    assert found["list"]["status"] == "Showing 2 of 2 traces"

    trace = found["trace"]
    assert trace["title"] == "orders POST /orders"
    assert trace["row_count"] == 4
    assert [(row["level"], row["name"]) for row in trace["rows"]] == [
        (1, "POST /orders"),
        (2, "reserve stock"),
        (2, "charge"),
        (3, "charge card"),
    ]
    assert [row["error"] for row in trace["rows"]] == [False, False, True, True]
    assert trace["bars"]["painted"] > 1000
    assert found["trace_id"] in found["header"]
    assert "4 spans" in found["header"]

    assert found["panel"]["title"] == "charge card"
    assert "card declined" in found["panel"]["text"]
    [measure] = found["measures"]
    assert measure["detail"] == {"spanCount": 4}
    assert found["back"] == "/?project=first"
