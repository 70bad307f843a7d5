"""What is stored, as the OTLP it came in: by the query API's export, item by item.

Two requests say the same if their items agree with all that stands around each: resource, scope, metric and both schema
URLs. A message that is there but empty says nothing that its absence does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, cast

from google.protobuf.json_format import MessageToDict
from google.protobuf.message import Message

from spanhouse.collector.otlp.decode import protobuf_of_json
from spanhouse.collector.otlp.signals import LOGS, METRICS, TRACES, Signal
from spanhouse.collector.store import Store
from spanhouse.query.questions.export import Signal as ExportSignal
from spanhouse.query.questions.export import export
from spanhouse.query.reader import Reader
from spanhouse.query.settings import QuerySettings

_LAST_NANO = 2**63 - 1

_LEVELS = {
    TRACES.name: ("resource_spans", "scope_spans", "spans"),
    LOGS.name: ("resource_logs", "scope_logs", "log_records"),
    METRICS.name: ("resource_metrics", "scope_metrics", "metrics"),
}
_METRIC_KINDS = ("gauge", "sum", "histogram", "exponential_histogram", "summary")


def exported(store: Store, signal: Signal, project: str) -> list[Any]:
    """Every stored item of a project, in requests."""
    reader = Reader(store, QuerySettings(), "export_signal")
    lines = export(reader, cast(ExportSignal, signal.name), project, 0, _LAST_NANO, limit=1_000_000)
    return [signal.request.FromString(protobuf_of_json(signal, line)) for line in lines]


def items(signal: Signal, requests: Iterable[Any]) -> list[dict[str, Any]]:
    """The items of some requests, each with all that stands around it, in an order of their own."""
    found = [_plain(entry) for request in requests for entry in _items(signal, request)]
    return sorted(found, key=repr)


def assert_stored(store: Store, signal: Signal, project: str, *requests: Any) -> None:
    """The project holds exactly what these requests say."""
    stored = items(signal, exported(store, signal, project))
    sent = items(signal, requests)
    assert stored == sent


def _items(signal: Signal, request: Any) -> Iterator[dict[str, Any]]:
    resources, scopes, leaves = _LEVELS[signal.name]
    for resource in getattr(request, resources):
        for scope in getattr(resource, scopes):
            around = {
                "resource": resource.resource,
                "resource schema": resource.schema_url,
                "scope": scope.scope,
                "scope schema": scope.schema_url,
            }
            for leaf in getattr(scope, leaves):
                for item in _points(leaf) if signal is METRICS else [leaf]:
                    yield {**around, "item": item}


def _points(metric: Any) -> Iterator[Any]:
    """The metric once for each of its data points."""
    for kind in _METRIC_KINDS:
        for point in getattr(metric, kind).data_points if metric.HasField(kind) else ():
            one = type(metric)()
            one.CopyFrom(metric)
            del getattr(one, kind).data_points[:]
            getattr(one, kind).data_points.append(point)
            yield one


def _plain(entry: dict[str, Any]) -> dict[str, Any]:
    return {
        name: _without_empty(MessageToDict(value)) if isinstance(value, Message) else value
        for name, value in entry.items()
    }


def _without_empty(value: Any) -> Any:
    """Without messages that are there but empty; elements of lists keep their place."""
    if isinstance(value, list):
        return [_without_empty(item) for item in value]
    if not isinstance(value, dict):
        return value
    fields = {name: _without_empty(item) for name, item in value.items()}
    # An empty array or list of pairs is a value of its own.
    return {
        name: item
        for name, item in fields.items()
        if item != {} or name in ("arrayValue", "kvlistValue")
    }
