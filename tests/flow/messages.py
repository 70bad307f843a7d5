"""Export requests in OTLP's own classes, built by hand: what no SDK would send is here as well."""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Iterable
from typing import Any

from opentelemetry.proto.common.v1.common_pb2 import AnyValue, ArrayValue, KeyValue, KeyValueList

from spanhouse.collector.otlp.signals import LOGS, METRICS, TRACES, Signal

_serial = itertools.count(1)
_run = os.urandom(4)


def span_id() -> bytes:
    """8 bytes that no other call returns."""
    return _run + next(_serial).to_bytes(4, "big")


def trace_id() -> bytes:
    """16 bytes that no other call returns."""
    return _run + bytes(4) + span_id()


class Empty:
    """An AnyValue of which no alternative is set."""


Plain = str | bool | int | float | bytes | list[Any] | dict[str, Any] | type[Empty]


def any_value(value: Plain) -> AnyValue:
    """A Python value as AnyValue."""
    if value is Empty:
        return AnyValue()
    if isinstance(value, bool):
        return AnyValue(bool_value=value)
    if isinstance(value, int):
        return AnyValue(int_value=value)
    if isinstance(value, float):
        return AnyValue(double_value=value)
    if isinstance(value, bytes):
        return AnyValue(bytes_value=value)
    if isinstance(value, list):
        return AnyValue(array_value=ArrayValue(values=[any_value(item) for item in value]))
    if isinstance(value, dict):
        return AnyValue(kvlist_value=KeyValueList(values=key_values(value)))
    return AnyValue(string_value=str(value))


def key_values(attributes: dict[str, Any]) -> list[KeyValue]:
    """A dict as attributes."""
    return [KeyValue(key=key, value=any_value(value)) for key, value in attributes.items()]


def traces(count: int = 1, resource: dict[str, Any] | None = None, **span_fields: Any) -> Any:
    """A request of `count` spans of one trace; `span_fields` override the fields of each."""
    request: Any = TRACES.request()
    block = request.resource_spans.add()
    block.resource.attributes.extend(key_values(resource or {"service.name": "flow"}))
    scope_spans = block.scope_spans.add()
    scope_spans.scope.name = "tests.flow"
    trace, now = trace_id(), time.time_ns()
    attributes = key_values(span_fields.pop("attributes", {}))
    for position in range(count):
        fields = {
            "trace_id": trace,
            "span_id": span_id(),
            "name": f"operation {position}",
            "kind": 1,
            "start_time_unix_nano": now + position,
            "end_time_unix_nano": now + position + 1_000_000,
            **span_fields,
        }
        scope_spans.spans.add(attributes=attributes, **fields)
    return request


def spans_of(request: Any) -> Iterable[Any]:
    """Every span of a request."""
    for resource_spans in request.resource_spans:
        for scope_spans in resource_spans.scope_spans:
            yield from scope_spans.spans


def logs(bodies: Iterable[Any] = ("hello",), attributes: dict[str, Any] | None = None) -> Any:
    """A request of one log record for each body."""
    request: Any = LOGS.request()
    block = request.resource_logs.add()
    block.resource.attributes.extend(key_values({"service.name": "flow"}))
    scope_logs = block.scope_logs.add()
    scope_logs.scope.name = "tests.flow"
    for body in bodies:
        scope_logs.log_records.add(
            time_unix_nano=time.time_ns(),
            observed_time_unix_nano=time.time_ns(),
            severity_number=9,
            severity_text="INFO",
            body=any_value(body),
            attributes=key_values({"item": span_id().hex(), **(attributes or {})}),
        )
    return request


def gauges(values: Iterable[int | float] = (1,), attributes: dict[str, Any] | None = None) -> Any:
    """A request of one gauge with a data point for each value."""
    request: Any = METRICS.request()
    block = request.resource_metrics.add()
    block.resource.attributes.extend(key_values({"service.name": "flow"}))
    scope_metrics = block.scope_metrics.add()
    metric = scope_metrics.metrics.add(name="flow.gauge", unit="1")
    for value in values:
        number = {"as_int": value} if isinstance(value, int) else {"as_double": value}
        metric.gauge.data_points.add(
            time_unix_nano=time.time_ns(),
            attributes=key_values({"item": span_id().hex(), **(attributes or {})}),
            **number,
        )
    return request


def one_of_each() -> list[tuple[Signal, Any]]:
    """A small good request of each signal."""
    return [(TRACES, traces()), (LOGS, logs()), (METRICS, gauges())]
