"""Rows of the otel_metrics tables as an ExportMetricsServiceRequest; a row is one data point."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Literal, NamedTuple

from .grouping import Names, key, request
from .values import double, key_values, nano, present, time

Kind = Literal["gauge", "sum", "histogram", "exponential_histogram", "summary"]

_NAMES = Names("resourceMetrics", "scopeMetrics", "metrics")


def metrics(kind: Kind, rows: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The request that the rows of one of the five tables could have come in."""
    shape = _SHAPES[kind]
    points: dict[bytes, list[dict[str, Any]]] = {}
    found: list[tuple[dict[str, Any], dict[str, Any]]] = []
    for row in rows:
        metric = _metric_key(row)
        if metric not in points:
            points[metric] = []
            found.append((row, _metric(row, shape, points[metric])))
        points[metric].append(shape.point(row))
    return request(_NAMES, found)


class _Shape(NamedTuple):
    """How a kind of metric is written."""

    field: str
    point: Callable[[dict[str, Any]], dict[str, Any]]


def _metric_key(row: dict[str, Any]) -> bytes:
    """All that a metric, its scope and its resource say; rows that agree in it are points of one metric."""
    return key(
        *(
            value
            for name, value in row.items()
            if name.startswith(("Resource", "Scope", "Metric"))
            or name in ("AggregationTemporality", "IsMonotonic")
        )
    )


def _metric(row: dict[str, Any], shape: _Shape, points: list[dict[str, Any]]) -> dict[str, Any]:
    data = present(
        {
            "dataPoints": points,
            "aggregationTemporality": row.get("AggregationTemporality"),
            "isMonotonic": row.get("IsMonotonic"),
        }
    )
    # The points are still to come.
    data["dataPoints"] = points
    return present(
        {
            "name": row["MetricName"],
            "description": row["MetricDescription"],
            "unit": row["MetricUnit"],
            "metadata": key_values(row["MetricMetadata"], row["MetricMetadataTypes"]),
            shape.field: data,
        }
    )


def _point(row: dict[str, Any]) -> dict[str, Any]:
    """What the points of every kind have."""
    return {
        "attributes": key_values(row["Attributes"], row["AttributeTypes"]),
        "startTimeUnixNano": time(row["StartTimeUnix"]),
        "timeUnixNano": time(row["TimeUnix"]),
        "flags": row["Flags"],
    }


def _number(kind: str, value: str, value_int: int) -> dict[str, Any]:
    """The oneof of a number: set, even to 0, or absent."""
    if kind == "int":
        return {"asInt": str(value_int)}
    return {"asDouble": double(value)} if kind == "double" else {}


def _number_point(row: dict[str, Any]) -> dict[str, Any]:
    point = _point(row) | {"exemplars": _exemplars(row)}
    return present(point) | _number(row["ValueType"], row["Value"], row["ValueInt"])


def _histogram_point(row: dict[str, Any]) -> dict[str, Any]:
    point = _point(row) | {
        "count": nano(row["Count"]),
        "bucketCounts": [str(count) for count in row["BucketCounts"]],
        "explicitBounds": [double(bound) for bound in row["ExplicitBounds"]],
        "exemplars": _exemplars(row),
    }
    return present(point) | _extremes(row)


def _exponential_point(row: dict[str, Any]) -> dict[str, Any]:
    point = _point(row) | {
        "count": nano(row["Count"]),
        "scale": row["Scale"],
        "zeroCount": nano(row["ZeroCount"]),
        "positive": _buckets(row["PositiveOffset"], row["PositiveBucketCounts"]),
        "negative": _buckets(row["NegativeOffset"], row["NegativeBucketCounts"]),
        "zeroThreshold": double(row["ZeroThreshold"]),
        "exemplars": _exemplars(row),
    }
    return present(point) | _extremes(row)


def _summary_point(row: dict[str, Any]) -> dict[str, Any]:
    quantiles = zip(row["ValueAtQuantiles.Quantile"], row["ValueAtQuantiles.Value"], strict=True)
    point = _point(row) | {
        "count": nano(row["Count"]),
        "sum": double(row["Sum"]),
        "quantileValues": [
            present({"quantile": double(quantile), "value": double(value)})
            for quantile, value in quantiles
        ],
    }
    return present(point)


def _extremes(row: dict[str, Any]) -> dict[str, Any]:
    """The optional fields of a histogram: present where they were, 0 included."""
    optional = (("sum", "HasSum", "Sum"), ("min", "HasMin", "Min"), ("max", "HasMax", "Max"))
    return {name: double(row[value]) for name, has, value in optional if row[has]}


def _buckets(offset: int, counts: list[int]) -> dict[str, Any] | None:
    found = {"offset": offset, "bucketCounts": [str(count) for count in counts]}
    return present(found) or None


def _exemplars(row: dict[str, Any]) -> list[dict[str, Any]]:
    columns = zip(
        row["Exemplars.FilteredAttributes"],
        row["Exemplars.FilteredAttributeTypes"],
        row["Exemplars.TimeUnix"],
        row["Exemplars.SpanId"],
        row["Exemplars.TraceId"],
        row["Exemplars.ValueType"],
        row["Exemplars.Value"],
        row["Exemplars.ValueInt"],
        strict=True,
    )
    return [
        present(
            {
                "filteredAttributes": key_values(pairs, types),
                "timeUnixNano": time(taken),
                "spanId": span_id,
                "traceId": trace_id,
            }
        )
        | _number(kind, value, value_int)
        for pairs, types, taken, span_id, trace_id, kind, value, value_int in columns
    ]


_SHAPES: dict[Kind, _Shape] = {
    "gauge": _Shape("gauge", _number_point),
    "sum": _Shape("sum", _number_point),
    "histogram": _Shape("histogram", _histogram_point),
    "exponential_histogram": _Shape("exponentialHistogram", _exponential_point),
    "summary": _Shape("summary", _summary_point),
}
