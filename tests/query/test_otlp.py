"""What was sent can be had back as OTLP JSON, with nothing lost: for all three signals."""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Mapping
from itertools import count
from typing import Any, TypeVar

import pytest
from google.protobuf import json_format
from google.protobuf.message import Message
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import AnyValue
from opentelemetry.proto.metrics.v1.metrics_pb2 import AggregationTemporality

from .conftest import Api
from .sent import HOUR, MINUTE, T0, Value, any_value, key_values, span, span_id, trace_id, traces
from .test_trace import everything

_M = TypeVar("_M", bound=Message)

WINDOW = {"start": T0 - HOUR, "end": T0 + HOUR}
_CUMULATIVE = AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE
_DELTA = AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA
_IDS = {"traceId", "spanId", "parentSpanId"}


def parsed(request: type[_M], text: str) -> _M:
    """OTLP JSON by protobuf's own parser, which wants ids in base64."""

    def with_base64_ids(item: dict[str, Any]) -> dict[str, Any]:
        for name in _IDS & item.keys():
            item[name] = base64.b64encode(bytes.fromhex(item[name])).decode()
        return item

    document = json.loads(text, object_hook=with_base64_ids)
    return json_format.ParseDict(document, request())


def exported(api: Api, signal: str, request: type[_M], **params: Any) -> list[_M]:
    """The lines of an export."""
    response = api.ask(f"/api/export/{signal}", **(WINDOW | params))
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].startswith("application/x-ndjson")
    return [parsed(request, line) for line in response.text.splitlines()]


def text_of(message: Message) -> str:
    """A message as comparable text: NaN equals itself here."""
    return str(message)


def all_of_traces() -> ExportTraceServiceRequest:
    """Two resources, three scopes, and a span that says everything."""
    request = traces([everything()], resource={"host.cpus": 8})
    first = request.resource_spans[0]
    first.schema_url = "https://example.org/resource"
    first.resource.dropped_attributes_count = 6
    first.scope_spans[0].schema_url = "https://example.org/scope"
    first.scope_spans[0].scope.version = "1.2"
    first.scope_spans[0].scope.dropped_attributes_count = 7
    first.scope_spans[0].scope.attributes.extend(key_values({"lib": {"deep": [1]}}))
    other = first.scope_spans.add(spans=[span(1, 3, "other scope", start=10)])
    other.scope.name = "other"
    second = traces([span(1, 4, "elsewhere", start=20)], "zebra")
    request.resource_spans.extend(second.resource_spans)
    unknown = span(1, 5, "of tomorrow", start=30)
    unknown.end_time_unix_nano = 0
    request.resource_spans[1].scope_spans[0].spans.append(unknown)
    return request


def test_a_trace_comes_back_as_it_was_sent(api: Api) -> None:
    sent = all_of_traces()
    api.send(sent)
    response = api.ask(f"/api/traces/{trace_id(1)}/otlp")
    assert response.headers["content-disposition"] == (
        f'attachment; filename="{trace_id(1)}.otlp.json"'
    )
    back = parsed(ExportTraceServiceRequest, response.text)
    assert sorted(text_of(back).splitlines()) == sorted(text_of(sent).splitlines())
    [line] = exported(api, "traces", ExportTraceServiceRequest)
    assert text_of(line) == text_of(sent)


def all_of_logs() -> ExportLogsServiceRequest:
    """Records with bodies of every shape, with and without a time or a trace."""
    request = ExportLogsServiceRequest()
    resource_logs = request.resource_logs.add(schema_url="https://example.org/resource")
    resource_logs.resource.attributes.extend(key_values({"service.name": "web"}))
    scope_logs = resource_logs.scope_logs.add(schema_url="https://example.org/scope")
    scope_logs.scope.name = "logger"
    bodies: list[Value] = ["text", "", 0, 1.5, False, b"\x00", [1, "a"], {"k": [None, {}]}, []]
    for number, body in enumerate(bodies):
        scope_logs.log_records.add(
            time_unix_nano=T0 + number,
            observed_time_unix_nano=T0 + number + 1,
            severity_number=9,
            severity_text="INFO",
            body=any_value(body),
            attributes=key_values({"n": number, "nested": {"a": 1}}),
            dropped_attributes_count=2,
            flags=1,
            trace_id=bytes.fromhex(trace_id(1)),
            span_id=bytes.fromhex(span_id(2)),
            event_name="said",
        )
    scope_logs.log_records.add(observed_time_unix_nano=T0 + 100)
    return request


