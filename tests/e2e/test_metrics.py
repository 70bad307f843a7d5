"""Metrics, dashboards, the map and alerts, on what the demo sent."""

from __future__ import annotations

import pytest

from tests.e2e.conftest import Demo, Drive

pytestmark = pytest.mark.e2e


def test_metrics_lead_from_a_list_to_a_dashboard_a_map_and_an_alert(
    drive: Drive, demo: Demo
) -> None:
    found = drive("metrics.mjs")
    assert {"http.server.request.duration", "shop.orders.waiting", "shop.requests"} <= set(
        found["names"]
    )
    assert found["painted"]
    routes = {row.split("\t")[0].strip() for row in found["routes"]}
    assert {"/", "/cart", "/checkout", "/products/{id}"} <= routes
    assert [row.split("\t")[0].strip() for row in found["filtered"]] == ["/cart"]
    assert "by=http.route" in found["address"]
    assert found["reloaded"] == found["filtered"]
    assert found["dashboard"] == "shop.requests"
    assert int(found["calls"].replace(",", "").replace("k", "")) > 0
    assert found["problems"] == []
    assert {"cart", "payment"} <= set(found["calls_of_frontend"])
    assert found["traces"] == 'service = "frontend" and status = error'
    assert found["tried"] == "met: 7 is > 0.05"
    assert "firing" in found["fired"]
