"""What follows from an evaluation: pure.

ok -> pending -> firing -> ok. An incident begins when it fires and ends when it is ok again: without data, or with an
error, nobody knows that it is over.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .rule import Rule

StateName = Literal["ok", "pending", "firing", "no data", "error"]


@dataclass(frozen=True)
class Outcome:
    """What one evaluation found."""

    kind: Literal["met", "not met", "no data", "error"]
    value: str = ""
    message: str = ""


@dataclass(frozen=True)
class State:
    """An alert's state; `since` in Unix nanoseconds."""

    name: StateName = "ok"
    since: int = 0
    incident: str = ""
    """Of the incident that is open; "": none."""
    value: str = ""
    message: str = ""


def next_state(state: State, outcome: Outcome, rule: Rule, alert_id: str, now: int) -> State:
    """The state after an evaluation at `now`; the same object where nothing changed but the value."""
    name = _next_name(state, outcome, rule, now)
    if name == state.name:
        return state
    incident = state.incident
    if name == "firing" and not incident:
        incident = f"{alert_id}-{now}"
    if name == "ok":
        incident = ""
    return State(name, now, incident, outcome.value, outcome.message)


def _next_name(state: State, outcome: Outcome, rule: Rule, now: int) -> StateName:
    if outcome.kind == "error":
        return "error"
    if outcome.kind == "no data":
        return "no data"
    if outcome.kind == "not met":
        return "ok"
    if state.incident or rule.for_seconds == 0:
        return "firing"
    if state.name == "pending":
        return "firing" if now - state.since >= rule.for_seconds * 10**9 else "pending"
    return "pending"
