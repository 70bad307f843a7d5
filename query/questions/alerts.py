"""Alerts with the states they are in, and what they did."""

from __future__ import annotations

import time
from typing import Any

from ..alerts.log import AlertLog
from ..alerts.rule import Rule, read_rule
from ..alerts.states import State
from ..answers.alerts import Alert, AlertEvent, AlertEvents, Alerts
from ..answers.documents import SavedDocument
from ..documents import Documents
from ..errors import InvalidQuestion


def alerts(documents: Documents, log: AlertLog, project: str) -> Alerts:
    """All of a project."""
    states = log.states()
    return Alerts(
        alerts=[
            _alert(document, states.get(document.id, State()))
            for document in documents.list(project, "alert")
        ]
    )


def history(log: AlertLog, alert_id: str, limit: int) -> AlertEvents:
    """The last events of one alert, or of all for ""."""
    rows = log.history(alert_id, limit + 1)
    return AlertEvents(events=[_event(row) for row in rows[:limit]], is_complete=len(rows) <= limit)


def _alert(document: SavedDocument, state: State) -> Alert:
    rule: Rule | None = None
    problem = ""
    try:
        rule = read_rule(document.body)
    except InvalidQuestion as error:
        problem = str(error)
    return Alert(
        id=document.id,
        name=document.name,
        rule=rule,
        problem=problem,
        state=state.name,
        since_time_unix_nano=str(state.since),
        incident=state.incident,
        value=state.value,
        message=state.message,
        is_silenced=rule is not None and rule.is_silenced(time.time_ns()),
        updated_time_unix_nano=document.updated_time_unix_nano,
    )


def _event(row: dict[str, Any]) -> AlertEvent:
    return AlertEvent(
        kind="state" if row["EventName"].endswith(".state") else "notification",
        time_unix_nano=str(row["TimeNano"]),
        alert_id=row["AlertId"],
        state=row["StateName"],
        incident=row["Incident"],
        value=row["AlertValue"],
        channel=row["Channel"],
        outcome=row["Outcome"],
        message=row["Body"],
    )
