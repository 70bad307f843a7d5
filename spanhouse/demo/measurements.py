"""What the shop would have measured while the traces happened: one point a minute over the last hour.

Counted from the traces themselves, so that a metric and the traces behind it agree.
"""

from __future__ import annotations

import math
import random
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from opentelemetry.sdk.metrics.export import (
    AggregationTemporality,
    Gauge,
    Histogram,
    HistogramDataPoint,
    Metric,
    NumberDataPoint,
    Sum,
)

from .mix import HOUR, Trace
from .shop import FRONTEND

_MINUTE = 60_000_000_000
# The boundaries the HTTP conventions recommend for http.server.request.duration, in seconds.
_BOUNDARIES = (0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0)


def measured(dice: random.Random, traces: Sequence[Trace], now: int) -> list[Metric]:
    """A gauge, a counter and a histogram of the frontend."""
    requests = [trace for trace in traces if trace.root.service == FRONTEND]
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


def _answered(requests: Sequence[Trace], minutes: Sequence[int]) -> list[NumberDataPoint]:
    points = []
    for route, found in _by_route(requests).items():
        ends = sorted(trace.start + trace.root.took for trace in found)
        points += [
            NumberDataPoint(
                {"http.route": route}, minutes[0] - _MINUTE, minute, bisect_left(ends, minute)
            )
            for minute in minutes
        ]
    return points


def _durations(requests: Sequence[Trace], minutes: Sequence[int]) -> list[HistogramDataPoint]:
    points = []
    for route, found in _by_route(requests).items():
        for minute in minutes:
            seconds = [
                trace.root.took / 1e9 for trace in found if trace.start + trace.root.took < minute
            ]
            if seconds:
                points.append(_histogram(route, minutes[0] - _MINUTE, minute, seconds))
    return points


def _histogram(route: str, start: int, minute: int, seconds: list[float]) -> HistogramDataPoint:
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
    )


def _by_route(requests: Sequence[Trace]) -> dict[str, list[Trace]]:
    found: dict[str, list[Trace]] = defaultdict(list)
    for trace in requests:
        found[str(trace.root.attributes["http.route"])].append(trace)
    return found
