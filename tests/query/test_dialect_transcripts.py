"""One agent's run has one transcript, whichever dialect it is sent in."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Api
from .test_dialects import DIALECTS, send
from .test_transcript import said
from .test_usage import priced_trace


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_run_has_the_same_transcript_in_every_dialect(api: Api, dialect: str) -> None:
    trace_id = send(api, DIALECTS[dialect])
    priced_trace(api, trace_id)
    found: Any = api.get(f"/api/traces/{trace_id}/transcript")
    cards: dict[str, list[Any]] = {}
    for card in found["cards"]:
        cards.setdefault(card["type"], []).append(card)
    [agent] = cards["agent"]
    first, second = cards["turn"]
    [tool] = cards["tool"]
    assert (agent["agent"], first["agent"], second["agent"]) == ("support",) * 3
    assert (first["turn"], second["turn"]) == (1, 2)
    assert said(first["new_messages"]) == ["user: Where is order 7731?"]
    assert [part["text"]["text"] for part in first["system"]] == ["Be brief."]
    assert said(first["output"]) == ['assistant: {"order_id":"7731"}']
    assert first["output"][0]["parts"][0]["span_id"] == tool["span_id"]
    assert tool["called_by_span_id"] == first["span_id"]
    assert said(second["new_messages"]) == ['tool: {"status":"shipped"}']
    assert (second["continues_span_id"], second["system"]) == (first["span_id"], [])
    assert (second["repeated_messages"], second["dropped_messages"]) == (2, 0)
    assert said(second["output"]) == ["assistant: It was shipped."]
    assert said(found["final_answer"]) == ["assistant: It was shipped."]
    for retrieval in cards.get("retrieval", []):
        if retrieval["operation"] == "retrieval":
            assert retrieval["query"]["text"] == "late parcels"
            assert [item["id"] for item in retrieval["documents"]] == ["help-1"]
    assert (found["usage"]["model_calls"], found["usage"]["tool_calls"]) == (2, 1)
    assert found["usage"]["cost"] == pytest.approx(0.00502016, rel=1e-9)
