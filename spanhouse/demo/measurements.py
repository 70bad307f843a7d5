"""What the shop would have measured while the traces happened: one point a minute over the last hour.

Counted from the traces themselves, so that a metric and the traces behind it agree.
"""

from __future__ import annotations

import math
import random
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from opentelemetry.sdk.metrics import Exemplar
from opentelemetry.sdk.metrics.export import (
    AggregationTemporality,
    Gauge,
    Histogram,
    HistogramDataPoint,
    Metric,
    NumberDataPoint,
    Sum,
)
from opentelemetry.trace import SpanContext

from .mix import HOUR, Trace
from .shop import FRONTEND

_MINUTE = 60_000_000_000
# The boundaries the HTTP conventions recommend for http.server.request.duration, in seconds.
_BOUNDARIES = (0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0)


class _Request(NamedTuple):
    """A trace of the frontend, and its root as it was sent."""

    trace: Trace
    root: SpanContext

    @property
    def end(self) -> int:
        return self.trace.start + self.trace.root.took

    @property
    def seconds(self) -> float:
        return self.trace.root.took / 1e9


def measured(
    dice: random.Random, traces: Sequence[Trace], roots: Sequence[SpanContext], now: int
) -> list[Metric]:
    """A gauge, a counter and a histogram of the frontend; `roots` are those of the traces, in their order."""
    requests = [
        _Request(trace, root)
        for trace, root in zip(traces, roots, strict=True)
        if trace.root.service == FRONTEND
    ]
    minutes = [now - HOUR + _MINUTE * number for number in range(1, 61)]
    return [
        Metric(
            "shop.orders.waiting",
            "Orders that are not packed yet.",
            "{order}",
            Gauge(_waiting(dice, minutes)),
        ),
        Metric(
            "shop.requests",
            "Requests answered.",
            "{request}",
            Sum(_answered(requests, minutes), AggregationTemporality.CUMULATIVE, is_monotonic=True),
        ),
        Metric(
            "http.server.request.duration",
            "Duration of HTTP server requests.",
            "s",
            Histogram(_durations(requests, minutes), AggregationTemporality.CUMULATIVE),
        ),
    ]


def _waiting(dice: random.Random, minutes: Sequence[int]) -> list[NumberDataPoint]:
    points = []
    for number, minute in enumerate(minutes):
        swell = 14 + 9 * math.sin(number / 9) + dice.uniform(-2, 2)
        points.append(NumberDataPoint({"warehouse": "hamburg"}, 0, minute, round(swell)))
    return points


def _answered(requests: Sequence[_Request], minutes: Sequence[int]) -> list[NumberDataPoint]:
    points = []
    for route, found in _by_route(requests).items():
        ends = sorted(request.end for request in found)
        points += [
            NumberDataPoint(
                {"http.route": route}, minutes[0] - _MINUTE, minute, bisect_left(ends, minute)
            )
            for minute in minutes
        ]
    return points


def _durations(requests: Sequence[_Request], minutes: Sequence[int]) -> list[HistogramDataPoint]:
    points = []
    for route, found in _by_route(requests).items():
        for minute in minutes:
            ended = [request for request in found if request.end < minute]
            if ended:
                points.append(_histogram(route, minutes[0] - _MINUTE, minute, ended))
    return points


def _histogram(route: str, start: int, minute: int, requests: list[_Request]) -> HistogramDataPoint:
    seconds = [request.seconds for request in requests]
    counts = [0] * (len(_BOUNDARIES) + 1)
    for value in seconds:
        counts[bisect_left(_BOUNDARIES, value)] += 1
    attributes = {
        "http.route": route,
        "http.request.method": "POST" if route in ("/cart", "/checkout") else "GET",
    }
    return HistogramDataPoint(
        attributes,
        start,
        minute,
        len(seconds),
        sum(seconds),
        counts,
        _BOUNDARIES,
        min(seconds),
        max(seconds),
        _slowest([request for request in requests if request.end >= minute - _MINUTE]),
    )


def _slowest(requests: list[_Request]) -> list[Exemplar]:
    """The slowest of a minute, as its exemplar."""
    if not requests:
        return []
    slowest = max(requests, key=lambda request: request.seconds)
    context = slowest.root
    return [Exemplar({}, slowest.seconds, slowest.end, context.span_id, context.trace_id)]


def _by_route(requests: Sequence[_Request]) -> dict[str, list[_Request]]:
    found: dict[str, list[_Request]] = defaultdict(list)
    for request in requests:
        found[str(request.trace.root.attributes["http.route"])].append(request)
    return found
