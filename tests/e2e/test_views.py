"""An agent's trace in every view: the same spans, one selection, the numbers that were sent."""

from __future__ import annotations

import json
from typing import Any

import pytest

from spanhouse.demo.plan import Step
from tests.e2e.conftest import Demo, Drive
from tests.e2e.sent import rows, tokens

pytestmark = pytest.mark.e2e

TIMES = "\N{MULTIPLICATION SIGN}"


@pytest.fixture(scope="module")
def root(demo: Demo) -> Step:
    """What was sent."""
    return demo.mix.root("an agent with tools")


@pytest.fixture(scope="module")
def found(drive: Drive, demo: Demo) -> dict[str, Any]:
    """What one visit found."""
    return drive("views.mjs", demo.trace_id("an agent with tools"))


def test_the_tree_sums_up_each_subtree(found: dict[str, Any], root: Step) -> None:
    """Spans, errors and tokens; the agent's own report of its calls' tokens is not added."""
    tree = found["tree"]
    assert "view=tree" in tree["address"]
    assert [row[0] for row in tree["rows"]] == [
        row[0] for row in tree["rows"] if any(name in row[0] for _, name in rows(root))
    ]
    assert len(tree["rows"]) == len(list(rows(root)))
    named = dict(zip(tree["columns"], tree["rows"][0][1:], strict=True))
    read, written = tokens(root)
    assert named["Spans"] == str(len(list(root.walk())))
    assert named["Errors"] == str(sum(step.failed is not None for step in root.walk()))
    assert named["Tokens"] == f"{read / 1000:.1f}k in, {written} out"


def test_the_wall_clock_is_told_by_category(found: dict[str, Any]) -> None:
    """And each category leads through its segments, by press and by key."""
    wall_clock = found["wall_clock"]
    assert any(text.startswith("LLM ") for text in wall_clock["categories"])
    assert all("%" in text for text in wall_clock["categories"])
    first, second = wall_clock["steps"]
    assert " 1 of " in first["text"]
    assert " 2 of " in second["text"]
    assert " 3 of " in wall_clock["by_key"]
    assert "critical=1" in first["address"]
    assert first["address"] != second["address"]
    assert "critical" not in wall_clock["after"]


def test_the_flame_is_walked_by_arrows(found: dict[str, Any]) -> None:
    """Down to the first child, sideways to siblings, up to the parent; a double click zooms."""
    flame = found["flame"]
    moves = flame["moves"]
    assert flame["painted"] > 10_000
    assert "selected: invoke_agent support" in flame["clicked"]
    assert "selected: chat gpt-5-mini" in moves["ArrowDown"]
    assert "selected: execute_tool get_order" in moves["ArrowRight"]
    assert moves["ArrowLeft"] == moves["ArrowDown"]
    assert moves["ArrowUp"] == flame["clicked"]
    assert "zoom=" in flame["zoomed"]["address"]
    assert flame["zoomed"]["painted"] > 10_000


def test_the_transcript_is_what_was_said_and_done(found: dict[str, Any]) -> None:
    """Agents, their turns and the tools in order; a turn shows what is new in it."""
    transcript = found["transcript"]
    labels = [card["label"] for card in transcript["cards"]]
    assert labels[:4] == ["agent support", "turn Turn 1", "tool get_order", "turn Turn 2"]
    assert "agent delivery" in labels
    texts = dict(zip(labels, (card["text"] for card in transcript["cards"]), strict=True))
    assert '"order_id": "7731"' in texts["tool get_order"]
    questions = [card["text"] for card in transcript["cards"] if "my order 7731" in card["text"]]
    assert len(questions) == 1
    second = transcript["cards"][3]["text"]
    assert "sent again" in second
    assert transcript["current"] == "tool get_order"
    assert transcript["folded"] == 1
    assert "view=transcript" in transcript["address"]


def test_the_graph_shows_who_called_whom(found: dict[str, Any], root: Step) -> None:
    """A press on a box finds its spans and no others."""
    graph = found["graph"]
    assert any(text.startswith(f"support agent {TIMES}1") for text in graph["boxes"])
    assert any(text.startswith(f"delivery agent {TIMES}1") for text in graph["boxes"])
    tools = [step for step in root.walk() if step.name == "execute_tool track_parcel"]
    assert any(
        line.startswith(f"support called track_parcel {len(tools)} times")
        for line in graph["lines"]
    )
    assert graph["query"] == "tool:track_parcel"
    assert graph["found"] == f"1 of {len(tools)}"
    assert graph["next"] == f"2 of {len(tools)}"


def test_log_records_are_rows_of_the_timeline(found: dict[str, Any], root: Step) -> None:
    """Below their span; selecting one shows all of it."""
    logs = found["logs"]
    notes = [note for step in root.walk() for note in step.notes]
    assert sorted((row["severity"], row["body"]) for row in logs["rows"]) == sorted(
        (note.severity, note.body) for note in notes
    )
    assert logs["rows"][0]["row"] == 2
    assert "conversation started" in logs["shown"]["text"]
    assert "log=" in logs["shown"]["address"]
    assert logs["without"]["count"] == 0
    assert "log" not in logs["without"]["address"]


def test_the_trace_is_copied_for_a_language_model(found: dict[str, Any]) -> None:
    """As Markdown and as JSON, of the size that was told."""
    copied = found["copied"]
    assert copied["told"].startswith(f"{len(copied['markdown']):,} characters")
    assert "invoke_agent support" in copied["markdown"]
    assert json.loads(copied["json"])["name"] == "invoke_agent support"
