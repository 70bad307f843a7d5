"""Spans that libraries make themselves, brought to the canonical names on their way out.

Done in the exporter, so beside the program's own thread; other exporters of the program see the spans as they
were made."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SpanExporter
from opentelemetry.trace import StatusCode

from . import semconv
from .errors import swallow
from .messages import parsed

if TYPE_CHECKING:
    from opentelemetry.sdk.trace.export import SpanExportResult
    from opentelemetry.trace import SpanKind
    from opentelemetry.util.types import AttributeValue

    from .content import ContentPolicy

Normalise = Callable[[ReadableSpan], "ReadableSpan | None"]

_BY_SCOPE: Final[dict[str, Normalise]] = {}


def normalise(scope: str, function: Normalise) -> Callable[[], None]:
    """Pass spans of the instrumentation scope `scope` through `function` (None drops one); returns how to stop
    that."""
    _BY_SCOPE[scope] = function
    return lambda: _BY_SCOPE.pop(scope, None) and None


def changed(
    span: ReadableSpan,
    attributes: dict[str, AttributeValue],
    name: str | None = None,
    kind: SpanKind | None = None,
) -> ReadableSpan:
    """`span` with other attributes, and another name or kind if one is given."""
    return ReadableSpan(
        name=name or span.name,
        context=span.context,
        parent=span.parent,
        resource=span.resource,
        attributes=attributes,
        events=span.events,
        links=span.links,
        kind=span.kind if kind is None else kind,
        instrumentation_scope=span.instrumentation_scope,
        status=span.status,
        start_time=span.start_time,
        end_time=span.end_time,
    )


STABILITY_OPT_IN: Final = "OTEL_SEMCONV_STABILITY_OPT_IN"


def opt_in(policy: ContentPolicy) -> str:
    """STABILITY_OPT_IN for every library that reads it: the newest names, content on the spans; one value for all."""
    newest = "gen_ai_latest_experimental,gen_ai_tool_definitions,gen_ai_span_attributes_only"
    return newest if policy.spans else f"{newest},gen_ai_unredacted_attributes="


CONTENT: Final = frozenset({
    semconv.GEN_AI_INPUT_MESSAGES, semconv.GEN_AI_OUTPUT_MESSAGES, semconv.GEN_AI_SYSTEM_INSTRUCTIONS,
    semconv.GEN_AI_TOOL_DEFINITIONS, semconv.GEN_AI_TOOL_CALL_ARGUMENTS, semconv.GEN_AI_TOOL_CALL_RESULT,
    semconv.GEN_AI_RETRIEVAL_QUERY_TEXT, semconv.GEN_AI_RETRIEVAL_DOCUMENTS,
})  # fmt: skip


def governed(
    attributes: dict[str, AttributeValue], policy: ContentPolicy
) -> dict[str, AttributeValue]:
    """`attributes` with the content a library wrote by its own rules now redacted and bounded by ours, or left out."""
    kept = {key: value for key, value in attributes.items() if policy.spans or key not in CONTENT}
    for key in CONTENT & kept.keys():
        value = parsed(kept[key])
        kept[key] = policy.text(value) if isinstance(value, str) else policy.json(value)
    return kept


def role(said: Mapping[str, Any]) -> str:
    """The role of a message in the conventions' shape: a tool's results come from the tool, not from the user."""
    parts = said.get("parts") or ()
    results = bool(parts) and all(part.get("type") == "tool_call_response" for part in parts)
    return "tool" if results else str(said.get("role"))


def with_error_type(
    span: ReadableSpan, attributes: dict[str, AttributeValue]
) -> dict[str, AttributeValue]:
    """`attributes` with the `error.type` that a failed span tells only by its exception."""
    if span.status.status_code is StatusCode.ERROR and semconv.ERROR_TYPE not in attributes:
        raised = [event.attributes or {} for event in span.events if event.name == "exception"]
        attributes[semconv.ERROR_TYPE] = (
            raised[-1].get("exception.type", "_OTHER") if raised else "_OTHER"
        )
    return attributes


class Normalising(SpanExporter):
    """An exporter that brings native spans to the canonical names before `exporter` sends them."""

    def __init__(self, exporter: SpanExporter) -> None:
        self._exporter = exporter

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Export `spans`, each normalised by its scope."""
        if _BY_SCOPE:
            spans = [kept for span in spans if (kept := _normalised(span)) is not None]
        return self._exporter.export(spans)

    def shutdown(self) -> None:
        """Shut the exporter down."""
        self._exporter.shutdown()

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        """Flush the exporter."""
        return self._exporter.force_flush(timeout_millis)


def _normalised(span: ReadableSpan) -> ReadableSpan | None:
    scope = span.instrumentation_scope
    if scope is None or (function := _BY_SCOPE.get(scope.name)) is None:
        return span
    try:
        kept = function(span)
        if kept is not None and (span.attributes or {}).get(semconv.SPANHOUSE_REPEATS):
            return _repeated(kept)
        return kept
    except Exception as error:
        swallow(f"normalising a span of {scope.name}", error)
        return span


def _repeated(span: ReadableSpan) -> ReadableSpan:
    """`span` as a step of the model call around it, which says all of this already."""
    attributes = {
        key: value
        for key, value in (span.attributes or {}).items()
        if key not in CONTENT
        and key != semconv.GEN_AI_OPERATION_NAME
        and not key.startswith("gen_ai.usage.")
    }
    return changed(span, attributes)
