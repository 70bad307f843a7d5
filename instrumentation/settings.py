"""What `instrument()` was told, by argument, then by environment, then by default; OpenTelemetry's own
variables come first of these.

Unknown or contradicting settings stop with a sentence; nothing is guessed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, get_args

from .content import CHARACTER_LIMIT, PATTERNS, ContentPolicy, Redact

Protocol = Literal["http/protobuf", "grpc"]

HTTP_ENDPOINT: Final = "http://127.0.0.1:4318"
GRPC_ENDPOINT: Final = "http://127.0.0.1:4317"

_CAPTURE: Final[Mapping[str, tuple[bool, bool]]] = {
    "no_content": (False, False), "false": (False, False),
    "span_only": (True, False), "true": (True, False),
    "event_only": (False, True),
    "span_and_event": (True, True),
}  # fmt: skip
"""OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT, as any of OpenTelemetry's packages take it -> (on spans,
on events)."""


class InvalidSettings(ValueError):
    """A setting cannot be used; the message says which, what it was and what it may be."""


@dataclass(frozen=True, slots=True)
class Settings:
    """One value each, decided.

    `endpoint`: None for what OTEL_EXPORTER_OTLP_* say. `project`: header `x-spanhouse-project`. `api_key`:
    header `authorization: Bearer`. `explicit`: whether an endpoint was named, so that it is exported to beside
    an existing provider."""

    endpoint: str | None
    protocol: Protocol
    project: str | None
    api_key: str | None
    service_name: str
    content: ContentPolicy
    include: frozenset[str] | None
    exclude: frozenset[str]
    http_spans: bool
    explicit: bool

    @property
    def headers(self) -> dict[str, str]:
        """What each export carries beside OTEL_EXPORTER_OTLP_HEADERS."""
        named = {} if self.project is None else {"x-spanhouse-project": self.project}
        return (
            named if self.api_key is None else {**named, "authorization": f"Bearer {self.api_key}"}
        )


def decide(
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
    known: Iterable[str] = (),
    environment: Mapping[str, str] | None = None,
) -> Settings:
    """The settings for these arguments; parameters as of `instrument()`. Raises InvalidSettings."""
    env = os.environ if environment is None else environment
    endpoint = endpoint or env.get("SPANHOUSE_ENDPOINT") or None
    otlp = any(
        key.startswith("OTEL_EXPORTER_OTLP_") and key.endswith("ENDPOINT") and env[key]
        for key in env
    )
    named = (
        protocol
        or env.get("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL")
        or env.get("OTEL_EXPORTER_OTLP_PROTOCOL")
        or "http/protobuf"
    )
    if named not in get_args(Protocol):
        raise InvalidSettings(
            f"protocol {named!r} is not known: it is one of {', '.join(get_args(Protocol))}"
        )
    if endpoint is not None and not endpoint.startswith(("http://", "https://")):
        raise InvalidSettings(
            f"endpoint {endpoint!r} is no address: it begins with http:// or https://"
        )
    ours = HTTP_ENDPOINT if named == "http/protobuf" else GRPC_ENDPOINT
    names = frozenset(known)
    return Settings(
        endpoint=endpoint or (None if otlp else ours),
        protocol="grpc" if named == "grpc" else "http/protobuf",
        project=project or env.get("SPANHOUSE_PROJECT") or None,
        api_key=api_key or env.get("SPANHOUSE_API_KEY") or None,
        service_name=service_name or env.get("OTEL_SERVICE_NAME") or _program(),
        content=_policy(content, content_limit, redact, env),
        include=None if include is None else _known(include, names, "include"),
        exclude=_known(exclude, names, "exclude") | _disabled(env),
        http_spans=_flag("SPANHOUSE_HTTP_SPANS", env, False) if http_spans is None else http_spans,
        explicit=endpoint is not None,
    )


def _policy(
    content: bool | str | None,
    limit: int | None,
    redact: Iterable[str | Redact] | None,
    env: Mapping[str, str],
) -> ContentPolicy:
    spans, events = _captured(content, env)
    if limit is not None and limit < 1:
        raise InvalidSettings(f"content_limit is {limit}: it is a number of characters from 1")
    chosen: list[Redact] = []
    for each in ("keys",) if redact is None else redact:
        if isinstance(each, str):
            if each not in PATTERNS:
                raise InvalidSettings(
                    f"redact names {each!r}: it is a function, or one of {', '.join(PATTERNS)}"
                )
            chosen.append(PATTERNS[each])
        else:
            chosen.append(each)
    return ContentPolicy(spans, events, limit or CHARACTER_LIMIT, tuple(chosen))


def _captured(content: bool | str | None, env: Mapping[str, str]) -> tuple[bool, bool]:
    if isinstance(content, bool):
        return content, False
    told = (
        content
        or env.get("SPANHOUSE_CONTENT")
        or env.get("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT")
        or "true"
    )
    if (captured := _CAPTURE.get(told.lower())) is None:
        raise InvalidSettings(
            f"content is {told!r}: it is True or False, or one of {', '.join(_CAPTURE)}"
        )
    return captured


def _known(names: Iterable[str], known: frozenset[str], setting: str) -> frozenset[str]:
    given = frozenset([names] if isinstance(names, str) else names)
    if unknown := sorted(given - known):
        raise InvalidSettings(
            f"{setting} names {', '.join(map(repr, unknown))}: known are {', '.join(sorted(known))}"
        )
    return given


def _disabled(env: Mapping[str, str]) -> frozenset[str]:
    """Libraries that OTEL_PYTHON_DISABLED_INSTRUMENTATIONS names by our entry points' names."""
    named = [
        name.strip() for name in env.get("OTEL_PYTHON_DISABLED_INSTRUMENTATIONS", "").split(",")
    ]
    return frozenset(
        name.removeprefix("spanhouse-") for name in named if name.startswith("spanhouse-")
    )


def _flag(name: str, env: Mapping[str, str], default: bool) -> bool:
    told = env.get(name, "").lower()
    if told not in ("", "true", "false", "1", "0"):
        raise InvalidSettings(f"{name} is {env[name]!r}: it is true or false")
    return default if told == "" else told in ("true", "1")


def _program() -> str:
    """`service.name` where nobody names it: the program's file."""
    main = getattr(sys.modules.get("__main__"), "__spec__", None)
    if main is not None and main.name:
        return str(main.name.removesuffix(".__main__"))
    stem = Path(sys.argv[0]).stem if sys.argv and sys.argv[0] else ""
    return stem if stem and stem != "-c" else "python"
