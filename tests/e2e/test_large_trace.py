"""A trace of 100,000 spans opens, scrolls and folds; how fast is reported by the run, not judged by it."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median, quantiles
from typing import Any

import pytest

from tests.e2e.conftest import Drive
from tests.e2e.sent import LARGE_SPANS

pytestmark = pytest.mark.e2e

ROW_HEIGHT = 24


@pytest.fixture(scope="module")
def found(drive: Drive, large_trace: str) -> dict[str, Any]:
    """What one visit found."""
    return drive("large_trace.mjs", "large", large_trace)


def test_it_opens_with_all_its_rows(
    found: dict[str, Any], report_measurement: Callable[[str], None]
) -> None:
    """The first of them on screen, with their bars."""
    top = found["top"]
    assert "100,000 spans" in found["header"]
    assert top["row_count"] == LARGE_SPANS
    assert [row["row"] for row in top["rows"]][:20] == list(range(1, 21))
    names = [(row["level"], row["name"]) for row in top["rows"][:4]]
    assert names == [(1, "rebuild everything"), (2, "shard 0"), (3, "step 1"), (3, "step 2")]
    assert len(top["rows"]) < 100
    assert top["bars"]["painted"] > 1000
    for visit, opened in zip(("first visit", "again"), found["opened"], strict=True):
        assert opened["detail"] == {"spanCount": LARGE_SPANS}
        report_measurement(
            f"{LARGE_SPANS:,} spans, {visit}: first rows after {opened['duration']:.0f} ms "
            f"(answer of {opened['transferred'] / 1e6:.2f} MB read after {opened['answered']:.0f} ms)"
        )


def test_it_scrolls(found: dict[str, Any], report_measurement: Callable[[str], None]) -> None:
    """The rows under the wheel are the right ones, down to the last."""
    middle = found["middle"]
    assert middle["scroll_top"] > 5_000
    first = int(middle["scroll_top"] // ROW_HEIGHT)
    shown = [row["row"] for row in middle["rows"]]
    assert first + 1 in shown
    assert shown == list(range(shown[0], shown[0] + len(shown)))
    assert middle["bars"]["painted"] > 1000
    assert found["end"][-1]["row"] == LARGE_SPANS
    assert found["end"][-1]["name"] == "step 19"
    for what in ("idle", "scrolled"):
        report_measurement(f"{LARGE_SPANS:,} spans, {what}: {told(found[what])}")


def told(frames: list[float]) -> str:
    """How even the frames are."""
    assert len(frames) > 10
    late = sum(frame > 20 for frame in frames)
    return (
        f"{1000 * len(frames) / sum(frames):.1f} frames per second, median {median(frames):.1f} ms, "
        f"95th percentile {quantiles(frames, n=20)[-1]:.1f} ms, longest {max(frames):.1f} ms, "
        f"{late} of {len(frames)} over 20 ms"
    )


def test_it_is_a_tree_and_a_flame(
    found: dict[str, Any], report_measurement: Callable[[str], None]
) -> None:
    """Of all its spans: the tree has rows for the screen only, the flame is painted."""
    tree, flame = found["views"]["tree"], found["views"]["flame"]
    assert tree["told"] == str(LARGE_SPANS)
    assert 10 < tree["rows"] < 100
    assert f"Flame of {LARGE_SPANS} spans" in flame["told"]
    assert flame["painted"] > 10_000
    report_measurement(f"{LARGE_SPANS:,} spans, tree scrolled: {told(tree['moved'])}")
    report_measurement(f"{LARGE_SPANS:,} spans, flame zoomed: {told(flame['moved'])}")


def test_it_folds(found: dict[str, Any], report_measurement: Callable[[str], None]) -> None:
    """To its root, and to its shards in one step."""
    folded = found["folded"]
    assert folded["one_level"]["row_count"] == 201
    assert [row["name"] for row in folded["one_level"]["rows"]][:3] == [
        "rebuild everything",
        "shard 0",
        "shard 1",
    ]
    report_measurement(f"{LARGE_SPANS:,} spans folded in {folded['took']} ms")
