"""Anthropic: messages, streams, tool runners; the package makes its spans itself since 2.0, and is told to
write content.

    from anthropic import Anthropic
    import spanhouse

    spanhouse.instrument()   # before the client is made: a client reads once whether to write content
    Anthropic().messages.create(model="claude-sonnet-4-5", max_tokens=99, messages=[{"role": "user", "content":
    "Hello"}])
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from .. import semconv
from ..content import ContentPolicy
from ..engine import Library, Undo
from ..native import changed, normalise, redacted

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import ReadableSpan

    from ..telemetry import Telemetry

SCOPE: Final = "com.anthropic.sdk.python"


def _environment(content: ContentPolicy) -> Mapping[str, str]:
    return {"ANTHROPIC_OPEN_TELEMETRY_TRACES_CONTENT_MODE": "content"} if content.spans else {}


def _switch(telemetry: Telemetry) -> Undo:
    def canonical(span: ReadableSpan) -> ReadableSpan:
        attributes = redacted(span, telemetry.content)
        operation = attributes.get(semconv.GEN_AI_OPERATION_NAME)
        if (reason := attributes.get("anthropic.message.stop_reason")) is not None:
            attributes[semconv.GEN_AI_RESPONSE_FINISH_REASONS] = (str(reason),)
        if attributes.get(semconv.GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS) == 0:
            del attributes[semconv.GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS]
        subject = attributes.get(semconv.GEN_AI_TOOL_NAME) or attributes.get(
            semconv.GEN_AI_REQUEST_MODEL
        )
        return changed(
            span, attributes, f"{operation} {subject}" if operation and subject else None
        )

    return normalise(SCOPE, canonical)


LIBRARY = Library(
    "anthropic",
    "anthropic",
    "anthropic",
    "2",
    switch=_switch,
    environment=_environment,
    native=True,
)
