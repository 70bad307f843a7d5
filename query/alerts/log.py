"""What alerts did, read from and written as events; the only memory that alerts have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

from spanhouse.instrumentation import semconv

from ..events import Emit, Event
from ..reader import Reader
from .states import State, StateName

# A notification that could not be sent for as long is not sent any more.
_REMEMBERED_NANO = 7 * 86400 * 10**9


class Told(NamedTuple):
    """Which message of an incident went through which channel."""

    incident: str
    channel: str
    state: str
    """`firing`, or `ok` that says it is over."""


@dataclass(frozen=True)
class Attempts:
    """What became of a notification so far."""

    is_sent: bool = False
    failures: int = 0
    last: int = 0
    """Unix nanoseconds of the last attempt."""


class AlertLog:
    """The events of one project's alerts."""

    def __init__(self, reader: Reader, emit: Emit, project: str) -> None:
        self._reader = reader
        self._emit = emit
        self._project = project

    def states(self) -> dict[str, State]:
        """By the alert's id; one that never changed is not there."""
        rows = self._reader.rows("alert_states", {"project": self._project})
        return {
            row["AlertId"]: State(
                cast(StateName, row["StateName"]),
                row["SinceNano"],
                row["Incident"],
                row["AlertValue"],
                row["Message"],
            )
            for row in rows
        }

    def notifications(self, now: int) -> dict[Told, Attempts]:
        """Of the incidents that may still be told of."""
        parameters = {"project": self._project, "since": now - _REMEMBERED_NANO}
        return {
            Told(row["Incident"], row["Channel"], row["StateName"]): Attempts(
                bool(row["IsSent"]), row["Failures"], row["LastNano"]
            )
            for row in self._reader.rows("alert_notifications", parameters)
        }

    def history(self, alert_id: str, limit: int) -> list[dict[str, Any]]:
        """The last events of an alert, the newest first; "" is of all."""
        parameters = {"project": self._project, "alert": alert_id, "limit": limit}
        return self._reader.rows("alert_events", parameters)

    def changed(self, alert_id: str, state: State) -> None:
        """Write that an alert came into a state."""
        self._write(
            semconv.ALERT_STATE,
            state.since,
            {
                semconv.ALERT_ID: alert_id,
                semconv.ALERT_STATE_NAME: state.name,
                semconv.ALERT_INCIDENT: state.incident,
                semconv.ALERT_VALUE: state.value,
            },
            state.message,
        )

    def told(self, alert_id: str, told: Told, now: int, failure: str | None) -> None:
        """Write that a notification was delivered, or why it was not."""
        self._write(
            semconv.ALERT_NOTIFICATION,
            now,
            {
                semconv.ALERT_ID: alert_id,
                semconv.ALERT_INCIDENT: told.incident,
                semconv.ALERT_CHANNEL: told.channel,
                semconv.ALERT_STATE_NAME: told.state,
                semconv.ALERT_OUTCOME: "sent" if failure is None else "failed",
            },
            failure or "",
        )

    def _write(self, name: str, at: int, attributes: Mapping[str, str], body: str) -> None:
        self._emit(self._project, Event(name, at, attributes, body).request())
