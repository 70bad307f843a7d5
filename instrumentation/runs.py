"""Runs that a library tells by callbacks: started and ended by an id, each inside another, current while it runs."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING

from opentelemetry import context as otel

from . import telemetry
from .operation import Answer, Invocation, Operation

if TYPE_CHECKING:
    from opentelemetry.context import Context


class Runs:
    """The runs under way, each with its invocation; hidden runs have none, and stand for the run around them."""

    def __init__(self) -> None:
        self._runs: dict[Hashable, tuple[Invocation | None, Context, Context]] = {}

    def start(
        self, run_id: Hashable, parent_id: Hashable | None, operation: Operation | None
    ) -> None:
        """Start the run `run_id`, inside `parent_id`, and make its context the current one."""
        writing = telemetry.current()
        if writing is None:
            return
        before = otel.get_current()
        parent = self._runs[parent_id][1] if parent_id in self._runs else before
        invocation = None if operation is None else Invocation(writing, operation, parent)
        inside = parent if invocation is None else invocation.context
        self._runs[run_id] = (invocation, inside, before)
        otel.attach(inside)

    def get(self, run_id: Hashable) -> Invocation | None:
        """The invocation of a run under way."""
        return self._runs[run_id][0] if run_id in self._runs else None

    def end(
        self, run_id: Hashable, answer: Answer | None = None, error: BaseException | None = None
    ) -> None:
        """End the run, and make the context before it the current one again."""
        run = self._runs.pop(run_id, None)
        if run is None:
            return
        invocation, inside, before = run
        if otel.get_current() is inside:
            # Not detached: a run may end in another task than it began in, where its token is not valid.
            otel.attach(before)
        if invocation is not None:
            if answer is not None:
                invocation.answer(answer)
            invocation.end(error)
