"""OpenTelemetry's providers: those the program has, or new ones that export to spanhouse.

An existing provider keeps its exporters; ours is added beside them only if an endpoint was named, so that
nothing is sent twice."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from opentelemetry import _logs, metrics, trace
from opentelemetry._logs import NoOpLoggerProvider
from opentelemetry.metrics import NoOpMeterProvider
from opentelemetry.sdk.trace import SpanProcessor, TracerProvider

from . import semconv
from .context import inherited, model_call
from .errors import guarded
from .operation import MODEL_CALLS
from .telemetry import SCHEMA_URL, SCOPE, Metrics, Telemetry

if TYPE_CHECKING:
    from opentelemetry.context import Context
    from opentelemetry.sdk.trace import ReadableSpan, Span
    from opentelemetry.sdk.trace.export import SpanExporter

    from .settings import Settings

EXPORT_TIMEOUT_SECONDS: Final = 5
"""One export; so long may a program's exit wait for a collector that does not answer."""


class Inherit(SpanProcessor):
    """Gives each span of the program, of whatever library, what it inherits (context.py); notes model calls
    told natively."""

    def __init__(self) -> None:
        self.active = True

    def on_start(self, span: Span, parent_context: Context | None = None) -> None:
        """OpenTelemetry calls this for each span that starts."""
        if not self.active:
            return
        with guarded("starting a span"):
            if values := inherited(parent_context):
                own = span.attributes or {}
                span.set_attributes({key: value for key, value in values.items() if key not in own})
            call = model_call(parent_context)
            if not _calls_model(span):
                return
            if call is not None and call.framework:
                call.tell()
            if _calls_model(trace.get_current_span(parent_context)):
                # Two libraries tell it natively, one above the other: the outer one also has what goes around it.
                span.set_attribute(semconv.SPANHOUSE_REPEATS, True)


def _calls_model(span: object) -> bool:
    attributes = getattr(span, "attributes", None) or {}
    return attributes.get(semconv.GEN_AI_OPERATION_NAME) in MODEL_CALLS


@dataclass(slots=True)
class Providers:
    """`telemetry` writes to them; `exports_to` says where that goes; `flush` sends what waits; `close` takes
    ours away again."""

    telemetry: Telemetry
    exports_to: str
    flush: Callable[[int], bool]
    close: Callable[[], None]


def connect(settings: Settings) -> Providers:
    """The program's providers, or new ones, ready to write to."""
    off = os.environ.get("OTEL_SDK_DISABLED", "").lower() == "true"
    provider = trace.get_tracer_provider()
    existing = isinstance(provider, TracerProvider)
    exports_to = "nothing: OTEL_SDK_DISABLED"
    if off:
        return _written(
            settings,
            trace.NoOpTracerProvider(),
            NoOpMeterProvider(),
            NoOpLoggerProvider(),
            exports_to,
            [],
        )
    closing: list[Callable[[], None]] = []
    if not isinstance(provider, TracerProvider):
        provider = _tracer_provider(settings)
        trace.set_tracer_provider(provider)
    inherit = Inherit()
    provider.add_span_processor(inherit)
    closing.append(lambda: setattr(inherit, "active", False))
    exports_to = "where the program's own provider exports"
    if not existing or settings.explicit:
        exports_to = _export_spans(provider, settings, closing)
    meters = metrics.get_meter_provider()
    loggers = _logs.get_logger_provider()
    if not existing:
        meters, loggers = _new_meters_and_loggers(settings, provider, meters, loggers)
    return _written(settings, provider, meters, loggers, exports_to, closing)


def _written(
    settings: Settings,
    provider: Any,
    meters: Any,
    loggers: Any,
    exports_to: str,
    closing: list[Callable[[], None]],
) -> Providers:
    version = _version()
    telemetry = Telemetry(
        tracer=provider.get_tracer(SCOPE, version, schema_url=SCHEMA_URL),
        content=settings.content,
        metrics=Metrics(meters.get_meter(SCOPE, version, SCHEMA_URL)) if _records(meters) else None,
        logger=loggers.get_logger(SCOPE, version, SCHEMA_URL),
        http_spans=settings.http_spans,
    )

    def flush(timeout_milliseconds: int) -> bool:
        done = [
            each.force_flush(timeout_milliseconds)
            for each in (provider, meters, loggers)
            if hasattr(each, "force_flush")
        ]
        return all(answer is not False for answer in done)

    def close() -> None:
        for undo in closing:
            with guarded("taking an exporter away"):
                undo()

    return Providers(telemetry, exports_to, flush, close)


