"""An agent's trace reads as a conversation, and its tokens are the ones that were sent."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from spanhouse.demo.plan import Step
from tests.e2e.conftest import Demo, Drive
from tests.e2e.sent import rows, token_count, tokens

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def root(demo: Demo) -> Step:
    """What was sent."""
    return demo.mix.root("an agent with tools")


@pytest.fixture(scope="module")
def last_chat(root: Step) -> Step:
    """The model call that answers the customer."""
    return [step for step in root.walk() if step.attributes.get("gen_ai.request.stream")][-1]


@pytest.fixture(scope="module")
def found(drive: Drive, demo: Demo, last_chat: Step) -> dict[str, Any]:
    """What one visit found."""
    return drive("conversation.mjs", demo.trace_id("an agent with tools"), last_chat.name)


def test_the_trace_s_tokens_are_those_of_its_calls(found: dict[str, Any], root: Step) -> None:
    """In the header exactly, in the list rounded alike."""
    read, written = tokens(root)
    assert found["tokens"] == f"{read:,} in, {written:,} out"
    listed = f"{compact(read)} in, {compact(written)} out"
    assert re.fullmatch(rf"{re.escape(listed)} \$0\.\d+", found["listed"]["tokens"])
    assert "gpt-5-mini" in found["listed"]["models"]
    assert "claude-sonnet-4-5" in found["listed"]["models"]


def test_every_span_of_the_agent_is_a_row(found: dict[str, Any], root: Step) -> None:
    """In the order of time; a model call tells its tokens."""
    assert [(row["level"], row["name"]) for row in found["trace"]["rows"]] == list(rows(root))
    told = [row["told"] for row in found["trace"]["rows"]]
    for step in root.walk():
        if step.name.startswith("chat "):
            pair = token_count(step, "input_tokens"), token_count(step, "output_tokens")
            assert any(f"{pair[0]} tokens in, {pair[1]} out" in one for one in told)


def test_a_model_call_shows_its_numbers(found: dict[str, Any], last_chat: Step) -> None:
    """Model, tokens in, from and to the cache, out, and why it stopped."""
    text = " ".join(found["chat"]["text"].split())
    assert found["chat"]["tab"] == "Conversation"
    assert str(last_chat.attributes["gen_ai.response.model"]) in text
    for name, label in (
        ("input_tokens", "in"),
        ("cache_read.input_tokens", "from cache"),
        ("cache_write.input_tokens", "to cache"),
        ("output_tokens", "out"),
    ):
        count = token_count(last_chat, name)
        assert count > 0
        assert f"{count:,} {label}" in text
    assert "finished: stop" in text


def test_the_conversation_is_told_in_order(found: dict[str, Any], last_chat: Step) -> None:
    """Instructions, every message that was sent, the answer last."""
    sent = json.loads(str(last_chat.attributes["gen_ai.input.messages"]))
    [answer] = json.loads(str(last_chat.attributes["gen_ai.output.messages"]))
    messages = found["chat"]["messages"]
    assert [message["role"] for message in messages] == [
        "system",
        *(message["role"] for message in sent),
        "assistant",
    ]
    assert sent[0]["parts"][0]["content"] in messages[1]["text"]
    said = messages[-1]["text"]
    assert answer["parts"][-1]["content"] in said
    assert "answer, stop" in said.lower()
    calls = [part for message in sent for part in message["parts"] if part["type"] == "tool_call"]
    text = found["chat"]["text"]
    for call in calls:
        assert call["name"] in text
        assert call["id"] in text
    assert json.loads(found["chat"]["tools"]) == json.loads(
        str(last_chat.attributes["gen_ai.tool.definitions"])
    )


def test_a_tool_call_shows_what_it_was_given_and_gave(found: dict[str, Any], root: Step) -> None:
    """Arguments and result; a tool that failed says why."""
    tool = found["tool"]
    [sent] = [step for step in root.walk() if step.name == "execute_tool get_order"]
    assert tool["tab"] == "Tool call"
    assert '"order_id": "7731"' in tool["text"]
    assert str(sent.attributes["gen_ai.tool.call.id"]) in tool["text"]
    assert "shipped" in tool["text"]
    failed = found["failed_tool"]
    assert failed["title"] == "execute_tool track_parcel"
    assert "JD014600003" in failed["text"]


def compact(count: int) -> str:
    """3,400 as 3.4k, as the list writes it."""
    return str(count) if count < 1000 else f"{count / 1000:.1f}k"
