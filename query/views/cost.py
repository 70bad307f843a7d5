"""Charged spans as an explanation of what they cost."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, cast

from spanhouse.collector.store.usage import UNITS

from ..answers.cost import Cost, CostLine, LeftOut, Reason, SpanCost
from .usage import Charged, Rule, dollars, usage_total

_Bucket = Literal[
    "input", "cache_read", "cache_write", "cache_write_1h", "input_audio",
    "output", "reasoning", "output_audio", "request",
]  # fmt: skip


def cost(trace_id: str, spans: Iterable[Charged]) -> Cost:
    """The explanation of some spans of a trace."""
    spans = list(spans)
    total = usage_total(spans)
    return Cost(
        trace_id=trace_id,
        total=None if total.cost is None else f"{dollars(total.cost):f}",
        input_tokens=total.input_tokens,
        output_tokens=total.output_tokens,
        spans=[_span(span) for span in spans if span.counted],
        left_out=[_left_out(span) for span in spans if not span.counted],
        unpriced_models=total.unpriced_models,
    )


def _span(span: Charged) -> SpanCost:
    rule = span.price.rule(span.used.start_nano, span.used.input_tokens) if span.price else None
    reported = span.used.reported_cost
    return SpanCost(
        span_id=span.used.span_id,
        operation=span.used.operation,
        provider=span.used.key.provider,
        model=span.used.model,
        cost=None if span.cost is None else f"{dollars(span.cost):f}",
        source="price" if rule else "unknown" if span.cost is None else "reported",
        price_name=span.price.name if span.price and rule else "",
        price_version=span.price.version if span.price and rule else "",
        over_input_tokens=rule.over_input_tokens if rule else 0,
        reported_cost=None if reported is None else f"{dollars(reported):f}",
        lines=_lines(span, rule) if rule else [],
    )


def _lines(span: Charged, rule: Rule) -> list[CostLine]:
    quantities = span.used.buckets | {"request": 1 if rule.prices["request"] else 0}
    return [
        CostLine(
            bucket=cast(_Bucket, unit),
            quantity=quantities[unit],
            unit_price=f"{dollars(rule.prices[unit]):f}",
            amount=f"{dollars(quantities[unit] * rule.prices[unit]):f}",
        )
        for unit in UNITS
        if quantities[unit]
    ]


def _left_out(span: Charged) -> LeftOut:
    reason: Reason = "repeats a call that another span reports"
    if not span.used.is_call:
        uses = span.used.input_tokens + span.used.output_tokens
        reason = "calls no model" if uses or not span.used.calls_model else "reports no usage"
    return LeftOut(
        span_id=span.used.span_id,
        operation=span.used.operation,
        model=span.used.model,
        input_tokens=span.used.input_tokens,
        output_tokens=span.used.output_tokens,
        reason=reason,
    )
