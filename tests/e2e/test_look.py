"""Every page in light and dark, on a narrow screen, and at an address that leads nowhere."""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e.conftest import Demo, Drive

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def found(drive: Drive, demo: Demo) -> dict[str, Any]:
    """What one visit found; four addresses were wrong on purpose."""
    trace_id = demo.trace_id("four services")
    return drive(
        "look.mjs",
        trace_id,
        "charge",
        failed_requests=(
            f"404 /api/traces/{'ab' * 16}/skeleton",
            "400 /api/traces/not-an-id/skeleton",
            f"404 /api/traces/{trace_id}/spans/{'ab' * 8}",
        ),
    )


def test_light_and_dark_follow_the_system(found: dict[str, Any]) -> None:
    """The ground changes sides, the text stays readable on it."""
    light, dark = found["themes"]["light"], found["themes"]["dark"]
    assert light["ground"] > 0.8
    assert dark["ground"] < 0.05
    assert min(light["contrast"], dark["contrast"]) >= 7


def test_a_chosen_theme_is_kept(found: dict[str, Any]) -> None:
    """Against the system's, and after a reload."""
    toggled = found["toggled"]
    assert toggled["before"]["ground"] > 0.8
    assert toggled["after"]["ground"] < 0.05
    assert toggled["reloaded"] == toggled["after"]
    assert toggled["button"] == 1


@pytest.mark.parametrize("name", ["list", "filtered", "trace", "details", "logs", "ingest"])
def test_a_narrow_screen_holds_the_page(found: dict[str, Any], name: str) -> None:
    """390 pixels: nothing sticks out, every control can be reached."""
    width = found["narrow"][name]
    assert width["client"] == 390
    assert (width["scroll"], width["body_scroll"]) == (390, 390)
    assert width["outside"] == []


def test_details_open_and_close_by_touch(found: dict[str, Any]) -> None:
    """On the narrow screen."""
    assert "harge" in found["narrow"]["details"]["title"]
    assert found["narrow"]["closed"]


def test_a_missing_trace_says_what_may_have_happened(found: dict[str, Any]) -> None:
    """And the way back to the list."""
    missing = found["missing"]
    assert "ab" * 16 in missing["text"]
    assert "may not have arrived yet" in missing["text"]
    assert "Try again" in missing["text"]
    assert missing["way_back"] == "/"


def test_wrong_addresses_are_told_apart(found: dict[str, Any]) -> None:
    """An id that is none, a page that is none, a span that is none."""
    assert "not-an-id" in found["malformed"]["text"]
    assert found["no_such_page"]["title"] == "No such page"
    assert "has no such span" in found["missing_span"]["text"]
    assert found["missing_span"]["rows"] == 17
