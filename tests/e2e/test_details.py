"""The details of a span hold everything that was sent with it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.e2e.conftest import Drive, StockProgram

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def found(drive: Drive, stock_program: Callable[[str], StockProgram]) -> dict[str, Any]:
    """What one visit found."""
    sent = stock_program("details").run()
    return drive("details.mjs", "details", sent) | {"trace_id": sent}


def test_the_overview_says_when_how_long_and_what_came_of_it(found: dict[str, Any]) -> None:
    """With the attributes under it."""
    overview = found["overview"]
    assert (overview["title"], overview["tab"]) == ("POST /orders", "Overview")
    assert overview["facts"]["Status"] == "unset"
    assert overview["facts"]["After start"] == "0 s"
    assert overview["facts"]["order.id"] == "A-1017"


def test_attributes_keep_their_type(found: dict[str, Any]) -> None:
    """An empty text is not nothing; JSON is laid out."""
    attributes = found["attributes"]["facts"]
    assert attributes["order.items"] == "3int"
    assert attributes["order.weight_kg"] == "2.5double"
    assert attributes["order.gift"] == "truebool"
    assert attributes["order.note"] == "empty text"
    assert json.loads(attributes["order.tags"].removesuffix("array")) == ["fragile", "express"]
    assert '"sku": "lamp"' in attributes["order.payload"]
    assert "\n" in attributes["order.payload"]
    assert list(found["filtered"]["facts"]) == ["order.gift"]


def test_events_stand_at_their_time(found: dict[str, Any]) -> None:
    """With their attributes."""
    events = found["events"]
    assert events["title"] == "reserve stock"
    assert "stock reserved" in events["text"]
    assert events["facts"] == {"stock.left": "41int"}


def test_the_tab_and_the_span_are_in_the_address(found: dict[str, Any]) -> None:
    """A link to a tab of a span opens it."""
    assert "tab=events" in found["address"]
    assert (found["reloaded"]["title"], found["reloaded"]["tab"][:6]) == ("reserve stock", "Events")


def test_a_link_leads_to_the_other_trace(found: dict[str, Any]) -> None:
    """To its span, with the link's own attributes beside it."""
    assert found["links"]["facts"]["link.reason"] == "webhook"
    linked = found["linked"]
    assert linked["title"] == "orders receive webhook"
    assert [row["selected"] for row in linked["rows"]] == [True]
    assert linked["panel"]["title"] == "receive webhook"
    assert found["links"]["facts"]["Trace id"] in linked["address"]


def test_resource_and_scope_say_where_it_comes_from(found: dict[str, Any]) -> None:
    """The service, the SDK and the tracer."""
    facts = found["resource"]["facts"]
    assert facts["service.name"] == "orders"
    assert facts["service.version"] == "3.2.1"
    assert facts["telemetry.sdk.language"] == "python"
    assert (facts["Name"], facts["Version"]) == ("shop.tracing", "0.9")
    assert facts["scope.team"] == "checkout"


def test_the_raw_json_is_the_span_and_can_be_copied(found: dict[str, Any]) -> None:
    """Whole, as the API sent it."""
    raw = json.loads(found["copied"])
    assert raw["trace_id"] == found["trace_id"]
    assert (raw["name"], raw["kind"]) == ("POST /orders", "SERVER")
    assert {"key": "order.items", "type": "int", "value": "3"} in raw["attributes"]
    assert (
        json.loads(found["raw"]["text"].partition("{")[1] + found["raw"]["text"].partition("{")[2])
        == raw
    )


def test_an_error_is_seen_in_the_row_and_told_in_full(found: dict[str, Any]) -> None:
    """Message, exception and stack trace."""
    assert found["error_row"]["error"]
    assert "error" in found["error_row"]["told"]
    text = found["error"]["text"]
    assert "card declined" in text
    assert "CardDeclined card ending 4242 was declined" in text.replace("__main__.", "")
    assert "Traceback" in text or "CardDeclined: card ending" in text
    assert found["error"]["facts"]["Status"] == "error"
    assert found["closed"]


def test_an_attribute_leads_to_the_traces_that_share_it(found: dict[str, Any]) -> None:
    """From the details to the list."""
    listed = found["listed"]
    assert listed["search"] == "order.id = A-1017"
    assert [row["trace_id"] for row in listed["rows"]] == [found["trace_id"]]
