"""Two traces are compared from the list by keys alone; sessions and users read as conversations."""

from __future__ import annotations

from typing import Any

import pytest

from spanhouse.demo.plan import Step
from tests.e2e.conftest import Demo, Drive
from tests.e2e.sent import tokens

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def agent(demo: Demo) -> Step:
    """What was sent of the agent's conversation."""
    return demo.mix.root("an agent with tools")


@pytest.fixture(scope="module")
def found(drive: Drive, demo: Demo, agent: Step) -> dict[str, Any]:
    """What one visit found."""
    return drive(
        "compare.mjs",
        demo.trace_id("four services"),
        demo.trace_id("that fails"),
        str(agent.attributes["gen_ai.conversation.id"]),
    )


def test_two_traces_of_the_list_are_compared_by_keys(found: dict[str, Any], demo: Demo) -> None:
    """Marked one after the other, the first stands on the left."""
    left, right = demo.trace_id("four services"), demo.trace_id("that fails")
    assert found["tray"].count("POST /checkout") == 2
    assert found["compared"]["address"] == f"/compare?left={left}&right={right}"
    root = found["compared"]["steps"][0]
    assert root["name"] == "POST /checkout"
    assert root["cells"][-1].strip() == "fails now"


def test_what_only_one_trace_has_is_told(found: dict[str, Any]) -> None:
    """The checkout that fails never comes to the shipment."""
    only_left = {
        step["name"] for step in found["compared"]["steps"] if step["match"] == "left_only"
    }
    assert only_left
    for step in found["compared"]["steps"]:
        if step["match"] == "left_only":
            assert step["cells"][2] != ""
            assert step["cells"][3] == step["cells"][4] == ""
    swapped = {step["name"] for step in found["swapped"]["steps"] if step["match"] == "right_only"}
    assert swapped == only_left


def test_the_address_opens_the_same_view(found: dict[str, Any]) -> None:
    """A step and that it is open, after a reload; then only differences."""
    assert "&step=" in found["at"]
    assert found["at"].endswith("&open=1")
    assert " of " in found["different"]["status"]
    assert len(found["different"]["steps"]) < len(found["compared"]["steps"])


def test_a_session_reads_as_a_conversation(found: dict[str, Any], agent: Step) -> None:
    """What the customer asked, what was done, and the tokens that were sent."""
    text = " ".join(found["talk"]["text"].split())
    assert found["talk"]["address"] == "/sessions/" + str(
        agent.attributes["gen_ai.conversation.id"]
    )
    assert "my order 7731 was supposed to arrive on Friday" in text
    assert "track_parcel" in text
    read, _ = tokens(agent)
    assert f"{read / 1000:.1f}k" in text


def test_a_user_has_sessions_and_use_over_time(found: dict[str, Any], agent: Step) -> None:
    """Of the user that the agent's root names."""
    assert str(agent.attributes["gen_ai.conversation.id"]) in found["user"]["text"]
    assert "Tokens per" in found["user"]["text"]
    assert found["user"]["figures"] >= 1
