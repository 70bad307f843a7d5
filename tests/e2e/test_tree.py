"""The waterfall shows the tree that was sent, folds it, finds in it, and obeys the keys of Jaeger's page."""

from __future__ import annotations

from typing import Any

import pytest

from spanhouse.demo.plan import Step
from tests.e2e.conftest import Demo, Drive
from tests.e2e.sent import duration, holds, rows

pytestmark = pytest.mark.e2e

FOLDED = "process orders"
ATTRIBUTE_TEXT = "postgres.shop.svc"


@pytest.fixture(scope="module")
def root(demo: Demo) -> Step:
    """What was sent: a checkout through four services."""
    return demo.mix.root("four services")


@pytest.fixture(scope="module")
def found(drive: Drive, demo: Demo) -> dict[str, Any]:
    """What one visit found."""
    return drive("tree.mjs", demo.trace_id("four services"), FOLDED, "charge", ATTRIBUTE_TEXT)


def shown(read: dict[str, Any]) -> list[tuple[int, str]]:
    """Levels and names on screen."""
    return [(row["level"], row["name"]) for row in read["rows"]]


def test_the_tree_is_the_one_that_was_sent(found: dict[str, Any], root: Step) -> None:
    """Every span at its level, in the order of time, with a bar."""
    assert shown(found["opened"]) == list(rows(root))
    assert found["opened"]["row_count"] == 17
    assert found["opened"]["bars"]["painted"] > 1000


def test_a_folded_span_hides_what_is_below_and_the_address_knows(
    found: dict[str, Any], root: Step
) -> None:
    """Also after a reload; unfolding brings all of it back."""
    everything = list(rows(root))
    below = {"INSERT parcels", "print label"}
    assert shown(found["folded"]) == [row for row in everything if row[1] not in below]
    [folded] = [row for row in found["folded"]["rows"] if row["name"] == FOLDED]
    assert folded["expanded"] == "false"
    assert "fold=" in found["folded"]["address"]
    assert shown(found["reloaded"]) == shown(found["folded"])
    assert shown(found["unfolded"]) == everything
    assert "fold=" not in found["unfolded"]["address"]


@pytest.mark.parametrize(
    ("what", "text"), [("search", "charge"), ("attribute_search", ATTRIBUTE_TEXT)]
)
def test_search_counts_and_walks_through_the_matches(
    found: dict[str, Any], root: Step, what: str, text: str
) -> None:
    """In names here, in attribute values by the server."""
    matching = [step.name for step in root.walk() if holds(step, text)]
    search = found[what]
    assert search["focused"]
    count = len(matching)
    assert count > 2
    walked = (search["count"], search["first"], search["second"], search["back"])
    assert walked == (str(count), f"1 of {count}", f"2 of {count}", f"1 of {count}")
    assert len(search["selected"]) == 1
    assert search["selected"][0] in matching
    assert search["highlighted"]
    assert f"q={text}" in search["address"]
    assert "q=" not in search["after"]


def test_search_for_what_is_not_there_says_none(found: dict[str, Any]) -> None:
    """And selects nothing."""
    assert found["nothing"]["count"] == "none"
    assert found["nothing"]["selected"] == []


def test_the_critical_path_is_painted_and_in_the_address(found: dict[str, Any]) -> None:
    """By button, and off again by key."""
    critical = found["critical"]
    assert critical["pressed"] == "true"
    assert "critical=1" in critical["address"]
    assert critical["bars"]["digest"] != critical["without"]["digest"]
    assert critical["again"]["digest"] == critical["without"]["digest"]


def test_keys_fold_by_level(found: dict[str, Any], root: Step) -> None:
    """`]` and `[` all, `p` and `o` one level."""
    keys = found["keys"]
    levels = [level for level, _ in rows(root)]
    assert keys["fold all"]["row_count"] == 1
    assert keys["unfold one level"]["row_count"] == sum(level <= 2 for level in levels)
    assert keys["unfold another level"]["row_count"] == sum(level <= 3 for level in levels)
    assert keys["fold one level"]["row_count"] == sum(level <= 2 for level in levels)
    assert keys["unfold all"]["row_count"] == len(levels)


def test_keys_select(found: dict[str, Any], root: Step) -> None:
    """`j` and `k` walk, `.` and `,` go among siblings, the left arrow folds and then goes up, the right one back."""
    keys = found["keys"]
    tree = list(rows(root))
    names = [name for _, name in tree]
    siblings = [number for number, (level, _) in enumerate(tree, 1) if level == 2]
    first = [[2, names[1]]]
    below_first = siblings[1] - siblings[0] - 1
    assert below_first > 0
    assert keys["next span"]["selected"] == [[1, names[0]]]
    assert keys["next span again"]["selected"] == first
    assert keys["next sibling"]["selected"] == [[siblings[1], names[siblings[1] - 1]]]
    assert keys["previous sibling"]["selected"] == first
    folded = keys["left arrow"]
    assert (folded["selected"], folded["row_count"]) == (first, len(tree) - below_first)
    assert keys["left arrow again"]["selected"] == [[1, names[0]]]
    assert keys["next of the folded"]["selected"] == first
    unfolded = keys["right arrow"]
    assert (unfolded["selected"], unfolded["row_count"]) == (first, len(tree))
    assert keys["right arrow again"]["selected"] == [[3, names[2]]]
    assert keys["previous span"]["selected"] == first
    assert keys["clear selection"]["selected"] == []


def test_keys_scroll(found: dict[str, Any]) -> None:
    """`s` and `w` by most of a screen, `f` and `b` by a span."""
    keys = found["keys"]
    assert keys["scroll down"]["scroll_top"] > 0
    assert keys["scroll up"]["scroll_top"] < keys["scroll down"]["scroll_top"]
    assert keys["next on screen"]["scroll_top"] > keys["scroll up"]["scroll_top"]
    assert keys["previous on screen"]["scroll_top"] < keys["next on screen"]["scroll_top"]


def test_keys_explain_themselves(found: dict[str, Any]) -> None:
    """`?` lists them, Ctrl+K finds a command."""
    help_text = found["keys"]["help"]
    for label in ("Next match", "Critical path", "Fold one level", "Zoom in", "Pan left, fast"):
        assert label in help_text
    assert "Critical path" in found["keys"]["commands"]


def test_zoom_and_pan_change_the_range_and_the_bars(found: dict[str, Any], root: Step) -> None:
    """By key, wheel and a drag over the minimap; the address keeps the range."""
    zoom, took = found["zoom"], duration(root)
    assert zoom["whole"]["range"] == []
    inner, right = zoom["zoomed_in"]["range"], zoom["panned_right"]["range"]
    assert 0 < inner[0] < inner[1] < took
    width = inner[1] - inner[0]
    assert abs(width - took * 0.7) < took * 0.01
    assert right[0] - inner[0] == pytest.approx(width * 0.1, rel=0.01)
    assert zoom["panned_left"]["range"] == pytest.approx(inner, abs=2)
    assert zoom["panned_far"]["range"][1] == pytest.approx(took, rel=0.01)
    assert zoom["zoomed_out"]["range"] == []
    wheel = zoom["wheel"]["range"]
    assert wheel[1] - wheel[0] < took * 0.6
    assert zoom["cleared"]["range"] == []
    assert zoom["cleared"]["bars"] == zoom["whole"]["bars"]
    assert zoom["minimap"]["range"] == pytest.approx([took / 4, took / 2], rel=0.02)
    assert zoom["minimap"]["bars"] != zoom["whole"]["bars"]
    assert zoom["reloaded"]["range"] == zoom["minimap"]["range"]
