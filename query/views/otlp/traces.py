"""Rows of otel_traces as an ExportTraceServiceRequest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..span import end_nano
from .grouping import Names, request
from .values import key_values, nano, present, time

_NAMES = Names("resourceSpans", "scopeSpans", "spans")
_KINDS = {"Unspecified": 0, "Internal": 1, "Server": 2, "Client": 3, "Producer": 4, "Consumer": 5}
_STATUS_CODES = {"Unset": 0, "Ok": 1, "Error": 2}


def traces(rows: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The request that the rows' spans could have come in."""
    return request(_NAMES, ((row, _span(row)) for row in rows))


def _span(row: dict[str, Any]) -> dict[str, Any]:
    return present(
        {
            "traceId": row["TraceId"],
            "spanId": row["SpanId"],
            "traceState": row["TraceState"],
            "parentSpanId": row["ParentSpanId"],
            "flags": row["Flags"],
            "name": row["SpanName"],
            "kind": _number(_KINDS, row["SpanKind"]),
            "startTimeUnixNano": time(row["Timestamp"]),
            "endTimeUnixNano": nano(end_nano(row)),
            "attributes": key_values(row["SpanAttributes"], row["SpanAttributeTypes"]),
            "droppedAttributesCount": row["DroppedAttrCount"],
            "events": _events(row),
            "droppedEventsCount": row["DroppedEventsCount"],
            "links": _links(row),
            "droppedLinksCount": row["DroppedLinksCount"],
            # Set even where it says nothing, as the SDKs do.
            "status": present(
                {
                    "message": row["StatusMessage"],
                    "code": _number(_STATUS_CODES, row["StatusCode"]),
                }
            ),
        }
    )


def _number(names: dict[str, int], name: str) -> int:
    """The number of an enum; one that OTLP had no name for is stored as its digits."""
    number = names.get(name)
    return int(name) if number is None else number


def _events(row: dict[str, Any]) -> list[dict[str, Any]]:
    columns = zip(
        row["Events.Timestamp"],
        row["Events.Name"],
        row["Events.Attributes"],
        row["Events.AttributeTypes"],
        row["Events.DroppedAttrCount"],
        strict=True,
    )
    return [
        present(
            {
                "timeUnixNano": time(began),
                "name": name,
                "attributes": key_values(pairs, types),
                "droppedAttributesCount": dropped,
            }
        )
        for began, name, pairs, types, dropped in columns
    ]


def _links(row: dict[str, Any]) -> list[dict[str, Any]]:
    columns = zip(
        row["Links.TraceId"],
        row["Links.SpanId"],
        row["Links.TraceState"],
        row["Links.Attributes"],
        row["Links.AttributeTypes"],
        row["Links.DroppedAttrCount"],
        row["Links.Flags"],
        strict=True,
    )
    return [
        present(
            {
                "traceId": trace_id,
                "spanId": span_id,
                "traceState": state,
                "attributes": key_values(pairs, types),
                "droppedAttributesCount": dropped,
                "flags": flags,
            }
        )
        for trace_id, span_id, state, pairs, types, dropped, flags in columns
    ]
