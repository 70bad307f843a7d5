"""What can be asked of a metric of a kind, and the question and SQL that answers it.

Gauges and sums that go up and down: of each series its value in a step, held for up to five minutes, then over the
series of a group. Everything that is counted (sums that only go up, histograms, summaries): increases, which are spread
evenly over the time between two points and added. A count that falls, or starts anew, was reset: what it then says was
counted since.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from .errors import InvalidQuestion
from .filters.fields import MetricKind

STALE_NANO = 300 * 10**9
"""How long a gauge's value holds at most: as in Prometheus."""

_QUANTILE = re.compile(r"p(\d{1,2}(?:\.\d{1,3})?|100)")
_QUANTILES = ["p95", "p50", "p75", "p90", "p99"]
_HELD = ["avg", "last", "sum", "min", "max", "count"]
_OF_HELD = {
    "avg": "avg(if(HeldIn = Measured, Mean, LastValue))",
    "last": "argMax(LastValue, LastTime)",
    "sum": "sum(LastValue)",
    "min": "min(if(HeldIn = Measured, Least, LastValue))",
    "max": "max(if(HeldIn = Measured, Most, LastValue))",
    "count": "toFloat64(uniqExact(SeriesId))",
}
_OF_RECORDINGS = {
    "rate": "sum(Recorded * Share)",
    "count": "sum(Recorded * Share)",
    "sum": "if(min(HasSum), sum(Summed * Share), NaN)",
    "avg": "if(min(HasSum), sum(Summed * Share) / sum(Recorded * Share), NaN)",
}


class Aggregation(NamedTuple):
    """The question that answers, and what fills its places."""

    question: str
    value: str = ""
    """The SQL of a value."""
    state: str = ""
    """Of `sql/parts`: what is compared with the point before, and `<state>_continues` whether it was not reset."""
    quantile: float | None = None
    is_rate: bool = False


def aggregations(kind: MetricKind, temporality: Sequence[str], is_monotonic: bool) -> list[str]:
    """What can be asked, the default first; of a quantile the usual ones."""
    match kind:
        case "gauge":
            return [*_HELD]
        case "sum" if not is_monotonic and "delta" not in temporality:
            return [*_HELD]
        case "sum":
            return ["rate", "increase"] if is_monotonic else ["increase", "rate"]
        case _:
            return [*_QUANTILES, "avg", "rate", "count", "sum"]


def aggregation(kind: MetricKind, asked: str, allowed: list[str]) -> Aggregation:
    """How `asked` is answered.

    Raises:
        InvalidQuestion: it cannot be asked of this kind.
    """
    quantile = _QUANTILE.fullmatch(asked)
    if asked not in allowed and not (quantile and "p95" in allowed):
        raise InvalidQuestion(
            f"cannot aggregate a {kind.replace('_', ' ')} by {asked!r}: of this one can be asked {' '.join(allowed)}"
            f"{', or another quantile as in p99.9' if 'p95' in allowed else ''}; choose one of them"
        )
    if quantile:
        return _of_quantile(kind, float(quantile[1]) / 100)
    if asked in _HELD and "last" in allowed:
        return Aggregation("metric_values", _OF_HELD[asked])
    if kind == "sum":
        state = "sum_state" if allowed[0] == "rate" else "change_state"
        return Aggregation("metric_increases", state=state, is_rate=asked == "rate")
    return Aggregation(
        "metric_recordings",
        _OF_RECORDINGS[asked],
        state="recording_state",
        is_rate=asked == "rate",
    )


def _of_quantile(kind: MetricKind, quantile: float) -> Aggregation:
    if kind == "summary":
        # Quantiles cannot be added: of several series the highest is shown.
        return Aggregation("metric_values", _OF_HELD["max"], quantile=quantile)
    if kind == "histogram":
        return Aggregation("metric_quantiles", state="bucket_state", quantile=quantile)
    return Aggregation("metric_exponential_quantiles", state="exponential_state", quantile=quantile)
