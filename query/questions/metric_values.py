"""The values of a metric over time, by groups of its series."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from ..answers.metrics import Exemplar, Metric, MetricSeries, MetricValues
from ..errors import InvalidQuestion
from ..filters.compile import Search
from ..filters.fields import MetricKind, points
from ..metric_aggregation import STALE_NANO, Aggregation, aggregation
from ..reader import Reader, column_list, question
from ..time_range import MAX_NANO
from .metrics import metrics_named
from .search import Window, check_patterns

_SECOND = 10**9
_STEPS = tuple(
    seconds * _SECOND
    for seconds in (10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 604800)
)  # fmt: skip
_WANTED_STEPS = 200
MAX_STEPS = 2000
"""Values of one series in an answer: more than a screen has pixels for."""

_MAX_EXEMPLARS = 200


class MetricQuestion(NamedTuple):
    """What is asked of a metric.

    Without `kind` it is the one there is, without `aggregation` ("") the kind's default; the step 0 is chosen by the
    window's length.
    """

    name: str
    kind: MetricKind | None
    aggregation: str
    group_by: tuple[str, ...]
    query: str
    step: int
    limit: int


def metric_values(reader: Reader, window: Window, asked: MetricQuestion, now: int) -> MetricValues:
    """Values over the window, widened to whole steps.

    Raises:
        InvalidQuestion: the step is too short, the name is of several kinds, or the aggregation does not fit its kind.
        InvalidQuery: the query asks for nothing.
    """
    step = asked.step or _step(window.end - window.start)
    steps = Steps.over(window, step)
    found = _one_kind(asked, metrics_named(reader, steps.window, asked.name))
    if found is None:
        return _nothing(asked, steps)
    how = asked.aggregation or found.aggregations[0]
    chosen = aggregation(found.kind, how, found.aggregations)
    search = Search.of(points(found.kind), asked.query, now)
    check_patterns(reader, search)
    clauses, parameters = places(found.kind, asked, chosen, search, steps)
    rows = reader.rows(chosen.question, parameters, **clauses)
    exemplars, exemplar_total = _exemplars(reader, found.kind, asked, parameters, clauses)
    return MetricValues(
        name=asked.name,
        kind=found.kind,
        unit=_unit(found.unit, how),
        aggregation=how,
        group_by=list(asked.group_by),
        start_time_unix_nano=str(steps.start),
        end_time_unix_nano=str(steps.end),
        step_nano=step,
        series=[_series(row, asked.group_by, steps, chosen.is_rate) for row in rows],
        total=rows[0]["Total"] if rows else 0,
        exemplars=exemplars,
        exemplar_total=exemplar_total,
    )


class Steps(NamedTuple):
    """Whole steps, so that the same points come into the same step however often they are asked for."""

    project: str
    start: int
    end: int
    step: int

    @classmethod
    def over(cls, window: Window, step: int) -> Steps:
        """The steps that touch the window.

        Raises:
            InvalidQuestion: they are too many.
        """
        start = window.start - window.start % step
        end = window.end + -window.end % step
        count = max(1, (end - start) // step)
        if count > MAX_STEPS:
            raise InvalidQuestion(
                f"cannot use the step of {step} nanoseconds: the window has {count} of them and an answer holds "
                f"{MAX_STEPS}; choose a step of at least {(window.end - window.start) // MAX_STEPS} or a shorter window"
            )
        return cls(window.project, start, start + count * step, step)

    @property
    def step_count(self) -> int:
        """How many they are."""
        return (self.end - self.start) // self.step

    @property
    def window(self) -> Window:
        """What is read."""
        return Window(self.project, self.read_from, self.end)

    @property
    def stale(self) -> int:
        """A step as long as that has its own point, or the series has stopped."""
        return STALE_NANO if self.step < STALE_NANO else 0

    @property
    def read_from(self) -> int:
        """Points before the window: what the first of the window is compared with, and what still holds."""
        return max(0, self.start - max(2 * STALE_NANO, self.step))

    @property
    def read_to(self) -> int:
        """A point after the window tells what the end of the window went up by."""
        return min(MAX_NANO, self.end + 2 * STALE_NANO)

    def seconds_measured(self, slot: int, first: int, last: int) -> float:
        """Seconds: of a step, what lies between the first and the last point of all."""
        start = self.start + slot * self.step
        return (min(start + self.step, last) - max(start, first)) / _SECOND


def _step(length: int) -> int:
    return next((step for step in _STEPS if length <= step * _WANTED_STEPS), _STEPS[-1])


def _one_kind(asked: MetricQuestion, named: list[Metric]) -> Metric | None:
    found = [metric for metric in named if asked.kind in (None, metric.kind)]
    if len(found) > 1:
        kinds = " and ".join(metric.kind for metric in found)
        raise InvalidQuestion(
            f"cannot tell which metric {asked.name!r} is meant: points of kind {kinds} have that name; "
            "say which by `kind`"
        )
    return found[0] if found else None


def places(
    kind: MetricKind, asked: MetricQuestion, chosen: Aggregation, search: Search, steps: Steps
) -> tuple[dict[str, str], dict[str, Any]]:
    """What fills the question's own places, and its parameters."""
    slots_before = -(-steps.stale // steps.step)
    parameters: dict[str, Any] = {
        **search.rows.parameters,
        "project": steps.project,
        "name": asked.name,
        "start": steps.start,
        "end": steps.end,
        "step": steps.step,
        "slots": steps.step_count,
        "slots_before": slots_before,
        "base": steps.start - slots_before * steps.step,
        "stale": steps.stale,
        "read_from": steps.read_from,
        "read_to": steps.read_to,
        "limit": asked.limit,
    }
    labels = []
    for number, key in enumerate(asked.group_by):
        labels.append(_label(key, number))
        parameters[f"label_{number}"] = key.partition(".")[2] if _scope(key) else key
    if chosen.quantile is not None:
        parameters["quantile"] = chosen.quantile
    rows = search.rows.sql
    if kind == "summary" and chosen.quantile is not None:
        rows = question("summary_quantile").substitute(points=rows)
    if chosen.question == "metric_values":
        # A step before the window may begin before what is read for the others.
        parameters["read_from"] = max(0, min(parameters["base"], steps.read_from))
        parameters["read_to"] = steps.end - 1
        parameters["base"] = max(0, parameters["base"])
    clauses = {
        "rows": rows,
        "labels": f"CAST([{', '.join(labels)}], 'Array(String)')",
        "value": chosen.value,
    }
    if chosen.state:
        clauses["state"] = column_list(chosen.state)
        clauses["continues"] = column_list(f"{chosen.state}_continues")
    return clauses, parameters


def _scope(key: str) -> str:
    scope, dot, rest = key.partition(".")
    return scope if dot and rest and scope in ("metric", "resource") else ""


def _label(key: str, number: int) -> str:
    """As the search language means a key: of the points, else of the resource, unless a scope says which."""
    bound = f"{{label_{number}:String}}"
    match key, _scope(key):
        case "service", _:
            return "toValidUTF8(ServiceName)"
        case "scope", _:
            return "toValidUTF8(ScopeName)"
        case _, "metric":
            return f"toValidUTF8(Attributes[{bound}])"
        case _, "resource":
            return f"toValidUTF8(ResourceAttributes[{bound}])"
    return (
        f"toValidUTF8(if(mapContains(Attributes, {bound}), Attributes[{bound}], "
        f"ResourceAttributes[{bound}]))"
    )


def _series(
    row: dict[str, Any], group_by: tuple[str, ...], steps: Steps, is_rate: bool
) -> MetricSeries:
    values: list[float | None] = [None] * steps.step_count
    for slot, text in zip(row["Slots"], row["Values"], strict=True):
        value = _finite(text)
        if value is not None and is_rate:
            seconds = steps.seconds_measured(slot, row["FirstNano"], row["LastNano"])
            value = value / seconds if seconds > 0 else None
        values[slot] = value
    return MetricSeries(
        labels=dict(zip(group_by, row["Labels"], strict=True)),
        values=values,
    )


def _finite(text: Any) -> float | None:
    value = float(text)
    return value if math.isfinite(value) else None


def _unit(unit: str, how: str) -> str:
    """Of the values; "1" and none are the same."""
    if how == "count":
        return ""
    if how != "rate":
        return unit
    return f"{unit}/s" if unit not in ("", "1") else "1/s"


def _exemplars(
    reader: Reader,
    kind: MetricKind,
    asked: MetricQuestion,
    parameters: dict[str, Any],
    clauses: dict[str, str],
) -> tuple[list[Exemplar], int]:
    if kind == "summary":
        return [], 0
    rows = reader.rows(
        "metric_exemplars",
        parameters | {"limit": _MAX_EXEMPLARS},
        rows=clauses["rows"],
        labels=clauses["labels"],
    )
    found = [
        Exemplar(
            time_unix_nano=str(row["Time"]),
            value=_finite(row["Value"]),
            trace_id=row["TraceId"],
            span_id=row["SpanId"],
            labels=dict(zip(asked.group_by, row["Labels"], strict=True)),
        )
        for row in rows
    ]
    return found, rows[0]["Total"] if rows else 0


def _nothing(asked: MetricQuestion, steps: Steps) -> MetricValues:
    return MetricValues(
        name=asked.name,
        kind=None,
        unit="",
        aggregation=asked.aggregation,
        group_by=list(asked.group_by),
        start_time_unix_nano=str(steps.start),
        end_time_unix_nano=str(steps.end),
        step_nano=steps.step,
        series=[],
        total=0,
        exemplars=[],
        exemplar_total=0,
    )
