"""For tests of instrumented programs: the spans a block of code made, in memory; a pytest plugin with the
fixture `telemetry`.

    def test_the_agent_asks_once(telemetry):
        agent.run("Hello")
        assert [span.name for span in telemetry.spans()] == ["chat gpt-4o", "invoke_agent helper"]

Ids count from 1 and each look at the clock is a second later, so that a whole span can be compared with a
literal. An error of spanhouse's own, which a program would never see, fails the test."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from opentelemetry import trace
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.sdk.trace.id_generator import IdGenerator

from . import errors
from .instrument import Report, instrument, uninstrument
from .native import Normalising

if TYPE_CHECKING:
    from opentelemetry.util.types import AttributeValue


class CountedIds(IdGenerator):
    """Trace and span ids 1, 2, 3 ..."""

    def __init__(self) -> None:
        self._traces, self._spans = itertools.count(1), itertools.count(1)

    def restart(self) -> None:
        """Count from 1 again."""
        self.__init__()  # type: ignore[misc]

    def generate_span_id(self) -> int:
        """The next span's id."""
        return next(self._spans)

    def generate_trace_id(self) -> int:
        """The next trace's id."""
        return next(self._traces)


class Captured:
    """What was told since the start, or the last `clear()`."""

    def __init__(self, exporter: InMemorySpanExporter, ids: CountedIds, report: Report) -> None:
        self._exporter, self._ids = exporter, ids
        self.report = report
        self.errors: list[str] = []

    def spans(self) -> list[ReadableSpan]:
        """The spans that have ended, in the order of their ends."""
        return list(self._exporter.get_finished_spans())

    def written(self) -> list[dict[str, Any]]:
        """The same as plain dictionaries: {name, kind, parent, status, attributes, events}; parent is a span's
        id or None."""
        return [written(span) for span in self.spans()]

    def clear(self) -> None:
        """Forget them, and count ids from 1 again."""
        self._exporter.clear()
        self._ids.restart()


def written(span: ReadableSpan) -> dict[str, Any]:
    """A span as a plain dictionary, to be compared with a literal."""
    attributes: dict[str, AttributeValue] = dict(span.attributes or {})
    return {
        "name": span.name,
        "kind": span.kind.name,
        "id": span.context.span_id if span.context is not None else None,
        "parent": None if span.parent is None else span.parent.span_id,
        "status": span.status.status_code.name,
        "attributes": {
            key: list(value) if isinstance(value, tuple) else value
            for key, value in attributes.items()
        },
        "events": [event.name for event in span.events],
    }


_provider: TracerProvider | None = None
_exporter = InMemorySpanExporter()
_ids = CountedIds()


@contextmanager
def captured(**settings: Any) -> Iterator[Captured]:
    """`instrument(**settings)` for the block, with spans kept in memory; raises AssertionError at its end if an
    error of ours was swallowed."""
    global _provider
    if _provider is None:
        # OpenTelemetry lets a process set its provider once.
        _provider = TracerProvider(
            id_generator=_ids, resource=Resource.create({"service.name": "test"})
        )
        _provider.add_span_processor(SimpleSpanProcessor(Normalising(_exporter)))
        trace.set_tracer_provider(_provider)
        if trace.get_tracer_provider() is not _provider:
            raise RuntimeError(
                "captured() found a tracer provider that was set before: call it before anything else sets one"
            )
    _exporter.clear()
    _ids.restart()
    kept = Captured(_exporter, _ids, instrument(**settings))
    stop = errors.listen(
        lambda doing, error: kept.errors.append(f"{doing}: {type(error).__name__}: {error}")
    )
    try:
        yield kept
    finally:
        uninstrument()
        stop()
    assert not kept.errors, f"spanhouse swallowed errors of its own: {kept.errors}"


def pytest_configure(config: Any) -> None:
    """Pytest calls this: `-p spanhouse.instrumentation.testing` switches the plugin on."""
    import pytest

    class Plugin:
        @pytest.fixture
        def telemetry(self) -> Iterator[Captured]:
            with captured() as kept:
                yield kept

    config.pluginmanager.register(Plugin(), "spanhouse-telemetry")
