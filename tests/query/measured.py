"""Metrics that the tests send: data points in few words, with times relative to T0."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import (
    ExportMetricsServiceRequest,
)
from opentelemetry.proto.metrics.v1.metrics_pb2 import (
    AggregationTemporality,
    Exemplar,
    ExponentialHistogramDataPoint,
    HistogramDataPoint,
    Metric,
    NumberDataPoint,
    SummaryDataPoint,
)

from .sent import T0, Value, key_values, span_id, trace_id

CUMULATIVE = AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE
DELTA = AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA

NO_VALUE = 1
"""The flag of a point that ends its series."""


def _times(start: int | None, at: int, attributes: Mapping[str, Value] | None) -> dict[str, Any]:
    return {
        "start_time_unix_nano": 0 if start is None else T0 + start,
        "time_unix_nano": T0 + at,
        "attributes": key_values(attributes or {}),
    }


def number(
    at: int,
    value: float,
    start: int | None = None,
    attributes: Mapping[str, Value] | None = None,
    flags: int = 0,
    exemplars: Sequence[Exemplar] = (),
) -> NumberDataPoint:
    """A point of a gauge or a sum; an int stays one. `start` None is not set."""
    typed = {"as_int": value} if isinstance(value, int) else {"as_double": value}
    times = _times(start, at, attributes)
    return NumberDataPoint(**times, **typed, flags=flags, exemplars=exemplars)


def exemplar(at: int, value: float, trace: int, span: int) -> Exemplar:
    """A value and where it was measured."""
    return Exemplar(
        time_unix_nano=T0 + at,
        as_double=value,
        trace_id=bytes.fromhex(trace_id(trace)),
        span_id=bytes.fromhex(span_id(span)),
    )


def buckets(
    at: int,
    counts: Sequence[int],
    bounds: Sequence[float],
    start: int | None = 0,
    attributes: Mapping[str, Value] | None = None,
    **stated: Any,
) -> HistogramDataPoint:
    """A point of a histogram; `stated` are sum, min, max, exemplars."""
    times = _times(start, at, attributes)
    return HistogramDataPoint(
        **times, count=sum(counts), bucket_counts=counts, explicit_bounds=bounds, **stated
    )


def scaled(
    at: int,
    scale: int,
    positive: tuple[int, Sequence[int]] = (0, ()),
    negative: tuple[int, Sequence[int]] = (0, ()),
    zero: int = 0,
    start: int | None = 0,
    attributes: Mapping[str, Value] | None = None,
    **stated: Any,
) -> ExponentialHistogramDataPoint:
    """A point of an exponential histogram; `positive` and `negative` are (offset, counts)."""
    side = ExponentialHistogramDataPoint.Buckets
    return ExponentialHistogramDataPoint(
        **_times(start, at, attributes),
        scale=scale,
        zero_count=zero,
        count=zero + sum(positive[1]) + sum(negative[1]),
        positive=side(offset=positive[0], bucket_counts=positive[1]),
        negative=side(offset=negative[0], bucket_counts=negative[1]),
        **stated,
    )


def told(
    at: int,
    count: int,
    total: float,
    quantiles: Mapping[float, float],
    attributes: Mapping[str, Value] | None = None,
) -> SummaryDataPoint:
    """A point of a summary."""
    value = SummaryDataPoint.ValueAtQuantile
    return SummaryDataPoint(
        **_times(0, at, attributes),
        count=count,
        sum=total,
        quantile_values=[value(quantile=q, value=v) for q, v in quantiles.items()],
    )


def gauge(name: str, points: Iterable[NumberDataPoint], unit: str = "1") -> Metric:
    """A gauge."""
    metric = Metric(name=name, unit=unit, description=f"what {name} is")
    metric.gauge.data_points.extend(points)
    return metric


def counter(
    name: str,
    points: Iterable[NumberDataPoint],
    temporality: AggregationTemporality.ValueType = CUMULATIVE,
    is_monotonic: bool = True,
    unit: str = "1",
) -> Metric:
    """A sum."""
    metric = Metric(name=name, unit=unit)
    metric.sum.data_points.extend(points)
    metric.sum.aggregation_temporality = temporality
    metric.sum.is_monotonic = is_monotonic
    return metric


def histogram(
    name: str,
    points: Iterable[HistogramDataPoint],
    temporality: AggregationTemporality.ValueType = CUMULATIVE,
    unit: str = "s",
) -> Metric:
    """A histogram with explicit bounds."""
    metric = Metric(name=name, unit=unit)
    metric.histogram.data_points.extend(points)
    metric.histogram.aggregation_temporality = temporality
    return metric


def exponential(
    name: str,
    points: Iterable[ExponentialHistogramDataPoint],
    temporality: AggregationTemporality.ValueType = CUMULATIVE,
    unit: str = "s",
) -> Metric:
    """An exponential histogram."""
    metric = Metric(name=name, unit=unit)
    metric.exponential_histogram.data_points.extend(points)
    metric.exponential_histogram.aggregation_temporality = temporality
    return metric


def summary(name: str, points: Iterable[SummaryDataPoint], unit: str = "s") -> Metric:
    """A summary."""
    metric = Metric(name=name, unit=unit)
    metric.summary.data_points.extend(points)
    return metric


def metrics(
    *measured: Metric, service: str = "web", resource: Mapping[str, Value] | None = None
) -> ExportMetricsServiceRequest:
    """A request with the metrics of one service."""
    request = ExportMetricsServiceRequest()
    of_resource = request.resource_metrics.add()
    of_resource.resource.attributes.extend(
        key_values({"service.name": service} | dict(resource or {}))
    )
    of_resource.scope_metrics.add(metrics=list(measured)).scope.name = "tests"
    return request
