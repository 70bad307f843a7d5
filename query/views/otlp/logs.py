"""Rows of otel_logs as an ExportLogsServiceRequest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .grouping import Names, request
from .values import any_value, key_values, present, time

_NAMES = Names("resourceLogs", "scopeLogs", "logRecords")


def logs(rows: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The request that the rows' records could have come in."""
    return request(_NAMES, ((row, _record(row)) for row in rows))


def _record(row: dict[str, Any]) -> dict[str, Any]:
    # Where the record had no time of its own, Timestamp was lent by its observation or arrival.
    has_time = row["TimestampSource"] == "time"
    return present(
        {
            "timeUnixNano": time(row["Timestamp"]) if has_time else None,
            "observedTimeUnixNano": time(row["ObservedTimestamp"]),
            "severityNumber": row["SeverityNumber"],
            "severityText": row["SeverityText"],
            "body": any_value(row["Body"], row["BodyType"]) or None,
            "attributes": key_values(row["LogAttributes"], row["LogAttributeTypes"]),
            "droppedAttributesCount": row["DroppedAttrCount"],
            "flags": row["Flags"],
            "traceId": row["TraceId"],
            "spanId": row["SpanId"],
            "eventName": row["EventName"],
        }
    )
