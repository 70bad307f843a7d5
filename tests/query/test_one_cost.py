"""Tokens and costs of a trace: one figure wherever it is read, and nothing counted twice."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Api
from .sent import HOUR, MS, SECOND, T0, Value, span, trace_id, traces
from .test_transcript import agent, chat, text
from .test_usage import priced

# gpt-4o: 2.5 US dollars a million input tokens, 10 a million output tokens.
USED: dict[str, Value] = {"gen_ai.usage.input_tokens": 1000, "gen_ai.usage.output_tokens": 100}
ONE, TWO = 0.0035, 0.007


def send(api: Api) -> None:
    """An agent repeats the usage of its two calls, and one call is reported by a wrapper too."""
    call = (
        chat([text("user", "hello?")], text("assistant", "hi"))
        | {"gen_ai.request.model": "gpt-4o"}
        | USED
    )
    repeats = agent("a") | {
        "session.id": "s",
        "gen_ai.usage.input_tokens": 2000,
        "gen_ai.usage.output_tokens": 200,
    }
    api.send(
        traces(
            [
                span(1, 1, "agent", duration=SECOND, attributes=repeats),
                span(1, 2, "chat", parent=1, start=MS, duration=9 * MS, attributes=call),
                span(1, 3, "chat", parent=2, start=2 * MS, duration=MS, attributes=call),
                span(1, 4, "chat", parent=1, start=20 * MS, attributes=call),
            ]
        )
    )
    priced(api)


def test_every_answer_has_the_same_cost(api: Api) -> None:
    send(api)
    path = f"/api/traces/{trace_id(1)}"
    transcript: Any = api.get(f"{path}/transcript")
    graph: Any = api.get(f"{path}/graph")
    digest: Any = api.get(f"{path}/digest", format="json")
    compared: Any = api.get("/api/traces/compare", left=trace_id(1), right=trace_id(1))
    window = {"start": T0, "end": T0 + HOUR}
    [session] = api.get("/api/sessions", **window)["sessions"]
    [listed] = api.get("/api/traces", **window)["traces"]
    nodes = {node["kind"]: node for node in graph["nodes"]}
    found = [
        listed,
        transcript["usage"],
        transcript["cards"][0]["usage"],
        digest["usage"],
        compared["left"],
        nodes["model"],
        nodes["agent"],
        session,
    ]
    assert [(item["input_tokens"], item["output_tokens"]) for item in found] == [(2000, 200)] * 8
    assert [item["cost"] for item in found] == [pytest.approx(TWO, rel=1e-9)] * 8


def test_a_turn_and_a_step_have_their_own_cost(api: Api) -> None:
    send(api)
    cards = api.get(f"/api/traces/{trace_id(1)}/transcript")["cards"]
    assert [card["cost"] for card in cards if card["type"] == "turn"] == [ONE, ONE]
    assert "$0.0035" in api.ask(f"/api/traces/{trace_id(1)}/digest").text
    step = api.get("/api/traces/compare", left=trace_id(1), right=trace_id(1))["steps"][1]
    assert (step["left"]["cost"], step["cost_difference"]) == (ONE, 0)
