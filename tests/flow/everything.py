"""One request of each signal that says everything OTLP can say: every field, every kind of value, empty and zero ones.

Ids and times are fixed, so that what is stored of them can be a golden file.
"""

from __future__ import annotations

import math
from typing import Any

from spanhouse.collector.otlp.signals import LOGS, METRICS, TRACES
from tests.flow.messages import Empty, key_values

# 2026-01-05T10:00:00.123456789Z; a nanosecond count that no double holds.
NOW = 1_767_607_200_123_456_789

VALUES: dict[str, Any] = {
    "string": 'text with "quotes", a \\ and a\nnew line, é, 日本, \U0001f600',
    "string.empty": "",
    "string.that.looks.like.an.int": "5",
    "string.that.looks.like.json": '{"a": [1]}',
    "string.nul": "a\x00b",
    "bool.true": True,
    "bool.false": False,
    "int": 5,
    "int.zero": 0,
    "int.negative": -1,
    "int.largest": 2**63 - 1,
    "int.smallest": -(2**63),
    "double": 2.5,
    "double.whole": 5.0,
    "double.zero": 0.0,
    "double.negative.zero": -0.0,
    "double.precise": 0.1 + 0.2,
    "double.largest": 1.7976931348623157e308,
    "double.smallest": 5e-324,
    "double.infinite": math.inf,
    "double.negative.infinite": -math.inf,
    "double.nan": math.nan,
    "bytes": b"\x00\xff\x01",
    "bytes.empty": b"",
    "empty": Empty,
    "array.strings": ["a", "", 'with "quotes" and \\'],
    "array.ints": [0, -1, 2**63 - 1],
    "array.doubles": [0.0, 5.0, 1e300, 0.1],
    "array.bools": [True, False],
    "array.mixed": ["5", 5, 5.0, True, Empty],
    "array.empty": [],
    "": "an empty key",
}
"""What SQL maps by itself."""

NESTED_VALUES: dict[str, Any] = {
    "kvlist": {"role": "user", "n": 1, "x": 1.0, "ok": False, "nothing": Empty, "": ""},
    "kvlist.empty": {},
    "array.of.kvlists": [{"role": "user", "parts": [{"type": "text", "content": "hi"}]}, {}],
    "array.of.arrays": [[1, 2], [], [["deep"]]],
    "array.of.bytes": [b"\x00", b""],
    "array.of.infinities": [math.inf, -math.inf, math.nan, 1.0],
    "kvlist.with.bytes": {"data": b"\xff", "more": {"nan": math.nan}},
    "deep": {"a": {"b": {"c": {"d": {"e": [{"f": [[{"g": 0}]]}]}}}}},
}
"""What is rewritten first."""

RESOURCE = {"service.name": "checkout", "service.instance.id": "", "host.cpus": 8, "share": 0.5}
SCHEMA_URL = "https://opentelemetry.io/schemas/1.37.0"


def _around(block: Any, scopes: str, attributes: dict[str, Any]) -> Any:
    """Fill the resource and the scope; the scope's block."""
    block.resource.attributes.extend(key_values({**RESOURCE, **attributes}))
    block.resource.dropped_attributes_count = 3
    block.schema_url = SCHEMA_URL
    inner = getattr(block, scopes).add(schema_url=SCHEMA_URL + "/scope")
    inner.scope.name = "shop"
    inner.scope.version = "1.2.3"
    inner.scope.attributes.extend(key_values({"scope.int": 0, **attributes}))
    inner.scope.dropped_attributes_count = 4
    return inner


def everything_traces(values: dict[str, Any]) -> Any:
    """Spans with `values` wherever attributes may stand."""
    request: Any = TRACES.request()
    scope_spans = _around(request.resource_spans.add(), "scope_spans", values)
    full = scope_spans.spans.add(
        trace_id=bytes(range(1, 17)),
        span_id=bytes(range(1, 9)),
        parent_span_id=bytes(range(9, 17)),
        trace_state="vendor=a,other=b",
        flags=0x301,
        name="POST /checkout",
        kind=2,
        start_time_unix_nano=NOW,
        end_time_unix_nano=NOW + 1,
        dropped_attributes_count=5,
        dropped_events_count=6,
        dropped_links_count=7,
        attributes=key_values(values),
    )
    full.status.code = 2
    full.status.message = "it broke"
    full.events.add(name="first", time_unix_nano=NOW, attributes=key_values(values))
    full.events.add(name="", dropped_attributes_count=8)
    full.links.add(
        trace_id=bytes(range(17, 33)),
        span_id=bytes(range(17, 25)),
        trace_state="link=1",
        flags=0x101,
        dropped_attributes_count=9,
        attributes=key_values(values),
    )
    full.links.add(trace_id=bytes(16), span_id=bytes(8))
    ids = {"trace_id": bytes(range(1, 17)), "start_time_unix_nano": NOW}
    scope_spans.spans.add(span_id=b"no more!", **ids)
    for kind in range(6):
        scope_spans.spans.add(span_id=bytes([40 + kind] * 8), kind=kind, **ids)
    scope_spans.spans.add(span_id=b"a kind 9", kind=9, **ids).status.code = 7
    scope_spans.spans.add(span_id=b"backward", end_time_unix_nano=NOW - 5, **ids).status.code = 1
    bare = request.resource_spans.add().scope_spans.add()
    bare.spans.add(span_id=b"nobody's", **ids)
    return request


