"""Answers and questions of alerts."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from ..alerts.rule import Channel, Condition, Rule
from ..alerts.states import StateName


class Alert(BaseModel):
    """A rule and the state it is in."""

    id: str
    name: str
    rule: Rule | None = Field(description="null where the document holds none: see problem")
    problem: str = Field(description='why the document cannot be read; "" where it can')
    state: StateName
    since_time_unix_nano: str = Field(description='"0": never evaluated')
    incident: str = Field(description='"" where none is open')
    value: str
    message: str
    is_silenced: bool
    updated_time_unix_nano: str = Field(description="of the document")


class Alerts(BaseModel):
    """By name."""

    alerts: list[Alert]


class AlertEvent(BaseModel):
    """A change of state, or an attempt to tell of one."""

    kind: Literal["state", "notification"]
    time_unix_nano: str
    alert_id: str
    state: str
    incident: str
    value: str
    channel: str = Field(description="of a notification")
    outcome: Literal["", "sent", "failed"]
    message: str


class AlertEvents(BaseModel):
    """The newest first."""

    events: list[AlertEvent]
    is_complete: bool = Field(description="whether there are no older ones")


class AlertPreview(BaseModel):
    """A rule that is not saved yet."""

    sql: str = Field(min_length=1, max_length=100_000)
    condition: Condition


class AlertOutcome(BaseModel):
    """What a rule finds now."""

    kind: Literal["met", "not met", "no data", "error"]
    value: str
    message: str


class AlertTest(BaseModel):
    """Channels to try."""

    name: str = "a test"
    channels: list[Channel] = Field(min_length=1, max_length=10)


class AlertDelivery(BaseModel):
    """What became of a test."""

    channel: str
    failure: str = Field(description='"": it was delivered')


class AlertDeliveries(BaseModel):
    """One per channel."""

    deliveries: list[AlertDelivery]
