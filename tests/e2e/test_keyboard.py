"""A person without a mouse reads what a tool was called with."""

from __future__ import annotations

import pytest

from tests.e2e.conftest import Demo, Drive

pytestmark = pytest.mark.e2e


def test_keys_lead_from_the_list_to_a_tool_call_s_arguments(drive: Drive, demo: Demo) -> None:
    """And every key is told by the help and the commands."""
    found = drive("keyboard.mjs", demo.trace_id("an agent with tools"))
    assert 1 <= found["rows"] < 50
    assert found["first"]["title"] == "execute_tool get_order"
    assert '"order_id": "7731"' in found["first"]["text"]
    assert found["second"] == "execute_tool track_parcel"
    for label in ("Next tool call", "Transcript", "Flame", "Copy for a language model"):
        assert label in found["help"]
    assert found["command"].startswith("Copy for a language model")
