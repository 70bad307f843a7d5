"""Evaluates alerts and tells of them, again and again, in one thread of one process.

All that must survive is in the events: a state is written before anyone is told, and a notification is written once it
was delivered. Killed in between, the next process tells again under the same notification_id: nothing is lost, and a
receiver can tell that it came twice.
"""

from __future__ import annotations

import logging
import math
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Protocol

from spanhouse.collector.store import Store

from ..answers.documents import SavedDocument
from ..documents import Documents
from ..errors import QueryError
from ..events import Emit
from ..reader import Reader
from ..settings import QuerySettings
from .delivery import Delivery, NotDelivered, Notification
from .log import AlertLog, Attempts, Told
from .rule import Rule, read_rule
from .states import Outcome, State, next_state

logger = logging.getLogger(__name__)

_TICK_SECONDS = 2.0
_RETRY_SECONDS = (1, 5, 15, 60, 300, 900, 1800, 3600)
_MAX_FAILURES = 20


class Answer(Protocol):
    """Of a user's SQL."""

    @property
    def rows(self) -> Sequence[Sequence[Any]]:
        """As JSON has them."""


Run = Callable[[str, str], Answer]
"""`run(project, sql)`; raises QueryError."""


class Evaluator:
    """Knows every project's alerts.

    Args:
        store: to read rules and events from.
        emit: stores events.
        run: answers the SQL of rules.
        delivery: sends notifications.
        settings: bounds on what reading may cost.
        clock: Unix nanoseconds.
    """

    def __init__(
        self,
        store: Store,
        emit: Emit,
        run: Run,
        delivery: Delivery,
        settings: QuerySettings | None = None,
        clock: Callable[[], int] = time.time_ns,
    ) -> None:
        self._reader = Reader(store, settings or QuerySettings(), "evaluate_alerts")
        self._documents = Documents(store, emit, settings)
        self._emit = emit
        self._run = run
        self._delivery = delivery
        self._clock = clock
        self._due: dict[tuple[str, str], int] = {}
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._loop, name="alerts", daemon=True)

    def start(self) -> None:
        """Begin, in a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """End after what is under way."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    def _loop(self) -> None:
        while not self._stopping.wait(_TICK_SECONDS):
            try:
                self.tick()
            except Exception:
                # Alerts go on when the store is back.
                logger.exception("alerts could not be evaluated; they are tried again")

    def tick(self) -> None:
        """Evaluate what is due, and tell what has not been told."""
        for row in self._reader.rows("alert_projects", {}):
            project = row["Project"]
            log = AlertLog(self._reader, self._emit, project)
            states = log.states()
            told = log.notifications(self._clock())
            for document in self._documents.list(project, "alert"):
                if self._stopping.is_set():
                    return
                self._alert(log, project, document, states.get(document.id, State()), told)

    def _alert(
        self,
        log: AlertLog,
        project: str,
        document: SavedDocument,
        state: State,
        told: dict[Told, Attempts],
    ) -> None:
        try:
            rule = read_rule(document.body)
        except QueryError as error:
            broken = State("error", self._clock(), state.incident, "", str(error))
            if (state.name, state.message) != ("error", broken.message):
                log.changed(document.id, broken)
            return
        now = self._clock()
        if rule.is_enabled and now >= self._due.get((project, document.id), 0):
            self._due[project, document.id] = now + rule.every_seconds * 10**9
            following = next_state(state, self._evaluate(project, rule), rule, document.id, now)
            if following is not state:
                log.changed(document.id, following)
                state = following
        self._tell(log, project, document, rule, state, told)
        self._tell_ends(log, project, document, rule, state, told)

    def _evaluate(self, project: str, rule: Rule) -> Outcome:
        try:
            return outcome(rule, self._run(project, rule.sql).rows)
        except QueryError as error:
            return Outcome("error", message=str(error))

    def _tell(
        self,
        log: AlertLog,
        project: str,
        document: SavedDocument,
        rule: Rule,
        state: State,
        told: dict[Told, Attempts],
    ) -> None:
        """That an incident is open, to each channel that was not told; that it is over, to those that were."""
        now = self._clock()
        if not state.incident or state.name not in ("firing", "ok") or rule.is_silenced(now):
            return
        for channel in rule.channels:
            key = Told(state.incident, channel.address, state.name)
            attempts = told.get(key, Attempts())
            began = told.get(key._replace(state="firing"), Attempts())
            if attempts.is_sent or not _is_due(attempts, now):
                continue
            if state.name == "ok" and not began.is_sent:
                continue
            notification = Notification(
                project=project,
                alert_id=document.id,
                name=document.name,
                severity=rule.severity,
                state=state.name,
                incident=state.incident,
                value=state.value,
                message=state.message,
                since_time_unix_nano=str(state.since),
            )
            failure = None
            try:
                self._delivery.send(channel, notification)
            except NotDelivered as error:
                failure = str(error)
            log.told(document.id, key, now, failure)
            told[key] = Attempts(failure is None, attempts.failures + (failure is not None), now)

    def _tell_ends(
        self,
        log: AlertLog,
        project: str,
        document: SavedDocument,
        rule: Rule,
        state: State,
        told: dict[Told, Attempts],
    ) -> None:
        """That earlier incidents are over, to those who were told that they began and not yet that they ended."""
        began = {
            key.incident
            for key, attempts in told.items()
            if key.state == "firing" and attempts.is_sent
        }
        for incident in sorted(began):
            if incident.startswith(f"{document.id}-") and incident != state.incident:
                ended = replace(state, name="ok", incident=incident)
                self._tell(log, project, document, rule, ended, told)


def outcome(rule: Rule, rows: Sequence[Sequence[Any]]) -> Outcome:
    """What an answer means to a rule."""
    if rule.condition.operator == "rows":
        count = float(len(rows))
        first = ", ".join(str(cell) for cell in rows[0]) if rows else ""
        return Outcome(
            "met" if rule.condition.is_met(count) else "not met", str(len(rows)), first[:1000]
        )
    value = _first_number(rows)
    if value is None:
        return Outcome("no data")
    if math.isnan(value):
        return Outcome("no data", "nan")
    operator, threshold = rule.condition.operator, rule.condition.threshold
    met = rule.condition.is_met(value)
    message = f"{value:g} {'is' if met else 'is not'} {operator} {threshold:g}"
    return Outcome("met" if met else "not met", f"{value:g}", message)


def _first_number(rows: Sequence[Sequence[Any]]) -> float | None:
    """64-bit integers and decimals come as text, and so do words."""
    for cell in rows[0] if rows else ():
        if isinstance(cell, bool) or cell is None:
            continue
        try:
            return float(cell)
        except (TypeError, ValueError):
            continue
    return None


def _is_due(attempts: Attempts, now: int) -> bool:
    if attempts.failures >= _MAX_FAILURES:
        return False
    if not attempts.failures:
        return True
    wait = _RETRY_SECONDS[min(attempts.failures, len(_RETRY_SECONDS)) - 1]
    return now - attempts.last >= wait * 10**9
