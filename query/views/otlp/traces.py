"""Rows of otel_traces as an ExportTraceServiceRequest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..span import end_nano
from .grouping import Names, request
from .values import key_values, nano, present

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
            "startTimeUnixNano": nano(row["TimeNano"]),
            "endTimeUnixNano": nano(end_nano(row)),
            "attributes": key_values(
                row["AttributeKeys"], row["AttributeValues"], row["AttributeTypes"]
            ),
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
        row["EventNanos"],
        row["EventNames"],
        row["EventAttributeKeys"],
        row["EventAttributeValues"],
        row["EventAttributeTypes"],
        row["EventDroppedAttrCounts"],
        strict=True,
    )
    return [
        present(
            {
                "timeUnixNano": nano(time),
                "name": name,
                "attributes": key_values(keys, values, types),
                "droppedAttributesCount": dropped,
            }
        )
        for time, name, keys, values, types, dropped in columns
    ]


def _links(row: dict[str, Any]) -> list[dict[str, Any]]:
    columns = zip(
        row["LinkTraceIds"],
        row["LinkSpanIds"],
        row["LinkTraceStates"],
        row["LinkAttributeKeys"],
        row["LinkAttributeValues"],
        row["LinkAttributeTypes"],
        row["LinkDroppedAttrCounts"],
        row["LinkFlags"],
        strict=True,
    )
    return [
        present(
            {
                "traceId": trace_id,
                "spanId": span_id,
                "traceState": state,
                "attributes": key_values(keys, values, types),
                "droppedAttributesCount": dropped,
                "flags": flags,
            }
        )
        for trace_id, span_id, state, keys, values, types, dropped, flags in columns
    ]
