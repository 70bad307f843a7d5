"""Plans through the OpenTelemetry SDK to an OTLP gRPC endpoint, with the SDK's own processors and exporters.

Nothing is lost silently: what an exporter did not deliver is a DemoError with the reason the endpoint gave.
"""

from __future__ import annotations

import logging
import os
import random
import threading
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from opentelemetry import trace as trace_api
from opentelemetry._logs import LogRecord, SeverityNumber
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.grpc._log_exporter import OTLPLogExporter
from opentelemetry.exporter.otlp.proto.grpc.metric_exporter import OTLPMetricExporter
from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk._logs import LoggerProvider
from opentelemetry.sdk._logs.export import BatchLogRecordProcessor
from opentelemetry.sdk.metrics.export import (
    Metric,
    MetricExportResult,
    MetricsData,
    ResourceMetrics,
    ScopeMetrics,
)
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExportResult
from opentelemetry.sdk.trace.id_generator import IdGenerator
from opentelemetry.sdk.trace.sampling import ALWAYS_ON
from opentelemetry.sdk.util.instrumentation import InstrumentationScope
from opentelemetry.trace import Link, NonRecordingSpan, SpanContext, Status, StatusCode
from opentelemetry.util.re import parse_env_headers

import spanhouse
from spanhouse.ports import why_unreachable

from .mix import Trace
from .plan import Step

_SCOPE = "spanhouse.demo"
_PROJECT_HEADER = "x-spanhouse-project"
_PROJECT_ATTRIBUTE = "spanhouse.project"
_QUEUE_SPANS = 20_000
_FLUSH_SPANS = 8_000
_FLUSH_MILLISECONDS = 60_000
_VERSIONS = {
    "frontend": "4.12.0",
    "cart": "2.3.1",
    "payment": "7.0.4",
    "fulfilment": "1.8.0",
    "support-agent": "0.9.2",
    "shop-tools": "0.9.2",
    "catalog-indexer": "3.1.0",
}


class DemoError(Exception):
    """The mix could not be sent; the message is one sentence."""


def named_project() -> str:
    """The project that the exporter's own variables name, as the server reads it; "" where none does."""
    headers = os.environ.get("OTEL_EXPORTER_OTLP_TRACES_HEADERS") or os.environ.get(
        "OTEL_EXPORTER_OTLP_HEADERS", ""
    )
    named = parse_env_headers(headers, liberal=True).get(_PROJECT_HEADER, "")
    return named or str(Resource.create().attributes.get(_PROJECT_ATTRIBUTE, ""))


class _SeededIds(IdGenerator):
    """Ids from the demo's own dice: the same seed gives the same ids."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice

    def generate_span_id(self) -> int:
        """64 bits, never zero."""
        return self._dice.randrange(1, 1 << 64)

    def generate_trace_id(self) -> int:
        """128 bits, never zero."""
        return self._dice.randrange(1, 1 << 128)


class _Deliveries(logging.Handler):
    """What the exporters delivered, and the last thing they complained about."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._lock = threading.Lock()
        self.has_failed = False
        self.delivered = 0
        """Spans and log records."""
        self.reason = ""

    def emit(self, record: logging.LogRecord) -> None:
        """Keep an exporter's complaint instead of letting it onto the terminal."""
        self.reason = record.getMessage()

    def count(self, items: int, *, succeeded: bool) -> None:
        """Called by both exporters, each on a thread of its own."""
        with self._lock:
            self.delivered += items * succeeded
            self.has_failed |= not succeeded


class _Spans(OTLPSpanExporter):
    deliveries: _Deliveries

    def export(self, spans: Sequence[Any]) -> SpanExportResult:
        """As the SDK's; after a failure nothing more is tried."""
        if self.deliveries.has_failed:
            return SpanExportResult.FAILURE
        result = super().export(spans)
        self.deliveries.count(len(spans), succeeded=result is SpanExportResult.SUCCESS)
        return result


class _Logs(OTLPLogExporter):
    deliveries: _Deliveries

    def export(self, batch: Sequence[Any]) -> Any:
        """As the SDK's; after a failure nothing more is tried."""
        result = super().export(batch)
        self.deliveries.count(len(batch), succeeded=result.name == "SUCCESS")
        return result