def everything_logs(values: dict[str, Any]) -> Any:
    """Records with each of `values` as a body, and the times, severities and ids there may be."""
    request: Any = LOGS.request()
    scope_logs = _around(request.resource_logs.add(), "scope_logs", values)
    full = scope_logs.log_records.add(
        time_unix_nano=NOW,
        observed_time_unix_nano=NOW + 1,
        severity_number=17,
        severity_text="ERROR",
        dropped_attributes_count=2,
        flags=0x1,
        trace_id=bytes(range(1, 17)),
        span_id=bytes(range(1, 9)),
        event_name="order.failed",
        attributes=key_values(values),
    )
    full.body.string_value = "it broke"
    for position, pair in enumerate(key_values(values)):
        scope_logs.log_records.add(time_unix_nano=NOW + 10 + position, body=pair.value)
    for severity in range(25):
        scope_logs.log_records.add(time_unix_nano=NOW + 100 + severity, severity_number=severity)
    scope_logs.log_records.add(observed_time_unix_nano=NOW + 200)
    scope_logs.log_records.add(time_unix_nano=NOW + 201, trace_id=b"short", span_id=b"x")
    request.resource_logs.add().scope_logs.add().log_records.add(time_unix_nano=NOW + 202)
    return request


def everything_metrics(values: dict[str, Any]) -> Any:
    """All five kinds of metric, with and without what is optional."""
    request: Any = METRICS.request()
    scope_metrics = _around(request.resource_metrics.add(), "scope_metrics", values)
    names = {"description": "what it is", "unit": "By", "metadata": key_values(values)}
    gauge = scope_metrics.metrics.add(name="gauge", **names).gauge
    _numbers(gauge, values)
    for temporality, monotonic in ((0, False), (1, True), (2, False)):
        total = scope_metrics.metrics.add(name=f"sum.{temporality}", **names).sum
        total.aggregation_temporality = temporality
        total.is_monotonic = monotonic
        _numbers(total, values)
    histogram = scope_metrics.metrics.add(name="histogram", **names).histogram
    histogram.aggregation_temporality = 2
    _histogram_points(histogram, values)
    exponential = scope_metrics.metrics.add(name="exponential", **names).exponential_histogram
    exponential.aggregation_temporality = 1
    _exponential_points(exponential, values)
    summary = scope_metrics.metrics.add(name="summary", **names).summary
    point = summary.data_points.add(count=4, sum=0.0, flags=1, **_point(values))
    for quantile, value in ((0.0, -1.0), (0.5, 0.0), (1.0, 99.5)):
        point.quantile_values.add(quantile=quantile, value=value)
    summary.data_points.add(time_unix_nano=NOW)
    bare = request.resource_metrics.add().scope_metrics.add().metrics.add(name="bare")
    bare.gauge.data_points.add(time_unix_nano=NOW)
    return request


def _point(values: dict[str, Any]) -> dict[str, Any]:
    return {
        "start_time_unix_nano": NOW - 10**9,
        "time_unix_nano": NOW,
        "attributes": key_values(values),
    }


def _numbers(data: Any, values: dict[str, Any]) -> None:
    for number in ({"as_int": 2**63 - 1}, {"as_int": 0}, {"as_double": 0.0}, {"as_double": 0.1}):
        point = data.data_points.add(flags=1, **number, **_point(values))
        _exemplars(point, values)
    data.data_points.add(time_unix_nano=NOW, as_double=math.nan)
    data.data_points.add(time_unix_nano=NOW)


def _exemplars(point: Any, values: dict[str, Any]) -> None:
    point.exemplars.add(
        as_int=-5,
        time_unix_nano=NOW - 1,
        trace_id=bytes(range(1, 17)),
        span_id=bytes(range(1, 9)),
        filtered_attributes=key_values(values),
    )
    point.exemplars.add(as_double=0.0, time_unix_nano=NOW - 2)
    point.exemplars.add()


def _histogram_points(histogram: Any, values: dict[str, Any]) -> None:
    full = histogram.data_points.add(
        count=6, sum=0.0, min=0.0, max=-1.5, flags=1, bucket_counts=[1, 2, 3], **_point(values)
    )
    full.explicit_bounds.extend([0.0, 0.5])
    _exemplars(full, values)
    histogram.data_points.add(count=1, bucket_counts=[2**64 - 1], time_unix_nano=NOW)
    histogram.data_points.add(time_unix_nano=NOW)


def _exponential_points(exponential: Any, values: dict[str, Any]) -> None:
    full = exponential.data_points.add(
        count=9, sum=-4.5, min=-3.0, max=0.0, scale=-3, zero_count=2, flags=1, zero_threshold=0.25,
        **_point(values),
    )  # fmt: skip
    full.positive.offset = -7
    full.positive.bucket_counts.extend([0, 1, 2**63])
    full.negative.offset = 3
    full.negative.bucket_counts.extend([4])
    _exemplars(full, values)
    exponential.data_points.add(time_unix_nano=NOW)
