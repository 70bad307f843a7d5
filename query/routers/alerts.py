"""Alerts: their states, what they did, and trying one before it is saved. A rule is written as a document."""

from __future__ import annotations

import time
from typing import Annotated

from fastapi import APIRouter, Query, Request

from ..alerts.delivery import NotDelivered, Notification
from ..alerts.evaluator import outcome
from ..alerts.log import AlertLog
from ..alerts.rule import Rule
from ..answers.alerts import (
    AlertDeliveries,
    AlertDelivery,
    AlertEvents,
    AlertOutcome,
    AlertPreview,
    Alerts,
    AlertTest,
)
from ..errors import QueryError
from ..events import no_collector
from ..questions import alerts
from .parameters import PROBLEMS, Ask, Limit, Project

router = APIRouter(prefix="/api/alerts", tags=["alerts"], responses=PROBLEMS)

PREVIEW_ROWS = 100
"""Rows of an answer that an alert looks at."""


@router.get("", operation_id="list_alerts")
def list_alerts(request: Request, ask: Ask, project: Project) -> Alerts:
    """All alerts, by name, with the state they are in."""
    log = AlertLog(ask, no_collector, project)
    return alerts.alerts(request.app.state.documents, log, project)


@router.get("/events", operation_id="list_alert_events")
def list_alert_events(
    ask: Ask,
    project: Project,
    id: Annotated[str, Query(max_length=200, description='of one alert; "": of all')] = "",
    limit: Limit = 100,
) -> AlertEvents:
    """What alerts did: changes of state and notifications, the newest first."""
    return alerts.history(AlertLog(ask, no_collector, project), id, limit)


@router.post("/preview", operation_id="preview_alert")
def preview_alert(request: Request, project: Project, body: AlertPreview) -> AlertOutcome:
    """What a rule finds now; nothing is written and nobody is told."""
    rule = Rule(sql=body.sql, condition=body.condition)
    try:
        answer = request.app.state.user_sql.run(
            project, rule.sql, operation="preview_alert", row_limit=PREVIEW_ROWS
        )
        found = outcome(rule, answer.rows)
    except QueryError as error:
        return AlertOutcome(kind="error", value="", message=str(error))
    return AlertOutcome(kind=found.kind, value=found.value, message=found.message)


@router.post("/test", operation_id="test_alert")
def test_alert(request: Request, project: Project, body: AlertTest) -> AlertDeliveries:
    """Send a notification of the state `test` through each channel, once."""
    now = str(time.time_ns())
    notification = Notification(
        project, "test", body.name, "info", "test", f"test-{now}", "", "this is a test", now
    )
    deliveries = []
    for channel in body.channels:
        failure = ""
        try:
            request.app.state.delivery.send(channel, notification)
        except NotDelivered as error:
            failure = str(error)
        deliveries.append(AlertDelivery(channel=channel.address, failure=failure))
    return AlertDeliveries(deliveries=deliveries)