class Sender:
    """One provider of traces and one of logs for each service, all to one endpoint.

    Args:
        endpoint: URL of an OTLP gRPC endpoint.
        dice: where ids come from.

    Raises:
        DemoError: nothing listens there.
    """

    def __init__(self, endpoint: str, dice: random.Random) -> None:
        _check_reachable(endpoint)
        self.endpoint = endpoint
        self.spans = self.logs = self.points = 0
        self._unflushed = 0
        self._ids = _SeededIds(dice)
        self._deliveries = _Deliveries()
        complaints = logging.getLogger("opentelemetry")
        complaints.addHandler(self._deliveries)
        complaints.propagate = False
        spans, logs = _Spans(endpoint=endpoint), _Logs(endpoint=endpoint)
        spans.deliveries = logs.deliveries = self._deliveries
        self._span_processor = BatchSpanProcessor(spans, max_queue_size=_QUEUE_SPANS)
        self._log_processor = BatchLogRecordProcessor(logs, max_queue_size=_QUEUE_SPANS)
        self._metrics = OTLPMetricExporter(endpoint=endpoint)
        self._providers: dict[str, tuple[TracerProvider, LoggerProvider]] = {}
        self._sent: dict[str, SpanContext] = {}
        self.roots: list[SpanContext] = []
        """Of the traces sent, in their order."""

    def send(self, trace: Trace) -> str:
        """Send a trace with its logs; returns its id."""
        self._span(trace.root, trace.start, None, None)
        if self._unflushed > _FLUSH_SPANS:
            self.flush()
        return f"{self.roots[-1].trace_id:032x}"

    def measure(self, service: str, metrics: list[Metric]) -> None:
        """Send metrics of one service."""
        scope = ScopeMetrics(InstrumentationScope(_SCOPE, spanhouse.__version__), metrics, "")
        sent = self._metrics.export(MetricsData([ResourceMetrics(_resource(service), [scope], "")]))
        self._deliveries.has_failed |= sent is not MetricExportResult.SUCCESS
        self.points += sum(len(metric.data.data_points) for metric in metrics)
        self.flush()

    def flush(self) -> None:
        """Return when everything sent so far is acknowledged.

        Raises:
            DemoError: something is not.
        """
        flushed = self._span_processor.force_flush(_FLUSH_MILLISECONDS)
        flushed = self._log_processor.force_flush(_FLUSH_MILLISECONDS) and flushed
        self._unflushed = 0
        missing = self.spans + self.logs - self._deliveries.delivered
        if self._deliveries.has_failed or missing or not flushed:
            raise DemoError(
                f"{self.endpoint} did not take what was sent: {self._deliveries.reason or 'no answer in time'}; "
                "is it an OTLP gRPC endpoint (the usual port is 4317)?"
            )

    def close(self) -> None:
        """Close the connections."""
        self._span_processor.shutdown()  # type: ignore[no-untyped-call]
        self._log_processor.shutdown()  # type: ignore[no-untyped-call]
        self._metrics.shutdown()

    def _span(self, step: Step, start: int, parent: SpanContext | None, caller: str | None) -> None:
        tracer, logger = self._of(step.service)
        links = [Link(self._sent[key]) for key in step.links if key in self._sent]
        is_remote = caller not in (None, step.service)
        span = tracer.start_span(
            step.name,
            context=_context(parent, is_remote=is_remote),
            kind=step.kind,
            attributes=step.attributes,
            links=links,
            start_time=start,
        )
        context = span.get_span_context()
        if parent is None:
            self.roots.append(context)
        if step.key:
            self._sent[step.key] = SpanContext(
                context.trace_id, context.span_id, True, context.trace_flags
            )
        for event in step.events:
            span.add_event(event.name, event.attributes, start + event.at)
        for offset, child in step.children:
            self._span(child, start + offset, context, step.service)
        for note in step.notes:
            logger.emit(
                LogRecord(
                    timestamp=start + note.at,
                    observed_timestamp=start + note.at,
                    context=_context(context),
                    severity_text=note.severity,
                    severity_number=SeverityNumber[note.severity],
                    body=note.body,
                    attributes=dict(note.attributes),
                    event_name=note.event_name,
                )
            )
        if step.failed is not None:
            span.set_status(Status(StatusCode.ERROR, step.failed))
        elif step.succeeded:
            span.set_status(Status(StatusCode.OK))
        span.end(start + step.took)
        self.spans += 1
        self.logs += len(step.notes)
        self._unflushed += 1

    def _of(self, service: str) -> tuple[trace_api.Tracer, Any]:
        if service not in self._providers:
            resource = _resource(service)
            traces = TracerProvider(
                ALWAYS_ON, resource, shutdown_on_exit=False, id_generator=self._ids
            )
            traces.add_span_processor(self._span_processor)
            logs = LoggerProvider(resource, shutdown_on_exit=False)
            logs.add_log_record_processor(self._log_processor)
            self._providers[service] = traces, logs
        traces, logs = self._providers[service]
        return traces.get_tracer(_SCOPE, spanhouse.__version__), logs.get_logger(
            _SCOPE, spanhouse.__version__
        )


def _context(span: SpanContext | None, *, is_remote: bool = False) -> Context:
    if span is None:
        return Context()
    seen = SpanContext(span.trace_id, span.span_id, is_remote, span.trace_flags, span.trace_state)
    return trace_api.set_span_in_context(NonRecordingSpan(seen), Context())


def _resource(service: str) -> Resource:
    return Resource.create(
        {
            "service.name": service,
            "service.namespace": "shop",
            "service.version": _VERSIONS[service],
            "service.instance.id": f"{service}-5d9c7b-{sum(service.encode()) % 900 + 100}",
            "deployment.environment.name": "demo",
            "host.name": f"node-{len(service) % 3 + 1}",
        }
    )


def _check_reachable(endpoint: str) -> None:
    parts = urlsplit(endpoint if "//" in endpoint else f"//{endpoint}")
    try:
        reason = why_unreachable(parts.hostname or "", parts.port or 4317)
    except ValueError as error:
        raise DemoError(f"{endpoint} is not the URL of an OTLP endpoint: {error}") from error
    if reason:
        raise DemoError(
            f"nothing takes OTLP gRPC at {endpoint} ({reason}): start `spanhouse up`, or name another with --endpoint"
        )
