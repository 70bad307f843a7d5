"""Which metrics there are, and by what their series differ; read from the points of the window."""

from __future__ import annotations

from typing import Any

from ..answers.metrics import (
    Metric,
    MetricAttributeKey,
    MetricAttributeKeys,
    MetricAttributeValue,
    MetricAttributeValues,
    Metrics,
    Temporality,
)
from ..filters.fields import METRIC_KINDS
from ..metric_aggregation import aggregations
from ..reader import Reader, question
from .search import Window

_TEMPORALITIES: tuple[Temporality, ...] = ("unspecified", "delta", "cumulative")
_NONE = "CAST([], 'Array(Int32)')"
_HAVE_TEMPORALITY = ("sum", "histogram", "exponential_histogram")


def metrics(reader: Reader, window: Window, search: str, limit: int) -> Metrics:
    """The metrics with points in the window whose name holds `search`, in any case."""
    named = "positionCaseInsensitiveUTF8(MetricName, {search:String}) > 0" if search else "1"
    found, total = _listed(reader, window, named, {"search": search}, limit)
    return Metrics(
        metrics=found,
        total=total,
        start_time_unix_nano=str(window.start),
        end_time_unix_nano=str(window.end),
    )


def metrics_named(reader: Reader, window: Window, name: str) -> list[Metric]:
    """The metrics of exactly this name: one per kind."""
    found, _ = _listed(reader, window, "MetricName = {name:String}", {"name": name}, 10)
    return found


def metric_attribute_keys(
    reader: Reader, window: Window, name: str, prefix: str, limit: int
) -> MetricAttributeKeys:
    """The attribute keys that begin with `prefix`, of points and of resources."""
    parameters = window._asdict() | {"name": name, "prefix": prefix, "limit": limit}
    rows = reader.rows("metric_attribute_keys", parameters, series=_series())
    return MetricAttributeKeys(
        keys=[
            MetricAttributeKey(
                key=row["Key"],
                source=row["Source"],
                value_count=row["ValueCount"],
                series_count=row["Series"],
            )
            for row in rows
        ],
        total=rows[0]["Total"] if rows else 0,
    )


def metric_attribute_values(
    reader: Reader, window: Window, name: str, key: str, prefix: str, limit: int
) -> MetricAttributeValues:
    """The values of one key that begin with `prefix`."""
    parameters = window._asdict() | {"name": name, "key": key, "prefix": prefix, "limit": limit}
    rows = reader.rows("metric_attribute_values", parameters, series=_series())
    return MetricAttributeValues(
        values=[
            MetricAttributeValue(value=row["Value"], series_count=row["Series"]) for row in rows
        ],
        total=rows[0]["Total"] if rows else 0,
    )


def _series() -> str:
    of_kind = question("metric_series_of_kind")
    return "\n    UNION ALL\n    ".join(of_kind.substitute(kind=kind) for kind in METRIC_KINDS)


def _listed(
    reader: Reader, window: Window, named: str, parameters: dict[str, Any], limit: int
) -> tuple[list[Metric], int]:
    of_kind = question("metrics_of_kind")
    kinds = [
        of_kind.substitute(
            kind=kind,
            named=named,
            temporality="groupUniqArray(AggregationTemporality)"
            if kind in _HAVE_TEMPORALITY
            else _NONE,
            monotonic="max(IsMonotonic)" if kind == "sum" else "false",
        )
        for kind in METRIC_KINDS
    ]
    rows = reader.rows(
        "metrics",
        window._asdict() | parameters | {"limit": limit},
        kinds="\n    UNION ALL\n    ".join(kinds),
    )
    return [_metric(row) for row in rows], rows[0]["Total"] if rows else 0


def _metric(row: dict[str, Any]) -> Metric:
    temporality: list[Temporality] = [
        _TEMPORALITIES[number if number in (1, 2) else 0] for number in sorted(row["Temporalities"])
    ]
    is_monotonic = bool(row["IsMonotonic"])
    return Metric(
        name=row["Name"],
        kind=row["Kind"],
        unit=row["Unit"],
        description=row["Description"],
        temporality=temporality,
        is_monotonic=is_monotonic,
        aggregations=aggregations(row["Kind"], temporality, is_monotonic),
        series_count=row["Series"],
        point_count=row["Points"],
        last_time_unix_nano=str(row["LastNano"]),
    )
