"""One row of otel_traces as a span in full."""

from __future__ import annotations

from typing import Any, Literal

from ..answers.trace import Resource, Scope, Span, SpanEvent, SpanLink, SpanStatus
from ..time_range import unix_nano
from .attributes import attributes, texts
from .gen_ai import gen_ai

Kind = Literal["UNSPECIFIED", "INTERNAL", "SERVER", "CLIENT", "PRODUCER", "CONSUMER"]

KINDS: dict[str, Kind] = {
    "Internal": "INTERNAL",
    "Server": "SERVER",
    "Client": "CLIENT",
    "Producer": "PRODUCER",
    "Consumer": "CONSUMER",
}
STATUS_CODES: dict[str, Literal["UNSET", "OK", "ERROR"]] = {"Ok": "OK", "Error": "ERROR"}


def span(row: dict[str, Any]) -> Span:
    """A row of span.sql as an answer; kinds and codes that OTLP does not know count as not set."""
    return Span(
        trace_id=row["TraceId"],
        span_id=row["SpanId"],
        parent_span_id=row["ParentSpanId"],
        trace_state=row["TraceState"],
        flags=row["Flags"],
        name=row["SpanName"],
        kind=KINDS.get(row["SpanKind"], "UNSPECIFIED"),
        start_time_unix_nano=str(unix_nano(row["Timestamp"])),
        end_time_unix_nano=str(end_nano(row)),
        duration_nano=row["Duration"],
        received_time_unix_nano=str(unix_nano(row["ReceivedAt"])),
        status=SpanStatus(
            code=STATUS_CODES.get(row["StatusCode"], "UNSET"), message=row["StatusMessage"]
        ),
        service=texts(row["ResourceAttributes"]).get("service.name", ""),
        attributes=attributes(row["SpanAttributes"], row["SpanAttributeTypes"]),
        dropped_attributes_count=row["DroppedAttrCount"],
        events=_events(row),
        dropped_events_count=row["DroppedEventsCount"],
        links=_links(row),
        dropped_links_count=row["DroppedLinksCount"],
        resource=_resource(row),
        scope=_scope(row),
        gen_ai=gen_ai(row),
    )


def end_nano(row: dict[str, Any]) -> int:
    """When the span ended, as it was sent: before its start, or 0, where the sender said so."""
    end: int = unix_nano(row["Timestamp"]) + (row["EndOffset"] or row["Duration"])
    return end


def _events(row: dict[str, Any]) -> list[SpanEvent]:
    columns = zip(
        row["Events.Timestamp"],
        row["Events.Name"],
        row["Events.Attributes"],
        row["Events.AttributeTypes"],
        row["Events.DroppedAttrCount"],
        strict=True,
    )
    return [
        SpanEvent(
            name=name,
            time_unix_nano=str(unix_nano(time)),
            attributes=attributes(pairs, types),
            dropped_attributes_count=dropped,
        )
        for time, name, pairs, types, dropped in columns
    ]


def _links(row: dict[str, Any]) -> list[SpanLink]:
    columns = zip(
        row["Links.TraceId"],
        row["Links.SpanId"],
        row["Links.TraceState"],
        row["Links.Flags"],
        row["Links.Attributes"],
        row["Links.AttributeTypes"],
        row["Links.DroppedAttrCount"],
        strict=True,
    )
    return [
        SpanLink(
            trace_id=trace_id,
            span_id=span_id,
            trace_state=state,
            flags=flags,
            attributes=attributes(pairs, types),
            dropped_attributes_count=dropped,
        )
        for trace_id, span_id, state, flags, pairs, types, dropped in columns
    ]


def _resource(row: dict[str, Any]) -> Resource:
    return Resource(
        attributes=attributes(row["ResourceAttributes"], row["ResourceAttributeTypes"]),
        dropped_attributes_count=row["ResourceDroppedAttrCount"],
        schema_url=row["ResourceSchemaUrl"],
    )


def _scope(row: dict[str, Any]) -> Scope:
    return Scope(
        name=row["ScopeName"],
        version=row["ScopeVersion"],
        attributes=attributes(row["ScopeAttributes"], row["ScopeAttributeTypes"]),
        dropped_attributes_count=row["ScopeDroppedAttrCount"],
        schema_url=row["ScopeSchemaUrl"],
    )
