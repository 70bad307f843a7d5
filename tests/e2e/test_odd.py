"""Traces that no careful program sends stay readable: too long, given twice, at a time that cannot be."""

from __future__ import annotations

import json
import time
import urllib.request
from typing import Any

import pytest

from tests.e2e.conftest import Drive
from tests.spanhouse.command import RunningServer

pytestmark = pytest.mark.e2e

PROJECT = "odd"
LONG, TWICE, SKEWED = "a1" * 16, "a2" * 16, "a3" * 16
SECOND = 10**9
QUERY = "SELECT 1; " * 10_000


def span(trace_id: str, number: int, parent: int, start: int, name: str, **more: Any) -> Any:
    """One second long, in OTLP JSON; `start` counts from a minute ago."""
    begin = (int(time.time()) - 60) * SECOND + start
    return {
        "traceId": trace_id,
        "spanId": f"{number:016x}",
        "parentSpanId": f"{parent:016x}" if parent else "",
        "name": name,
        "startTimeUnixNano": str(begin),
        "endTimeUnixNano": str(begin + SECOND),
        **more,
    }


def resource_spans(service: str, *spans: Any) -> Any:
    """Of one service."""
    attribute = {"key": "service.name", "value": {"stringValue": service}}
    return {"resource": {"attributes": [attribute]}, "scopeSpans": [{"spans": spans}]}


@pytest.fixture(scope="module")
def found(drive: Drive, server: RunningServer) -> dict[str, Any]:
    """What one visit found."""
    query = {"key": "db.query.text", "value": {"stringValue": QUERY}}
    body = {
        "resourceSpans": [
            resource_spans("s" * 300, span(LONG, 1, 0, 0, "n" * 500, attributes=[query])),
            resource_spans(
                "twice",
                span(TWICE, 1, 0, 0, "root"),
                span(TWICE, 2, 1, 1, "one"),
                span(TWICE, 2, 1, 2, "another"),
                span(TWICE, 3, 1, 3, "last"),
            ),
            resource_spans("client", span(SKEWED, 1, 0, 0, "call")),
            resource_spans("server", span(SKEWED, 2, 1, -3 * SECOND, "answer")),
        ]
    }
    post = urllib.request.Request(
        f"{server.http}/v1/traces",
        json.dumps(body).encode(),
        {"content-type": "application/json", "x-spanhouse-project": PROJECT},
    )
    with urllib.request.urlopen(post, timeout=60) as answer:
        assert json.loads(answer.read()) in ({}, {"partialSuccess": {}})
    return drive("odd.mjs", PROJECT, LONG, TWICE, SKEWED)


@pytest.mark.parametrize("width", ["1440", "390"])
def test_a_long_name_leaves_room_for_the_tools(found: dict[str, Any], width: str) -> None:
    """800 characters of service and name."""
    assert found["widths"][width] == {"apart": True, "scroll": int(width)}


def test_a_long_value_is_shown_in_part_until_asked_for(found: dict[str, Any]) -> None:
    """100 kB."""
    assert found["value"]["short"] < 3100
    assert found["value"]["whole"] >= len(QUERY.strip())


def test_the_keys_walk_past_spans_that_share_an_id(found: dict[str, Any]) -> None:
    """The address tells them apart, the details say that there are two."""
    assert found["walked"] == ["1", "2", "3", "4"]
    assert found["twice"]["address"].endswith(f"span={2:016x}&nth=1")
    assert "2 spans of this trace have the same id" in found["twice"]["details"]


def test_a_span_before_its_parent_says_that_the_clocks_differ(found: dict[str, Any]) -> None:
    """And by how much."""
    assert "Starts 3 s before its parent: the clocks differ" in found["skewed"]
