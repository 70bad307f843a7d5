"""The SQL that answers for each kind of metric, as the engine gets it."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from spanhouse.query.filters.compile import Search
from spanhouse.query.filters.fields import MetricKind, points
from spanhouse.query.metric_aggregation import aggregation, aggregations
from spanhouse.query.questions.metric_values import MetricQuestion, Steps, places
from spanhouse.query.questions.search import Window
from spanhouse.query.reader import question

from .sent import HOUR, MINUTE, T0


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("gauge", "avg"),
        ("sum", "rate"),
        ("histogram", "p95"),
        ("histogram", "avg"),
        ("exponential_histogram", "p99"),
        ("summary", "p50"),
    ],
)
def test_a_metric_question_as_sql(
    golden: Callable[[str, str], None], kind: MetricKind, asked: str
) -> None:
    window = Window("shop", T0, T0 + HOUR)
    metric = MetricQuestion("latency", kind, asked, ("http.route",), "service = web", MINUTE, 20)
    chosen = aggregation(kind, asked, aggregations(kind, ["cumulative"], True))
    search = Search.of(points(kind), metric.query, T0)
    clauses, parameters = places(kind, metric, chosen, search, Steps.over(window, MINUTE))
    sql = question(chosen.question).substitute(clauses)
    golden(f"sql/metrics/{kind}_{asked}.sql", f"{sql}\n{json.dumps(parameters, indent=1)}\n")
