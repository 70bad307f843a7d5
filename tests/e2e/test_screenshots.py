"""The pictures of the README can be taken again by one command."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from tests.e2e.conftest import Demo, Drive

pytestmark = pytest.mark.e2e


def test_each_scene_is_taken_in_both_themes_and_widths(
    drive: Drive, demo: Demo, tmp_path: Path
) -> None:
    """At two pixels per point."""
    agent, shop = demo.trace_id("an agent with tools"), demo.trace_id("four services")
    found = drive("screenshots.mjs", tmp_path, agent, shop)
    expected = {
        f"{scene}-{theme}-{width}.png"
        for scene in ("list", "trace", "llm", "logs", "tree", "flame", "transcript", "graph")
        for theme in ("light", "dark")
        for width in (1440, 390)
    }
    assert set(found["files"]) == {path.name for path in tmp_path.iterdir()} == expected
    for path in tmp_path.iterdir():
        width, height = struct.unpack(">II", path.read_bytes()[16:24])
        assert (width, height) == ((2880, 1800) if "1440" in path.name else (780, 1688))
