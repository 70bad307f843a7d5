"""The trace list narrows to what was sent, and its address says the same."""

from __future__ import annotations

import time
from typing import Any

import pytest

from tests.e2e.conftest import Demo, Drive

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def found(drive: Drive, demo: Demo) -> dict[str, Any]:
    """What one visit found."""
    return drive("list.mjs")


def total(listed: dict[str, Any]) -> int:
    """Of `Showing 250 of 85 traces`."""
    return int(listed["status"].split(" of ")[1].split()[0].replace(",", ""))


def test_all_of_the_demo_is_listed(found: dict[str, Any], demo: Demo) -> None:
    """The latest first, a page of it at once."""
    assert found["all"]["status"] == f"Showing 250 of {len(demo.mix.traces)} traces"
    latest = found["all"]["rows"][0]
    assert (latest["service"], latest["name"]) == ("fulfilment", "process settlements")


def test_a_service_and_a_status_must_hold_of_one_span(found: dict[str, Any], demo: Demo) -> None:
    """Each filter narrows the one before."""
    assert total(found["service"]) == demo.mix.count(service="payment")
    failed = demo.mix.count(service="payment", failed=True)
    assert 0 < failed < demo.mix.count(service="payment")
    assert total(found["service_and_error"]) == failed
    narrowed = "/?query=service = payment and status = error&last=6h"
    assert found["service_and_error"]["address"] == narrowed
    for row in found["service_and_error"]["rows"]:
        assert "payment" in row["services"]
        assert int(row["errors"]) > 0


def test_the_address_survives_a_reload(found: dict[str, Any]) -> None:
    """Search and rows alike."""
    assert found["service_and_error"]["search"] == "service = payment and status = error"
    assert found["reloaded"] == found["service_and_error"]


def test_clearing_shows_everything_again(found: dict[str, Any]) -> None:
    """But for the window, which is no filter."""
    assert found["cleared"]["status"] == found["all"]["status"]
    assert found["cleared"]["address"] == "/?last=6h"


def test_text_name_and_duration_narrow(found: dict[str, Any], demo: Demo) -> None:
    """Free text looks into status messages too; a trace has a duration of its own."""
    assert total(found["text"]) == demo.mix.count_text("deadlock") > 0
    assert "query=deadlock" in found["text"]["address"]
    named = [t for t in demo.mix.traces if any(s.name == "charge" for s in t.root.walk())]
    assert total(found["name"]) == len(named) > 0
    slow = [t for t in demo.mix.traces if t.root.took >= 5e9]
    assert total(found["slow"]) == len(slow) > 0


def test_a_condition_is_completed_by_keyboard_alone(found: dict[str, Any], demo: Demo) -> None:
    """Key, operator and value, each taken with Tab."""
    completed = found["completed"]
    assert completed["keys"] == ["db.response.status_code"]
    assert completed["values"] == ["40P01"]
    assert completed["list"]["search"] == "db.response.status_code = 40P01"
    deadlocked = demo.mix.count(db__response__status_code="40P01")
    assert total(completed["list"]) == deadlocked > 0


def test_the_same_search_lists_spans_that_lead_to_their_place(found: dict[str, Any]) -> None:
    """With the span's details open."""
    assert found["spans"]["status"].endswith(" spans")
    assert "?span=" in found["spans"]["address"]
    assert found["spans"]["panel"] > 0


def test_a_column_sorts_both_ways(found: dict[str, Any], demo: Demo) -> None:
    """By the numbers, not by what is written."""
    by_duration = sorted(demo.mix.traces, key=lambda trace: trace.root.took)
    assert found["slowest_first"]["rows"][0]["name"] == by_duration[-1].root.name
    assert found["fastest_first"]["rows"][0]["name"] == by_duration[0].root.name
    assert "sort=-duration" in found["slowest_first"]["address"]
    assert "sort=duration" in found["fastest_first"]["address"]


def test_scrolling_reads_the_rest(found: dict[str, Any], demo: Demo) -> None:
    """Every trace is reached; only rows near the screen exist."""
    count = len(demo.mix.traces)
    assert found["end"]["before"] == f"Showing 250 of {count} traces"
    assert found["end"]["after"] == f"Showing {count} of {count} traces"
    assert found["end"]["last"]["name"] == demo.mix.traces[0].root.name
    assert found["end"]["first_is_gone"]


def test_nothing_found_says_what_to_do(found: dict[str, Any]) -> None:
    """With the buttons that do it."""
    nothing = found["nothing"]
    assert "of one and the same span" in nothing["text"]
    assert "Last 7d" in nothing["text"]
    assert nothing["after"]["status"] == found["all"]["status"]


def test_a_drag_over_the_chart_is_a_window(found: dict[str, Any]) -> None:
    """The right half of the last hour."""
    brushed = found["brushed"]
    assert brushed["painted"] > 100
    minutes = (brushed["to"] - brushed["from"]) / 60_000
    assert 29 < minutes < 31
    assert abs(brushed["to"] / 1000 - time.time()) < 300
