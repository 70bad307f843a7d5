"""What is said of a trace, and where it is kept, by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.e2e.conftest import Drive, StockProgram

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def found(drive: Drive, stock_program: Callable[[str], StockProgram]) -> dict[str, Any]:
    """What one visit found."""
    return drive("annotate.mjs", "annotate", stock_program("annotate").run())


def test_a_trace_and_a_span_are_annotated_by_keyboard(found: dict[str, Any]) -> None:
    """The name of who says it is asked once."""
    assert found["trace"] == ["the whole of it"]
    assert found["span"] == ["to review", "relevance 0.25"]
    assert found["author"] == "ann"


def test_what_was_said_is_there_after_a_reload_and_goes_when_it_is_removed(
    found: dict[str, Any],
) -> None:
    """The trace says how much is said of its spans."""
    assert found["after_reload"]["span"] == ["to review", "relevance 0.75"]
    assert "2 more on its spans" in found["after_reload"]["trace"]
    assert found["removed"] == ["to review"]


def test_the_list_finds_a_trace_by_what_is_said_of_it_and_shows_it(found: dict[str, Any]) -> None:
    """A score and a label, in the search language."""
    assert found["found_by_score"] == 1
    assert found["chips"] == ["to review", "relevance 0.75", " 1"]


def test_a_view_and_a_bookmark_are_one_name_away(found: dict[str, Any]) -> None:
    """From another page of the same project."""
    assert found["saved"][0] == "My view"
    assert len(found["saved"]) == 2
    assert found["back"].startswith("/trace/")


def test_nothing_is_cut_off_on_a_narrow_screen(found: dict[str, Any]) -> None:
    """390 pixels."""
    assert found["narrow_overflow"] <= 0
