"""Answers about metrics: which there are, what tells their series apart, and their values over time."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from ..filters.fields import MetricKind

Temporality = Literal["unspecified", "delta", "cumulative"]


class Metric(BaseModel):
    """A metric of one kind, and what its points in the window say of it."""

    name: str
    kind: MetricKind
    unit: str = Field(description="UCUM, as sent; one of them where senders differ")
    description: str
    temporality: list[Temporality] = Field(description="of sums and histograms")
    is_monotonic: bool = Field(description="of a sum: a counter, which only goes up")
    aggregations: list[str] = Field(description="what can be asked of it; the default first")
    series_count: int
    point_count: int
    last_time_unix_nano: str


class Metrics(BaseModel):
    """By name; `total` is how many there are."""

    metrics: list[Metric]
    total: int
    start_time_unix_nano: str
    end_time_unix_nano: str


class MetricAttributeKey(BaseModel):
    """A key that series of a metric carry."""

    key: str
    source: Literal["metric", "resource"]
    value_count: int
    series_count: int = Field(description="that carry it")


class MetricAttributeKeys(BaseModel):
    """Those of points first; those with most values first."""

    keys: list[MetricAttributeKey]
    total: int


class MetricAttributeValue(BaseModel):
    """A value's text."""

    value: str
    series_count: int


class MetricAttributeValues(BaseModel):
    """The most frequent first."""

    values: list[MetricAttributeValue]
    total: int


class MetricSeries(BaseModel):
    """The values of one group of series."""

    labels: dict[str, str] = Field(description='by key of group_by; "" where it has none')
    values: list[float | None] = Field(
        description="one per step, null where nothing was measured or the value is not finite"
    )


class Exemplar(BaseModel):
    """A measured value and the span it was measured in."""

    time_unix_nano: str
    value: float | None
    trace_id: str
    span_id: str
    labels: dict[str, str]


class MetricValues(BaseModel):
    """Values over time: step i begins at start_time_unix_nano + i * step_nano. The window is that of whole steps."""

    name: str
    kind: MetricKind | None = Field(description="null where the window has no point of it")
    unit: str = Field(description="of the values: that of a rate has /s")
    aggregation: str
    group_by: list[str]
    start_time_unix_nano: str
    end_time_unix_nano: str
    step_nano: int
    series: list[MetricSeries] = Field(description="those with the largest values first")
    total: int = Field(description="how many groups there are")
    exemplars: list[Exemplar]
    exemplar_total: int
