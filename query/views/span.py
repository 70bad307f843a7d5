"""One row of otel_traces as a span in full."""

from __future__ import annotations

from typing import Any, Literal

from ..answers.trace import Resource, Scope, Span, SpanEvent, SpanLink, SpanStatus
from .attributes import attributes
from .gen_ai import gen_ai

Kind = Literal["UNSPECIFIED", "INTERNAL", "SERVER", "CLIENT", "PRODUCER", "CONSUMER"]

_KINDS: dict[str, Kind] = {
    "Internal": "INTERNAL",
    "Server": "SERVER",
    "Client": "CLIENT",
    "Producer": "PRODUCER",
    "Consumer": "CONSUMER",
}
_STATUS_CODES: dict[str, Literal["UNSET", "OK", "ERROR"]] = {"Ok": "OK", "Error": "ERROR"}


def span(row: dict[str, Any]) -> Span:
    """A row of span.sql as an answer; kinds and codes that OTLP does not know count as not set."""
    start = row["TimeNano"]
    return Span(
        trace_id=row["TraceId"],
        span_id=row["SpanId"],
        parent_span_id=row["ParentSpanId"],
        trace_state=row["TraceState"],
        flags=row["Flags"],
        name=row["SpanName"],
        kind=_KINDS.get(row["SpanKind"], "UNSPECIFIED"),
        start_time_unix_nano=str(start),
        end_time_unix_nano=str(end_nano(row)),
        duration_nano=row["Duration"],
        received_time_unix_nano=str(row["ReceivedNano"]),
        status=SpanStatus(
            code=_STATUS_CODES.get(row["StatusCode"], "UNSET"), message=row["StatusMessage"]
        ),
        service=row["ServiceName"],
        attributes=attributes(row["AttributeKeys"], row["AttributeValues"], row["AttributeTypes"]),
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
    end: int = row["TimeNano"] + (row["EndOffset"] or row["Duration"])
    return end


def _events(row: dict[str, Any]) -> list[SpanEvent]:
    columns = zip(
        row["EventNanos"],
        row["EventNames"],
        row["EventAttributeKeys"],
        row["EventAttributeValues"],
        row["EventAttributeTypes"],
        row["EventDroppedAttrCounts"],
        strict=True,
    )
    return [
        SpanEvent(
            name=name,
            time_unix_nano=str(nano),
            attributes=attributes(keys, values, types),
            dropped_attributes_count=dropped,
        )
        for nano, name, keys, values, types, dropped in columns
    ]


def _links(row: dict[str, Any]) -> list[SpanLink]:
    columns = zip(
        row["LinkTraceIds"],
        row["LinkSpanIds"],
        row["LinkTraceStates"],
        row["LinkFlags"],
        row["LinkAttributeKeys"],
        row["LinkAttributeValues"],
        row["LinkAttributeTypes"],
        row["LinkDroppedAttrCounts"],
        strict=True,
    )
    return [
        SpanLink(
            trace_id=trace_id,
            span_id=span_id,
            trace_state=state,
            flags=flags,
            attributes=attributes(keys, values, types),
            dropped_attributes_count=dropped,
        )
        for trace_id, span_id, state, flags, keys, values, types, dropped in columns
    ]


def _resource(row: dict[str, Any]) -> Resource:
    return Resource(
        attributes=attributes(
            row["ResourceAttributeKeys"],
            row["ResourceAttributeValues"],
            row["ResourceAttributeTypes"],
        ),
        dropped_attributes_count=row["ResourceDroppedAttrCount"],
        schema_url=row["ResourceSchemaUrl"],
    )


def _scope(row: dict[str, Any]) -> Scope:
    return Scope(
        name=row["ScopeName"],
        version=row["ScopeVersion"],
        attributes=attributes(
            row["ScopeAttributeKeys"], row["ScopeAttributeValues"], row["ScopeAttributeTypes"]
        ),
        dropped_attributes_count=row["ScopeDroppedAttrCount"],
        schema_url=row["ScopeSchemaUrl"],
    )
