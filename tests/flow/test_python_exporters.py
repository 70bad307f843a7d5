"""The stock Python exporters deliver what the real SDK recorded, and it reads back identical."""

from __future__ import annotations

from typing import Any

import grpc
import pytest
from opentelemetry import trace
from opentelemetry._logs import SeverityNumber
from opentelemetry.exporter.otlp.proto.grpc._log_exporter import OTLPLogExporter as GrpcLogs
from opentelemetry.exporter.otlp.proto.grpc.metric_exporter import OTLPMetricExporter as GrpcMetrics
from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter as GrpcSpans
from opentelemetry.exporter.otlp.proto.http import Compression
from opentelemetry.exporter.otlp.proto.http._log_exporter import OTLPLogExporter as HttpLogs
from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter as HttpMetrics
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter as HttpSpans
from opentelemetry.sdk._logs import LoggerProvider
from opentelemetry.sdk._logs.export import SimpleLogRecordProcessor
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
from opentelemetry.sdk.metrics.view import ExponentialBucketHistogramAggregation, View
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import SpanLimits, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import SpanKind, Status, StatusCode

from spanhouse.collector.otlp.signals import SIGNALS
from tests.flow.read_back import assert_stored
from tests.flow.running import RunningCollector
from tests.flow.wiretap import Wiretap

ATTRIBUTES: dict[str, Any] = {
    "string": "é",
    "string.empty": "",
    "int": 0,
    "double": 5.0,
    "bool": False,
    "strings": ["a", ""],
    "ints": [1, 0],
    "doubles": [1.0, 0.1],
    "bools": [True, False],
}
RESOURCE = Resource({"service.name": "checkout", **ATTRIBUTES}, "https://example.com/resource/1")
SCOPE: dict[str, Any] = {
    "version": "1.2",
    "schema_url": "https://example.com/scope/1",
    "attributes": ATTRIBUTES,
}


def _record_spans(exporter: Any) -> None:
    provider = TracerProvider(
        resource=RESOURCE, span_limits=SpanLimits(max_attributes=10, max_events=2, max_links=1)
    )
    provider.add_span_processor(BatchSpanProcessor(exporter))
    tracer = provider.get_tracer(
        "shop", SCOPE["version"], schema_url=SCOPE["schema_url"], attributes=ATTRIBUTES
    )
    state = trace.TraceState([("vendor", "a"), ("other", "b")])
    remote = trace.SpanContext(2**127 + 1, 2**63 + 1, True, trace.TraceFlags(1), state)
    parent = trace.set_span_in_context(trace.NonRecordingSpan(remote))
    linked = trace.Link(remote, ATTRIBUTES)
    for kind in SpanKind:
        with tracer.start_as_current_span(
            f"{kind.name} work",
            parent,
            kind,
            {**ATTRIBUTES, "more": 1, "dropped": 2},
            [linked, linked],
        ) as span:
            for name in ("dropped", "first", ""):
                span.add_event(name, ATTRIBUTES)
            with tracer.start_as_current_span("child") as child:
                child.set_status(Status(StatusCode.ERROR, "it broke"))
                child.record_exception(ValueError("no"))
            span.set_status(Status(StatusCode.OK))
    provider.shutdown()


def _record_metrics(exporter: Any) -> None:
    reader = PeriodicExportingMetricReader(exporter, export_interval_millis=3_600_000)
    views = [
        View(instrument_name="exponential", aggregation=ExponentialBucketHistogramAggregation())
    ]
    provider = MeterProvider([reader], RESOURCE, views=views)
    meter = provider.get_meter("shop", **SCOPE)
    tracer = TracerProvider().get_tracer("exemplars")
    with tracer.start_as_current_span("sampled"):
        meter.create_counter("counter.int", "1", "what it is").add(5, ATTRIBUTES)
        meter.create_counter("counter.double").add(0.1)
        meter.create_up_down_counter("updown").add(-5)
        meter.create_gauge("gauge.int", "By").set(0, ATTRIBUTES)
        meter.create_gauge("gauge.double").set(0.0)
        for name in ("histogram", "exponential"):
            histogram = meter.create_histogram(name, "ms")
            for value in (0, 0.5, 7, 1e6, 12_345.678):
                histogram.record(value, ATTRIBUTES)
    provider.force_flush()
    provider.shutdown()


def _record_logs(exporter: Any) -> None:
    provider = LoggerProvider(RESOURCE)
    provider.add_log_record_processor(SimpleLogRecordProcessor(exporter))
    logger = provider.get_logger("shop", **SCOPE)
    nested = {
        "role": "user",
        "parts": [{"type": "text"}, {"n": 1, "ok": False}],
        "data": b"\x00\xff",
    }
    bodies: list[Any] = ["text", "", 5, 0.5, False, b"\x00", ["a", 1, None], nested, {}, [], None]
    tracer = TracerProvider().get_tracer("logs")
    with tracer.start_as_current_span("request"):
        for position, body in enumerate(bodies):
            logger.emit(
                timestamp=1_767_607_200_123_456_789 + position,
                observed_timestamp=1_767_607_200_123_456_999,
                severity_number=SeverityNumber(position + 1),
                severity_text=f"SEVERITY {position}",
                body=body,
                attributes={**ATTRIBUTES, "nested": nested},
                event_name="order.placed" if position % 2 else None,
            )
    logger.emit(body="outside of a span")
    provider.shutdown()


@pytest.mark.parametrize("compression", [None, grpc.Compression.Gzip], ids=["plain", "gzip"])
def test_grpc(
    collector: RunningCollector, wiretap: Wiretap, project: str, compression: Any
) -> None:
    """All three signals by `opentelemetry-exporter-otlp-proto-grpc`."""
    options: dict[str, Any] = {
        "endpoint": f"http://{wiretap.grpc}",
        "headers": (("x-spanhouse-project", project),),
        "compression": compression,
    }
    _record_spans(GrpcSpans(**options))
    _record_metrics(GrpcMetrics(**options))
    _record_logs(GrpcLogs(**options))
    assert wiretap.apis == {"grpc"}
    _assert_stored(collector, wiretap, project)


@pytest.mark.parametrize("compression", list(Compression), ids=lambda value: value.value)
def test_http_protobuf(
    collector: RunningCollector, wiretap: Wiretap, project: str, compression: Compression
) -> None:
    """All three signals by `opentelemetry-exporter-otlp-proto-http`."""
    options: dict[str, Any] = {
        "headers": {"x-spanhouse-project": project},
        "compression": compression,
    }
    _record_spans(HttpSpans(f"{wiretap.http}/v1/traces", **options))
    _record_metrics(HttpMetrics(f"{wiretap.http}/v1/metrics", **options))
    _record_logs(HttpLogs(f"{wiretap.http}/v1/logs", **options))
    encoding = "" if compression is Compression.NoCompression else f" {compression.value}"
    assert wiretap.apis == {f"application/x-protobuf{encoding}"}
    _assert_stored(collector, wiretap, project)


def _assert_stored(collector: RunningCollector, wiretap: Wiretap, project: str) -> None:
    for signal in SIGNALS.values():
        assert wiretap.caught[signal.name], f"no {signal.name} passed"
        assert_stored(collector.store, signal, project, *wiretap.caught[signal.name])
