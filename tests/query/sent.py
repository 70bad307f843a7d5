"""What the tests send: OTLP messages in few words, with ids and times that are counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import AnyValue, ArrayValue, KeyValue, KeyValueList
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status

Value = bool | int | float | str | bytes | Sequence["Value"] | Mapping[str, "Value"] | None

T0 = 1_767_225_600 * 10**9
"""2026-01-01T00:00:00Z, in nanoseconds."""
MS = 10**6
SECOND = 10**9
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE


def trace_id(number: int) -> str:
    """The trace id that is this number."""
    return f"{number:032x}"


def span_id(number: int) -> str:
    """The span id that is this number."""
    return f"{number:016x}"


def any_value(value: Value) -> AnyValue:
    """A Python value as an AnyValue; None is the empty one."""
    if value is None:
        return AnyValue()
    if isinstance(value, bool):
        return AnyValue(bool_value=value)
    if isinstance(value, int):
        return AnyValue(int_value=value)
    if isinstance(value, float):
        return AnyValue(double_value=value)
    if isinstance(value, str):
        return AnyValue(string_value=value)
    if isinstance(value, bytes):
        return AnyValue(bytes_value=value)
    if isinstance(value, Mapping):
        return AnyValue(kvlist_value=KeyValueList(values=key_values(value)))
    return AnyValue(array_value=ArrayValue(values=[any_value(item) for item in value]))


def key_values(values: Mapping[str, Value]) -> list[KeyValue]:
    """A dict as attributes."""
    return [KeyValue(key=key, value=any_value(value)) for key, value in values.items()]


def span(
    trace: int,
    number: int,
    name: str = "work",
    *,
    parent: int = 0,
    start: int = 0,
    duration: int = MS,
    error: bool = False,
    attributes: Mapping[str, Value] | None = None,
) -> Span:
    """A span of trace `trace`; `start` is relative to T0, `parent` 0 makes it a root."""
    return Span(
        trace_id=bytes.fromhex(trace_id(trace)),
        span_id=bytes.fromhex(span_id(number)),
        parent_span_id=bytes.fromhex(span_id(parent)) if parent else b"",
        name=name,
        kind=Span.SPAN_KIND_INTERNAL,
        start_time_unix_nano=T0 + start,
        end_time_unix_nano=T0 + start + duration,
        attributes=key_values(attributes or {}),
        status=Status(code=Status.STATUS_CODE_ERROR if error else Status.STATUS_CODE_UNSET),
    )


def traces(
    spans: Iterable[Span], service: str = "web", resource: Mapping[str, Value] | None = None
) -> ExportTraceServiceRequest:
    """A request with the spans of one service."""
    request = ExportTraceServiceRequest()
    resource_spans = request.resource_spans.add()
    resource_spans.resource.attributes.extend(
        key_values({"service.name": service} | dict(resource or {}))
    )
    resource_spans.scope_spans.add(spans=list(spans)).scope.name = "tests"
    return request