def test_logs_come_back_as_they_were_sent(api: Api) -> None:
    sent = all_of_logs()
    api.send(sent, "logs")
    [line] = exported(api, "logs", ExportLogsServiceRequest)
    assert text_of(line) == text_of(sent)


def all_of_metrics() -> ExportMetricsServiceRequest:
    """The five kinds of metrics, their optional fields set and not."""
    request = ExportMetricsServiceRequest()
    resource_metrics = request.resource_metrics.add(schema_url="https://example.org/resource")
    resource_metrics.resource.attributes.extend(key_values({"service.name": "web"}))
    scope_metrics = resource_metrics.scope_metrics.add(schema_url="https://example.org/scope")
    scope_metrics.scope.name = "meter"
    add = scope_metrics.metrics.add
    times = {"start_time_unix_nano": T0, "time_unix_nano": T0 + MINUTE}
    exemplar = {
        "filtered_attributes": key_values({"user": "u", "tags": [1, {"a": b"\x00"}]}),
        "time_unix_nano": T0 + 3,
        "as_int": 0,
        "span_id": bytes.fromhex(span_id(2)),
        "trace_id": bytes.fromhex(trace_id(1)),
    }
    gauge = add(name="gauge", description="a gauge", unit="1", metadata=key_values({"m": 1})).gauge
    gauge.data_points.add(**times, as_double=0.0, attributes=key_values({"k": 1}), flags=1)
    gauge.data_points.add(time_unix_nano=T0 + MINUTE + 1, as_double=math.inf)
    gauge.data_points.add(time_unix_nano=T0 + MINUTE + 2)
    for number, value in enumerate((math.nan, -math.inf, -0.0, 5e-324, 1.7e308, 1e19, 0.1 + 0.2)):
        gauge.data_points.add(time_unix_nano=T0 + MINUTE + 3 + number, as_double=value)
    total = add(name="sum").sum
    total.aggregation_temporality = _CUMULATIVE
    total.is_monotonic = True
    total.data_points.add(**times, as_int=2**62 + 1, exemplars=[exemplar])
    delta = add(name="sum").sum
    delta.aggregation_temporality = _DELTA
    delta.data_points.add(time_unix_nano=T0 + MINUTE + 1, as_int=0)
    histogram = add(name="histogram").histogram
    histogram.aggregation_temporality = _CUMULATIVE
    histogram.data_points.add(
        **times,
        count=3,
        sum=0.0,
        bucket_counts=[1, 0, 2],
        explicit_bounds=[0.5, 1.0],
        min=0.0,
        max=9.5,
        exemplars=[exemplar],
    )
    histogram.data_points.add(time_unix_nano=T0 + MINUTE + 1, count=2**64 - 1)
    exponential = add(name="exponential").exponential_histogram
    exponential.aggregation_temporality = _DELTA
    exponential.data_points.add(
        **times,
        count=4,
        sum=1.5,
        scale=-3,
        zero_count=1,
        positive={"offset": -2, "bucket_counts": [1, 2]},
        negative={"offset": 5, "bucket_counts": [3]},
        min=-1.0,
        max=1.0,
        zero_threshold=0.25,
    )
    summary = add(name="summary").summary
    point = summary.data_points.add(**times, count=5, sum=2.5)
    point.quantile_values.add(quantile=0.0, value=1.0)
    point.quantile_values.add(quantile=0.99, value=3.0)
    return request


def test_metrics_come_back_as_they_were_sent(api: Api) -> None:
    sent = all_of_metrics()
    api.send(sent, "metrics")
    merged = ExportMetricsServiceRequest()
    for line in exported(api, "metrics", ExportMetricsServiceRequest):
        merged.MergeFrom(line)
    resources = merged.resource_metrics
    metrics = [metric for found in resources for metric in found.scope_metrics[0].metrics]
    assert [text_of(metric) for metric in metrics] == [
        text_of(metric) for metric in sent.resource_metrics[0].scope_metrics[0].metrics
    ]
    for found in resources:
        del found.scope_metrics[0].metrics[:]
        expected = sent.resource_metrics[0]
        assert found.resource == expected.resource
        assert found.schema_url == expected.schema_url
        assert found.scope_metrics[0].scope == expected.scope_metrics[0].scope
        assert found.scope_metrics[0].schema_url == expected.scope_metrics[0].schema_url


_SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    st.binary(max_size=8),
)
_TRACES = count(1)
_VALUES: st.SearchStrategy[Value] = st.recursive(
    _SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.text(st.characters(exclude_categories=["Cs"]), max_size=5), inner, max_size=4
        )
    ),
    max_leaves=12,
)


# One request holds many values: what is slow here is the round trip, not the value.
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(values=st.lists(_VALUES, min_size=30, max_size=60))
def test_any_value_comes_back_as_it_was_sent(api: Api, values: list[Value]) -> None:
    number = next(_TRACES)
    attributes: Mapping[str, Value] = {f"k{n}": value for n, value in enumerate(values)}
    api.send(traces([span(number, 1, attributes=attributes)]))
    text = api.ask(f"/api/traces/{trace_id(number)}/otlp").text
    back = parsed(ExportTraceServiceRequest, text)
    found = back.resource_spans[0].scope_spans[0].spans[0].attributes
    assert [text_of(pair.value) for pair in found] == [
        text_of(any_value(value)) for value in values
    ]


def test_repeated_keys_come_back_in_their_order(api: Api) -> None:
    twice = span(1, 1)
    twice.attributes.add(key="k", value=AnyValue(int_value=1))
    twice.attributes.add(key="k", value=AnyValue(string_value="1"))
    twice.attributes.add(key="", value=AnyValue(bool_value=False))
    api.send(traces([twice]))
    back = parsed(ExportTraceServiceRequest, api.ask(f"/api/traces/{trace_id(1)}/otlp").text)
    assert back.resource_spans[0].scope_spans[0].spans[0] == twice


def test_an_export_is_cut_into_lines_that_hold_every_item_once(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("spanhouse.query.questions.export.BATCH", 4)
    starts = [0, 0, 0, 0, 0, 0, 1, 2, MINUTE, 10 * MINUTE, 20 * MINUTE, 20 * MINUTE]
    api.send(traces([span(1, n, start=start) for n, start in enumerate(starts, 1)]))
    lines = exported(api, "traces", ExportTraceServiceRequest)
    ids = [item.span_id.hex() for line in lines for item in spans_of(line)]
    assert sorted(ids) == [span_id(n) for n in range(1, len(starts) + 1)]
    assert [len(spans_of(line)) for line in lines] == [6, 3, 3]
    times = [item.start_time_unix_nano for line in lines for item in spans_of(line)]
    assert times == sorted(times)


def test_a_long_trace_is_one_document_made_in_batches(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("spanhouse.query.questions.trace.OTLP_BATCH", 3)
    api.send(traces([span(1, n, start=n // 2) for n in range(1, 12)]))
    path = f"/api/traces/{trace_id(1)}/otlp?project={api.project}"
    zipped = api.client.get(path, headers={"accept-encoding": "gzip"})
    plain = api.client.get(path, headers={"accept-encoding": "identity"})
    assert zipped.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert zipped.text == plain.text
    document = parsed(ExportTraceServiceRequest, plain.text)
    found = [item.span_id.hex() for item in spans_of(document)]
    assert sorted(found) == [span_id(n) for n in range(1, 12)]
    assert len(document.resource_spans) > 1


def test_an_export_stops_at_its_limit(api: Api) -> None:
    api.send(traces([span(1, n, start=n) for n in range(1, 9)]))
    [line] = exported(api, "traces", ExportTraceServiceRequest, limit=3)
    assert [item.start_time_unix_nano - T0 for item in spans_of(line)] == [1, 2, 3]


def test_an_export_of_nothing_is_empty(api: Api) -> None:
    assert exported(api, "logs", ExportLogsServiceRequest) == []


def test_an_export_over_the_server_s_bound_is_refused(api: Api) -> None:
    response = api.ask("/api/export/traces", limit=10**9)
    assert response.status_code == 400
    assert "SPANHOUSE_QUERY_MAX_EXPORT_ITEMS" in response.json()["detail"]


def spans_of(line: Any) -> list[Any]:
    """The spans of an export request."""
    return [
        item
        for resource in line.resource_spans
        for scope in resource.scope_spans
        for item in scope.spans
    ]
