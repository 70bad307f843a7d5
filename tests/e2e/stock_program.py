"""A program with the stock OpenTelemetry SDK: where it sends is told by OTEL_* variables alone, as in any program.

It prints the id of its trace, which holds something of everything a span can carry.
"""

from __future__ import annotations

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Link, SpanKind, Status, StatusCode, Tracer


class CardDeclined(Exception):
    """What the payment service meets."""


def main() -> None:
    """Send two traces; print the id of the second."""
    processor = BatchSpanProcessor(OTLPSpanExporter())
    orders = _tracer("orders", processor)
    payments = _tracer("payments", processor)
    with orders.start_as_current_span("receive webhook") as webhook:
        cause = webhook.get_span_context()
    with orders.start_as_current_span(
        "POST /orders",
        kind=SpanKind.SERVER,
        attributes={
            "order.id": "A-1017",
            "order.items": 3,
            "order.weight_kg": 2.5,
            "order.gift": True,
            "order.tags": ["fragile", "express"],
            "order.note": "",
            "order.payload": '{"sku": "lamp", "size": [1, 2]}',
        },
        links=[Link(cause, {"link.reason": "webhook"})],
    ) as root:
        with orders.start_as_current_span("reserve stock") as reserve:
            reserve.add_event("stock reserved", {"stock.left": 41})
            reserve.set_status(StatusCode.OK)
        with orders.start_as_current_span("charge", kind=SpanKind.CLIENT) as call:
            _charge(payments)
            call.set_status(Status(StatusCode.ERROR, "payments answered 402"))
    processor.shutdown()  # type: ignore[no-untyped-call]
    print(f"{root.get_span_context().trace_id:032x}")


def _tracer(service: str, processor: BatchSpanProcessor) -> Tracer:
    resource = Resource.create({"service.name": service, "service.version": "3.2.1"})
    provider = TracerProvider(resource=resource, shutdown_on_exit=False)
    provider.add_span_processor(processor)
    return provider.get_tracer("shop.tracing", "0.9", attributes={"scope.team": "checkout"})


def _charge(payments: Tracer) -> None:
    with payments.start_as_current_span("charge card", kind=SpanKind.SERVER) as span:
        span.record_exception(CardDeclined("card ending 4242 was declined"))
        span.set_status(Status(StatusCode.ERROR, "card declined"))


if __name__ == "__main__":
    main()
