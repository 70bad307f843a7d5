"""Metrics of OpenTelemetry's own SDK, in both temporalities, against values computed from what was recorded."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from opentelemetry.exporter.otlp.proto.common.metrics_encoder import encode_metrics
from opentelemetry.sdk.metrics import (
    Counter,
    Histogram,
    MeterProvider,
    ObservableCounter,
)
from opentelemetry.sdk.metrics.export import AggregationTemporality, InMemoryMetricReader
from opentelemetry.sdk.metrics.view import ExponentialBucketHistogramAggregation, View
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider

from .conftest import Api

_VALUES = [0.001 * (i * 7919 % 1000) + 0.01 for i in range(400)]
"""Durations in seconds, spread over (0.01, 1.01)."""


class Program:
    """A program with the SDK; `collect` sends what its reader has."""

    def __init__(self, api: Api, temporality: AggregationTemporality) -> None:
        self._api = api
        kinds: dict[type, AggregationTemporality] = dict.fromkeys(
            (Counter, ObservableCounter, Histogram), temporality
        )
        self._reader = InMemoryMetricReader(preferred_temporality=kinds)
        views = [
            View(instrument_name="exponential", aggregation=ExponentialBucketHistogramAggregation())
        ]
        resource = Resource({"service.name": "shop", "service.instance.id": str(id(self))})
        self._provider = MeterProvider([self._reader], resource, views=views)
        meter = self._provider.get_meter("shop")
        self.counter = meter.create_counter("requests", "{request}")
        self.explicit = meter.create_histogram(
            "explicit", "s", explicit_bucket_boundaries_advisory=[0.1, 0.2, 0.4, 0.8, 1.6]
        )
        self.exponential = meter.create_histogram("exponential", "s")
        self.gauge = meter.create_gauge("memory", "By")

    def collect(self) -> None:
        """What a periodic reader does each minute."""
        data = self._reader.get_metrics_data()
        assert data is not None
        self._api.send(encode_metrics(data), "metrics")

    def close(self) -> None:
        """As at the end of a program."""
        self._provider.shutdown()


@pytest.fixture(
    params=[AggregationTemporality.CUMULATIVE, AggregationTemporality.DELTA], ids=lambda t: t.name
)
def programs(api: Api, request: pytest.FixtureRequest) -> Callable[[], Program]:
    """Starts programs that send to the test's project."""
    return lambda: Program(api, request.param)


def answer(api: Api, name: str, start: int, **params: Any) -> Any:
    """The answer since the start, in one step."""
    step = 7 * 86400 * 10**9
    return api.get(
        "/api/metrics/query", name=name, start=start, end=time.time_ns(), step=step, **params
    )


def total(api: Api, name: str, start: int, **params: Any) -> float:
    """The sum of the only series' values."""
    [series] = answer(api, name, start, **params)["series"]
    values: list[float | None] = series["values"]
    return sum(value for value in values if value is not None)


def test_what_was_recorded_is_what_is_read(api: Api, programs: Callable[[], Program]) -> None:
    start = time.time_ns()
    program = programs()
    for part in range(4):
        for value in _VALUES[part * 100 : part * 100 + 100]:
            program.counter.add(2, {"http.route": "/a" if part % 2 else "/b"})
            program.explicit.record(value)
            program.exponential.record(value)
        program.gauge.set(1024 * (part + 1))
        program.collect()
    program.close()
    assert total(api, "requests", start, aggregation="increase") == pytest.approx(800)
    found = answer(api, "requests", start, aggregation="increase", group_by="http.route")
    assert {
        series["labels"]["http.route"]: sum(v or 0 for v in series["values"])
        for series in found["series"]
    } == {
        "/a": pytest.approx(400),
        "/b": pytest.approx(400),
    }
    assert total(api, "memory", start, aggregation="max") == 4096
    for name in ("explicit", "exponential"):
        assert total(api, name, start, aggregation="count") == pytest.approx(400)
        assert total(api, name, start, aggregation="sum") == pytest.approx(sum(_VALUES))
        assert total(api, name, start, aggregation="avg") == pytest.approx(sum(_VALUES) / 400)
    exact = sorted(_VALUES)[int(0.9 * 400)]
    # At the scale of 160 buckets for values from 0.01 to 1.01 a bucket is 4.4 percent wide.
    assert total(api, "exponential", start, aggregation="p90") == pytest.approx(exact, rel=0.05)
    # The exact one lies in the bucket (0.8, 1.6].
    assert 0.8 < total(api, "explicit", start, aggregation="p90") <= 1.6


def test_a_program_that_is_started_again_adds_up(api: Api, programs: Callable[[], Program]) -> None:
    start = time.time_ns()
    for _ in range(3):
        program = programs()
        program.counter.add(100)
        program.explicit.record(0.15)
        program.collect()
        program.counter.add(11)
        program.explicit.record(0.15)
        program.collect()
        program.close()
    assert total(api, "requests", start, aggregation="increase") == pytest.approx(333)
    assert total(api, "explicit", start, aggregation="count") == pytest.approx(6)


def test_an_exemplar_of_the_sdk_leads_to_its_span(
    api: Api, programs: Callable[[], Program]
) -> None:
    start = time.time_ns()
    program = programs()
    with TracerProvider().get_tracer("shop").start_as_current_span("slow") as span:
        program.explicit.record(0.75)
    program.collect()
    program.close()
    [exemplar] = answer(api, "explicit", start)["exemplars"]
    assert exemplar["value"] == 0.75
    assert exemplar["trace_id"] == f"{span.get_span_context().trace_id:032x}"
    assert exemplar["span_id"] == f"{span.get_span_context().span_id:016x}"
