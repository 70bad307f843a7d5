"""Runs that a library tells by callbacks: started and ended by an id, each inside another, current while it runs."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING

from opentelemetry import context as otel
from opentelemetry.trace import get_current_span

from . import telemetry
from .context import Run, inside_run, living
from .operation import Answer, Invocation, Operation

if TYPE_CHECKING:
    from opentelemetry.context import Context


class Runs:
    """The runs under way, each with its invocation; hidden runs have none, and stand for the run around them."""

    def __init__(self) -> None:
        self._runs: dict[Hashable, tuple[Invocation | None, Context, Run]] = {}

    def start(
        self, run_id: Hashable, parent_id: Hashable | None, operation: Operation | None
    ) -> None:
        """Start the run `run_id`, inside `parent_id`, and make its context the current one."""
        writing = telemetry.current()
        if writing is None:
            return
        before = living(otel.get_current())
        parent = self._runs[parent_id][1] if parent_id in self._runs else before
        invocation = None if operation is None else Invocation(writing, operation, parent)
        inside = parent if invocation is None else invocation.context
        run = Run(get_current_span(inside), before)
        inside = inside_run(run, inside)
        self._runs[run_id] = (invocation, inside, run)
        otel.attach(inside)

    def get(self, run_id: Hashable) -> Invocation | None:
        """The invocation of a run under way."""
        return self._runs[run_id][0] if run_id in self._runs else None

    def end(
        self, run_id: Hashable, answer: Answer | None = None, error: BaseException | None = None
    ) -> None:
        """End the run, and make the context before it the current one again."""
        if (invocation := self.leave(run_id)) is not None:
            if answer is not None:
                invocation.answer(answer)
            # A stream that its reader leaves has not failed.
            invocation.end(None if isinstance(error, GeneratorExit) else error)

    def leave(self, run_id: Hashable) -> Invocation | None:
        """Make the context before the run the current one again; its invocation is the caller's to end."""
        known = self._runs.pop(run_id, None)
        if known is None:
            return None
        invocation, inside, run = known
        run.ended = True
        if otel.get_current() is inside:
            # Not detached: a run may end in another task than it began in, where its token is not valid.
            otel.attach(living(run.before))
        return invocation
