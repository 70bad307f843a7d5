"""`instrument()`: one call that traces every library a program has, before or after it is imported;
`uninstrument()` takes it back."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any, Literal

import wrapt
from opentelemetry.trace import NoOpTracer

from . import libraries, plumbing, telemetry
from .content import Redact
from .engine import Conflict, Library, Missing, Undo, Wrapped
from .errors import guarded, swallow
from .providers import Providers, connect
from .settings import Settings, decide

if TYPE_CHECKING:
    from types import ModuleType

State = Literal["ok", "native", "skipped", "conflict"]


@dataclass(frozen=True, slots=True)
class Status:
    """How a library is traced: `ok`, `native` (it makes its spans itself), `skipped` or `conflict`, with the
    reason."""

    state: State
    why: str = ""

    def __str__(self) -> str:
        return f"{self.state}: {self.why}" if self.why else self.state


class Report(Mapping[str, Status]):
    """Library -> Status, of each library we know; `exports_to` says where the telemetry goes. It changes as
    libraries are imported."""

    def __init__(self, exports_to: str) -> None:
        self.exports_to = exports_to
        self._statuses: dict[str, Status] = {}

    def __getitem__(self, name: str) -> Status:
        return self._statuses[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._statuses)

    def __len__(self) -> int:
        return len(self._statuses)

    def note(self, name: str, status: Status) -> None:
        """Say how `name` is traced."""
        self._statuses[name] = status

    def __repr__(self) -> str:
        shown = [(name, status) for name, status in self.items() if status.why != NOT_INSTALLED]
        lines = [f"  {name:20} {status}" for name, status in shown]
        absent = len(self) - len(shown)
        return "\n".join(
            [
                f"spanhouse exports to {self.exports_to}",
                *lines,
                f"  ({absent} more are not installed)",
            ]
        )


NOT_INSTALLED = "not installed"


@dataclass(slots=True)
class _Active:
    """What `instrument()` did, to be taken back."""

    settings: Settings
    providers: Providers
    report: Report
    undo: list[Undo] = field(default_factory=list)
    wrapped: dict[str, Wrapped] = field(default_factory=dict)


_active: _Active | None = None


def instrument(
    endpoint: str | None = None,
    *,
    protocol: str | None = None,
    project: str | None = None,
    api_key: str | None = None,
    service_name: str | None = None,
    content: bool | str | None = None,
    content_limit: int | None = None,
    redact: Iterable[str | Redact] | None = None,
    include: Iterable[str] | None = None,
    exclude: Iterable[str] = (),
    http_spans: bool | None = None,
) -> Report:
    """Trace every library of this program that spanhouse knows, imported already or later, until `uninstrument()`.

    An existing OpenTelemetry provider is used; without one, one is made that exports over OTLP. A second call
    changes nothing and gives the first one's report. The program's behaviour does not change, and no error of
    ours reaches it.

    Args:
        endpoint: OTLP address, "http://host:4318". Default: SPANHOUSE_ENDPOINT, then OTEL_EXPORTER_OTLP_*, then
            this machine.

        protocol: "http/protobuf" (default) or "grpc"; OTEL_EXPORTER_OTLP_PROTOCOL.

        project: the project on the server; SPANHOUSE_PROJECT, then "default".

        api_key: key of a server that asks for one; SPANHOUSE_API_KEY.

        service_name: `service.name`; OTEL_SERVICE_NAME, then the program's file.

        content: whether prompts, answers and arguments are written: True (default), False, or OpenTelemetry's
            SPAN_ONLY, EVENT_ONLY, SPAN_AND_EVENT, NO_CONTENT; SPANHOUSE_CONTENT, then
            OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT.

        content_limit: characters of one text (32,768); a longer one is shortened and says so.

        redact: what is removed from texts: "keys" (default), "email", "cards", or functions from text to text.

        include: names of libraries; only these are traced.

        exclude: names of libraries that are not traced.

        http_spans: whether HTTP instrumentations make spans of their own inside a model call (False);
            SPANHOUSE_HTTP_SPANS.

    Returns:
        How each library is traced.

    Raises:
        InvalidSettings: an argument or variable cannot be used.
    """
    global _active
    if _active is not None:
        return _active.report
    settings = decide(
        endpoint, protocol=protocol, project=project, api_key=api_key, service_name=service_name, content=content,
        content_limit=content_limit, redact=redact, include=include, exclude=exclude, http_spans=http_spans,
        known=(*libraries.DISTRIBUTIONS, *plumbing.DISTRIBUTIONS),
    )  # fmt: skip
    providers = connect(settings)
    _active = _Active(settings, providers, Report(providers.exports_to))
    # OTEL_SDK_DISABLED: a wrapped function then asks once whether anything is written, and goes on.
    off = isinstance(providers.telemetry.tracer, NoOpTracer)
    telemetry.use(None if off else providers.telemetry)
    for name in libraries.DISTRIBUTIONS:
        if settings.include is not None and name not in settings.include:
            _note(name, "skipped", "not in include")
        elif name in settings.exclude:
            _note(name, "skipped", "excluded")
        else:
            _instrument(_active, name)
    with guarded("switching on OpenTelemetry's instrumentations"):
        _active.undo.append(
            plumbing.switch_on(settings, lambda name, state, why: _note(name, state, why))
        )
    return _active.report


def instrument_library(name: str, **settings: Any) -> Status:
    """Trace the library `name` beside those traced already; the first call takes the settings of `instrument()`.

    Returns how it is traced. Raises InvalidSettings, and KeyError for a name that is not known.
    """
    if name not in libraries.DISTRIBUTIONS:
        raise KeyError(f"{name!r} is not known: known are {', '.join(libraries.DISTRIBUTIONS)}")
    instrument(**{**settings, "include": ()})
    if _active is not None and name not in _active.wrapped and name not in _active.settings.exclude:
        _instrument(_active, name)
    return Status("skipped", "instrument() failed") if _active is None else _active.report[name]


def uninstrument_library(name: str) -> None:
    """Restore the library `name`; with the last one, everything is taken back."""
    if _active is not None and (wrapped := _active.wrapped.pop(name, None)) is not None:
        wrapped.unwrap()
        _note(name, "skipped", "uninstrumented")
        if not _active.wrapped:
            uninstrument()


def uninstrument() -> None:
    """Restore every library as it was, send what waits, and take our exporter away. Without `instrument()`:
    nothing."""
    global _active
    active, _active = _active, None
    if active is None:
        return
    telemetry.use(None)
    for wrapped in active.wrapped.values():
        wrapped.unwrap()
    while active.undo:
        with guarded("switching a library back"):
            active.undo.pop()()
    active.providers.close()


def flush(timeout_seconds: float = 10) -> bool:
    """Send what waits; whether that was done within `timeout_seconds`."""
    return _active is None or _active.providers.flush(int(timeout_seconds * 1000))


def _note(name: str, state: State, why: str = "") -> None:
    if _active is not None:
        _active.report.note(name, Status(state, why))


def _instrument(active: _Active, name: str) -> None:
    distribution = libraries.DISTRIBUTIONS[name]
    try:
        installed = version(distribution)
    except PackageNotFoundError:
        return _note(name, "skipped", NOT_INSTALLED)
    with guarded(f"instrumenting {name}"):
        library = libraries.load(name)
        if _numbers(installed) < _numbers(library.since):
            return _note(
                name, "skipped", f"{distribution} {installed} is older than {library.since}"
            )
        _note(name, "native" if library.native else "ok")
        wrapped = active.wrapped[name] = Wrapped()
        if library.environment is not None:
            wrapped.undo.append(_set_variables(library.environment(active.settings.content)))
        for module in dict.fromkeys(target.module for target in library.targets):
            wrapt.register_post_import_hook(
                functools.partial(_imported, active, library, module), module
            )
        if library.switch is not None:
            wrapt.register_post_import_hook(
                functools.partial(_switched, active, library), library.module
            )


def _imported(active: _Active, library: Library, name: str, module: ModuleType) -> None:
    """Wrap the targets of `library` in the module `name`, which is imported now. A conflict leaves the library
    as it was."""
    wrapped = active.wrapped.get(library.name)
    if _active is not active or wrapped is None or active.report[library.name].state == "conflict":
        return
    try:
        for target in library.targets:
            if target.module == name:
                wrapped.wrap(target)
    except Conflict as conflict:
        wrapped.unwrap()
        _note(
            library.name,
            "conflict",
            f"{conflict}; take the other away, or exclude={[library.name]}",
        )
    except Missing as missing:
        wrapped.unwrap()
        _note(library.name, "skipped", str(missing))
    except Exception as error:
        wrapped.unwrap()
        _note(library.name, "skipped", f"{type(error).__name__}: {error}")
        swallow(f"wrapping {library.name}", error)


def _switched(active: _Active, library: Library, module: ModuleType) -> None:
    wrapped = active.wrapped.get(library.name)
    if _active is not active or wrapped is None or library.switch is None:
        return
    try:
        wrapped.undo.append(library.switch(active.providers.telemetry))
    except Conflict as conflict:
        _note(library.name, "conflict", str(conflict))
    except Exception as error:
        _note(library.name, "skipped", f"{type(error).__name__}: {error}")
        swallow(f"switching on {library.name}", error)


def _set_variables(variables: Mapping[str, str]) -> Undo:
    """Set environment variables that the program did not set itself; returns what removes them."""
    ours = {name: value for name, value in variables.items() if name not in os.environ}
    os.environ.update(ours)

    def undo() -> None:
        for name, value in ours.items():
            if os.environ.get(name) == value:
                del os.environ[name]

    return undo


def _numbers(text: str) -> tuple[int, ...]:
    """The release numbers of a version (PEP 440), enough to compare with a lower bound."""
    numbers: list[int] = []
    for part in text.split("."):
        digits = part[: len(part) - len(part.lstrip("0123456789"))]
        if not digits:
            break
        numbers.append(int(digits))
        if digits != part:
            break
    return tuple(numbers)


__all__ = [
    "Report",
    "Status",
    "flush",
    "instrument",
    "instrument_library",
    "uninstrument",
    "uninstrument_library",
]
