"""A trace before it is sent: steps inside steps, each with its time relative to the step it is part of.

Pure: the same arguments give the same plan. A step is as long as what it does: the children one after the other (or
side by side) plus the time before, between and after them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from opentelemetry.trace import SpanKind
from opentelemetry.util.types import AttributeValue

Attributes = Mapping[str, AttributeValue]

INTERNAL, SERVER, CLIENT = SpanKind.INTERNAL, SpanKind.SERVER, SpanKind.CLIENT
PRODUCER, CONSUMER = SpanKind.PRODUCER, SpanKind.CONSUMER


@dataclass(frozen=True)
class Event:
    """A span event, `at` nanoseconds after the step's start."""

    name: str
    at: int
    attributes: Attributes


@dataclass(frozen=True)
class Note:
    """A log record written within the step, `at` nanoseconds after its start."""

    severity: str
    body: str
    at: int
    attributes: Attributes
    event_name: str | None = None


@dataclass(frozen=True)
class Step:
    """What becomes one span.

    `children` start at the nanoseconds beside them. `failed` is the message of an error status, `succeeded` sets OK,
    neither leaves it unset. `links` name the `key` of steps that come earlier in the plan.
    """

    service: str
    name: str
    kind: SpanKind
    took: int
    attributes: Attributes
    children: tuple[tuple[int, Step], ...] = ()
    events: tuple[Event, ...] = ()
    notes: tuple[Note, ...] = ()
    failed: str | None = None
    succeeded: bool = False
    key: str | None = None
    links: tuple[str, ...] = ()

    def with_event(self, name: str, at: float, attributes: Attributes) -> Step:
        """With an event, `at` milliseconds after the start."""
        return replace(self, events=(*self.events, Event(name, nano(at), attributes)))

    def with_note(
        self,
        severity: str,
        body: str,
        at: float,
        attributes: Attributes | None = None,
        event_name: str | None = None,
    ) -> Step:
        """With a log record, `at` milliseconds after the start."""
        note = Note(severity, body, nano(at), attributes or {}, event_name)
        return replace(self, notes=(*self.notes, note))

    @property
    def milliseconds(self) -> float:
        """How long it took."""
        return self.took / 1e6

    def walk(self) -> Iterator[Step]:
        """The step and everything inside it, parents first."""
        yield self
        for _, child in self.children:
            yield from child.walk()


def nano(milliseconds: float) -> int:
    """Milliseconds as nanoseconds."""
    return round(milliseconds * 1e6)


def leaf(
    service: str,
    name: str,
    kind: SpanKind,
    took: float,
    attributes: Attributes,
    failed: str | None = None,
) -> Step:
    """A step of `took` milliseconds with nothing inside."""
    return Step(service, name, kind, nano(took), attributes, failed=failed)


def sequence(
    service: str,
    name: str,
    kind: SpanKind,
    attributes: Attributes,
    children: list[Step],
    *,
    gap: float = 0.4,
    failed: str | None = None,
) -> Step:
    """A step that does `children` one after the other, `gap` milliseconds before, between and after."""
    now, placed = nano(gap), []
    for child in children:
        placed.append((now, child))
        now += child.took + nano(gap)
    return Step(service, name, kind, now, attributes, tuple(placed), failed=failed)


def side_by_side(
    service: str,
    name: str,
    kind: SpanKind,
    attributes: Attributes,
    children: list[Step],
    *,
    gap: float = 0.4,
    failed: str | None = None,
) -> Step:
    """A step that starts `children` `gap` milliseconds apart and waits for all."""
    placed = tuple((nano(gap) * (position + 1), child) for position, child in enumerate(children))
    end = max((start + child.took for start, child in placed), default=0)
    return Step(service, name, kind, end + nano(gap), attributes, placed, failed=failed)
