"""Which items of a request cannot be stored, and why.

The inbox tables (store/ddl) ask by the same rules whether a request has any such item; only requests that do come here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from .project import RESOURCE_ATTRIBUTE, is_project
from .signals import Signal

LAST_UNIX_NANO = 2**63 - 1
"""On 2262-04-11: the last nanosecond that DateTime64(9) holds."""

_TOO_LATE = "a time lies after 2262-04-11"
_NO_PROJECT = f"resource attribute {RESOURCE_ATTRIBUTE} is no project name"


@dataclass(frozen=True, slots=True)
class Rejection:
    """Items of a request that are not stored."""

    project: str
    reason: str
    count: int
    """Of spans, log records or data points."""


def remove_invalid(signal: Signal, request: Any, project: str) -> list[Rejection]:
    """Take out of a request what cannot be stored; its resources stay, empty if need be.

    Args:
        signal: of the request.
        request: by OTLP's own classes; changed in place.
        project: of the header or the API key, or "".

    Returns:
        What was taken out: one entry for each project and reason.
    """
    found: Counter[tuple[str, str]] = Counter()
    for resource_items in getattr(request, _RESOURCES[signal.name]):
        owner, error = _owner(resource_items.resource, project)
        for items, reason_of in _ITEMS[signal.name](resource_items):
            reasons = [error or reason_of(item) for item in items]
            if any(reasons):
                kept = [item for item, reason in zip(items, reasons, strict=True) if not reason]
                del items[:]
                items.extend(kept)
                found.update((owner, reason) for reason in reasons if reason)
        if error:
            # Nothing of it is left; its row in the ledger is that of the project that was told.
            resource_items.resource.Clear()
    return [Rejection(*key, count) for key, count in sorted(found.items())]


_RESOURCES = {"traces": "resource_spans", "logs": "resource_logs", "metrics": "resource_metrics"}

_Groups = Iterator[tuple[Any, Callable[[Any], str]]]


def _owner(resource: Any, project: str) -> tuple[str, str]:
    """Whose a resource is (spanhouse_project in store/ddl), and why its items cannot be stored or ""."""
    named = [pair.value for pair in resource.attributes if pair.key == RESOURCE_ATTRIBUTE]
    if any(not is_project(value.string_value) for value in named):
        return project or "default", _NO_PROJECT
    return project or (named[0].string_value if named else "default"), ""


def _spans(resource_spans: Any) -> _Groups:
    for scope_spans in resource_spans.scope_spans:
        yield scope_spans.spans, _span_error


def _log_records(resource_logs: Any) -> _Groups:
    for scope_logs in resource_logs.scope_logs:
        yield scope_logs.log_records, _log_record_error


def _data_points(resource_metrics: Any) -> _Groups:
    for scope_metrics in resource_metrics.scope_metrics:
        for metric in scope_metrics.metrics:
            kind = metric.WhichOneof("data")
            if kind is not None:
                yield (
                    getattr(metric, kind).data_points,
                    _point_error if metric.name else _has_no_name,
                )


_ITEMS: dict[str, Callable[[Any], _Groups]] = {
    "traces": _spans,
    "logs": _log_records,
    "metrics": _data_points,
}


def _span_error(span: Any) -> str:
    """OTLP trace.proto: both ids and the start time are required."""
    if len(span.trace_id) != 16 or not any(span.trace_id):
        return "trace_id is not 16 bytes, not all zero"
    if len(span.span_id) != 8 or not any(span.span_id):
        return "span_id is not 8 bytes, not all zero"
    if len(span.parent_span_id) not in (0, 8):
        return "parent_span_id is not 8 bytes"
    if not span.start_time_unix_nano:
        return "start_time_unix_nano is not set"
    times = [span.start_time_unix_nano, *(event.time_unix_nano for event in span.events)]
    return _TOO_LATE if max(times) > LAST_UNIX_NANO else ""


def _log_record_error(record: Any) -> str:
    """OTLP logs.proto has receivers take a record with a trace id of a wrong length as one without a trace."""
    latest = max(record.time_unix_nano, record.observed_time_unix_nano)
    return _TOO_LATE if latest > LAST_UNIX_NANO else ""


def _has_no_name(_point: Any) -> str:
    """OTLP metrics.proto: a metric's name is required."""
    return "the metric has no name"


def _point_error(point: Any) -> str:
    """OTLP metrics.proto: a point's time is required."""
    if not point.time_unix_nano:
        return "time_unix_nano is not set"
    times = [point.time_unix_nano, point.start_time_unix_nano]
    # A summary has no exemplars.
    times += [exemplar.time_unix_nano for exemplar in getattr(point, "exemplars", ())]
    return _TOO_LATE if max(times) > LAST_UNIX_NANO else ""
