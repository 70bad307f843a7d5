"""One `BaseInstrumentor` per library for `opentelemetry-instrument`: entry points `spanhouse-openai` and so on.

The names are our own, so another suite's `openai` stays another's; OTEL_PYTHON_DISABLED_INSTRUMENTATIONS takes them.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from opentelemetry.instrumentation.instrumentor import BaseInstrumentor  # type: ignore[attr-defined]

from .instrument import instrument_library, uninstrument_library
from .libraries import DISTRIBUTIONS


class LibraryInstrumentor(BaseInstrumentor):  # type: ignore[misc]
    """Traces the library `name`; the first of them that is switched on sets up what they share."""

    name = ""

    def instrumentation_dependencies(self) -> Collection[str]:
        """The library, in any version: which one works is `instrument()`'s to say."""
        return (DISTRIBUTIONS[self.name],)

    def _instrument(self, **settings: Any) -> None:
        settings.pop("skip_dep_check", None)
        instrument_library(
            self.name,
            **{key: value for key, value in settings.items() if key in ("endpoint", "project")},
        )

    def _uninstrument(self, **settings: Any) -> None:
        uninstrument_library(self.name)


def __getattr__(name: str) -> type[LibraryInstrumentor]:
    """The instrumentor of a library, by the library's name. Raises AttributeError for another name."""
    if name not in DISTRIBUTIONS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    made = type(f"{name}_instrumentor", (LibraryInstrumentor,), {"name": name, "_instance": None})
    globals()[name] = made
    return made