def _records(meters: object) -> bool:
    """Whether a real meter provider is set: the API's stand-in costs time for each instrument and keeps nothing."""
    from opentelemetry.sdk.metrics import MeterProvider

    return isinstance(meters, MeterProvider)


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("spanhouse")
    except PackageNotFoundError:
        return "0+checkout"


def _resource(settings: Settings) -> Any:
    from opentelemetry.sdk.resources import Resource

    attributes = {semconv.SERVICE_NAME: settings.service_name}
    if settings.project is not None:
        attributes[semconv.SPANHOUSE_PROJECT] = settings.project
    return Resource.create(attributes)


def _tracer_provider(settings: Settings) -> TracerProvider:
    return TracerProvider(resource=_resource(settings))


def _exporter_named(signal: str) -> str:
    return os.environ.get(f"OTEL_{signal}_EXPORTER", "otlp").strip().lower()


def _export_spans(
    provider: TracerProvider, settings: Settings, closing: list[Callable[[], None]]
) -> str:
    from opentelemetry.sdk.trace.export import BatchSpanProcessor, ConsoleSpanExporter

    from .native import Normalising

    exporter: SpanExporter
    match _exporter_named("TRACES"):
        case "none":
            return "nothing: OTEL_TRACES_EXPORTER is none"
        case "console":
            exporter, told = ConsoleSpanExporter(), "the console"
        case _:
            exporter = _otlp("trace_exporter", "OTLPSpanExporter", "v1/traces", settings)
            told = settings.endpoint or "where OTEL_EXPORTER_OTLP_* say"
    batches = BatchSpanProcessor(Normalising(exporter))
    switch = _Switch(batches)
    provider.add_span_processor(switch)
    closing.append(switch.close)
    return told


class _Switch(SpanProcessor):
    """A processor that can be taken out again, which a provider does not offer."""

    def __init__(self, inner: SpanProcessor) -> None:
        self._inner: SpanProcessor | None = inner

    def on_end(self, span: ReadableSpan) -> None:
        if self._inner is not None:
            self._inner.on_end(span)

    def shutdown(self) -> None:
        if self._inner is not None:
            self._inner.shutdown()

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        return self._inner is None or self._inner.force_flush(timeout_millis)

    def close(self) -> None:
        """Send what waits, then take part in nothing."""
        inner, self._inner = self._inner, None
        if inner is not None:
            inner.shutdown()


def _otlp(module: str, name: str, path: str, settings: Settings) -> Any:
    """The OTLP exporter of `settings.protocol`; where OTEL_EXPORTER_OTLP_* name an address, it reads that itself."""
    from importlib import import_module

    part = "grpc" if settings.protocol == "grpc" else "http"
    exporter = getattr(import_module(f"opentelemetry.exporter.otlp.proto.{part}.{module}"), name)
    arguments: dict[str, Any] = {}
    if "OTEL_EXPORTER_OTLP_TIMEOUT" not in os.environ:
        arguments["timeout"] = EXPORT_TIMEOUT_SECONDS
    if settings.headers:
        arguments["headers"] = {**_headers_of_environment(), **settings.headers}
    if settings.endpoint is not None:
        arguments["endpoint"] = (
            settings.endpoint if part == "grpc" else f"{settings.endpoint.rstrip('/')}/{path}"
        )
        if part == "grpc":
            arguments["insecure"] = settings.endpoint.startswith("http://")
    return exporter(**arguments)


def _headers_of_environment() -> dict[str, str]:
    from opentelemetry.util.re import parse_env_headers

    return dict(parse_env_headers(os.environ.get("OTEL_EXPORTER_OTLP_HEADERS", ""), liberal=True))


def _new_meters_and_loggers(
    settings: Settings, provider: TracerProvider, meters: Any, loggers: Any
) -> tuple[Any, Any]:
    from opentelemetry.sdk._logs import LoggerProvider
    from opentelemetry.sdk._logs.export import BatchLogRecordProcessor
    from opentelemetry.sdk.metrics import MeterProvider
    from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader

    if not isinstance(meters, MeterProvider) and _exporter_named("METRICS") == "otlp":
        exporter = _otlp("metric_exporter", "OTLPMetricExporter", "v1/metrics", settings)
        meters = MeterProvider(
            [PeriodicExportingMetricReader(exporter)], resource=provider.resource
        )
        metrics.set_meter_provider(meters)
    if not isinstance(loggers, LoggerProvider) and _exporter_named("LOGS") == "otlp":
        loggers = LoggerProvider(resource=provider.resource)
        exporter = _otlp("_log_exporter", "OTLPLogExporter", "v1/logs", settings)
        loggers.add_log_record_processor(BatchLogRecordProcessor(exporter))
        _logs.set_logger_provider(loggers)
    return meters, loggers
