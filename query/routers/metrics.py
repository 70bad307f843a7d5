"""Metrics: which there are, by what their series differ, and their values over time."""

from __future__ import annotations

import time
from typing import Annotated

from fastapi import APIRouter, Path, Query

from ..answers.metrics import MetricAttributeKeys, MetricAttributeValues, Metrics, MetricValues
from ..filters.fields import MetricKind
from ..questions import metric_values, metrics
from ..questions.search import Window
from .parameters import PROBLEMS, Ask, Limit, Nano, Prefix, Project, QueryText, Word, window

router = APIRouter(prefix="/api/metrics", tags=["metrics"], responses=PROBLEMS)

MetricName = Annotated[str, Path(min_length=1, max_length=1000)]


@router.get("", operation_id="list_metrics")
def list_metrics(
    ask: Ask,
    project: Project,
    search: Annotated[str, Query(max_length=1000, description="part of a name, in any case")] = "",
    start: Nano | None = None,
    end: Nano | None = None,
    limit: Limit = 1000,
) -> Metrics:
    """Metrics with points in the window (the last hour), by name."""
    return metrics.metrics(ask, Window(project, *window(start, end)), search, limit)


@router.get("/query", operation_id="query_metric")
def query_metric(
    ask: Ask,
    project: Project,
    name: Word,
    kind: Annotated[
        MetricKind | None, Query(description="where one name is of several kinds")
    ] = None,
    aggregation: Annotated[
        str,
        Query(
            max_length=20,
            description="gauge: avg last sum min max count; sum: rate increase; histogram and summary: p95 or another "
            "quantile, avg rate count sum; by default the first of these",
        ),
    ] = "",
    group_by: Annotated[
        list[Word] | None, Query(max_length=8, description="attribute key; repeat for more")
    ] = None,
    query: QueryText = "",
    start: Nano | None = None,
    end: Nano | None = None,
    step: Annotated[
        int, Query(ge=0, le=10**18, description="nanoseconds; 0: some 200 in the window")
    ] = 0,
    limit: Annotated[int, Query(ge=1, le=100, description="groups of series")] = 20,
) -> MetricValues:
    """Values of one metric over the window (the last hour), by groups of its series."""
    asked = metric_values.MetricQuestion(
        name, kind, aggregation, tuple(dict.fromkeys(group_by or ())), query, step, limit
    )
    within = Window(project, *window(start, end))
    return metric_values.metric_values(ask, within, asked, time.time_ns())


@router.get("/{name:path}/attributes/keys", operation_id="list_metric_attribute_keys")
def list_metric_attribute_keys(
    ask: Ask,
    project: Project,
    name: MetricName,
    prefix: Prefix = "",
    start: Nano | None = None,
    end: Nano | None = None,
    limit: Limit = 100,
) -> MetricAttributeKeys:
    """Attribute keys of the metric's series in the window (the last hour)."""
    within = Window(project, *window(start, end))
    return metrics.metric_attribute_keys(ask, within, name, prefix, limit)


@router.get("/{name:path}/attributes/values", operation_id="list_metric_attribute_values")
def list_metric_attribute_values(
    ask: Ask,
    project: Project,
    name: MetricName,
    key: Word,
    prefix: Prefix = "",
    start: Nano | None = None,
    end: Nano | None = None,
    limit: Limit = 100,
) -> MetricAttributeValues:
    """Values of one attribute key of the metric's series in the window (the last hour)."""
    within = Window(project, *window(start, end))
    return metrics.metric_attribute_values(ask, within, name, key, prefix, limit)
