"""What cannot be stored: the inbox and validity.py go by the same rules, and each item is counted once."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from spanhouse.collector.otlp.envelope import Request
from spanhouse.collector.otlp.signals import LOGS, METRICS, TRACES, Signal
from spanhouse.collector.otlp.validity import Rejection, remove_invalid
from spanhouse.collector.spool import Spool
from spanhouse.collector.store import Store, migrate
from spanhouse.collector.writer import Outcome, Writer
from tests.flow.messages import key_values, logs, spans_of, traces

_TOO_LATE = 2**63


def _span(**fields: Any) -> Any:
    return traces(1, **fields)


def _record(**fields: Any) -> Any:
    request = logs()
    for name, value in fields.items():
        setattr(request.resource_logs[0].scope_logs[0].log_records[0], name, value)
    return request


def _metric(kind: str, name: str = "m", **fields: Any) -> Any:
    request: Any = METRICS.request()
    metric = request.resource_metrics.add().scope_metrics.add().metrics.add(name=name)
    point = getattr(metric, kind).data_points.add(time_unix_nano=time.time_ns())
    for field, value in fields.items():
        setattr(point, field, value)
    return request


def _exemplar(kind: str) -> Any:
    request = _metric(kind)
    metric = request.resource_metrics[0].scope_metrics[0].metrics[0]
    getattr(metric, kind).data_points[0].exemplars.add(time_unix_nano=_TOO_LATE)
    return request


def _event() -> Any:
    request = traces(1)
    for span in spans_of(request):
        span.events.add(time_unix_nano=_TOO_LATE)
    return request


_IDS = "trace_id is not 16 bytes, not all zero"
_SPAN_ID = "span_id is not 8 bytes, not all zero"
_LATE = "a time lies after 2262-04-11"
_UNSET = "time_unix_nano is not set"
_NO_PROJECT = "resource attribute spanhouse.project is no project name"
_KINDS = ("gauge", "sum", "histogram", "exponential_histogram", "summary")

INVALID: list[tuple[Signal, Any, str]] = [
    (TRACES, _span(trace_id=b""), _IDS),
    (TRACES, _span(trace_id=b"x" * 15), _IDS),
    (TRACES, _span(trace_id=bytes(16)), _IDS),
    (TRACES, _span(span_id=b"x" * 9), _SPAN_ID),
    (TRACES, _span(span_id=bytes(8)), _SPAN_ID),
    (TRACES, _span(parent_span_id=b"x"), "parent_span_id is not 8 bytes"),
    (TRACES, _span(start_time_unix_nano=0), "start_time_unix_nano is not set"),
    (TRACES, _span(start_time_unix_nano=_TOO_LATE), _LATE),
    (TRACES, _event(), _LATE),
    (TRACES, traces(1, {"spanhouse.project": "no name"}), _NO_PROJECT),
    (TRACES, traces(1, {"spanhouse.project": ""}), _NO_PROJECT),
    (TRACES, traces(1, {"spanhouse.project": 5}), _NO_PROJECT),
    (LOGS, _record(time_unix_nano=_TOO_LATE), _LATE),
    (LOGS, _record(observed_time_unix_nano=_TOO_LATE), _LATE),
    *((METRICS, _metric(kind, name=""), "the metric has no name") for kind in _KINDS),
    *((METRICS, _metric(kind, time_unix_nano=0), _UNSET) for kind in _KINDS),
    *((METRICS, _metric(kind, time_unix_nano=_TOO_LATE), _LATE) for kind in _KINDS),
    *((METRICS, _metric(kind, start_time_unix_nano=_TOO_LATE), _LATE) for kind in _KINDS),
    *((METRICS, _exemplar(kind), _LATE) for kind in _KINDS[:-1]),
]

VALID: list[tuple[Signal, Any]] = [
    (TRACES, _span(parent_span_id=b"x" * 8)),
    (TRACES, _span(start_time_unix_nano=_TOO_LATE - 1, end_time_unix_nano=2**64 - 1)),
    (TRACES, _span(end_time_unix_nano=0)),
    (TRACES, traces(1, {"spanhouse.project": "a.project-1"})),
    (LOGS, _record(trace_id=b"x", time_unix_nano=0, observed_time_unix_nano=0)),
    *((METRICS, _metric(kind)) for kind in _KINDS),
]


def _written(store: Store, tmp_path: Path, requests: list[tuple[Signal, Any]]) -> list[Any]:
    """What the engine and its second insert made of each, a batch a signal."""
    migrate(store)
    writer = Writer(store, Spool(tmp_path / "spool"))
    results: dict[bytes, Any] = {}
    ids = []
    for signal in (TRACES, LOGS, METRICS):
        batch = {}
        for other, message in requests:
            if other is signal:
                body = message.SerializeToString()
                request = Request(body, "", "sender", "grpc", time.time_ns())
                batch[request.request_id] = request
                ids.append(request.request_id)
        if batch:
            results |= writer.insert(writer.spool(signal, batch), batch)
    assert len(results) == len(requests)
    return [results[request_id] for request_id in ids]


def test_the_inbox_finds_every_kind_of_invalid_item(store: Store, tmp_path: Path) -> None:
    """Of each request the one item is rejected, for the reason that is its own."""
    requests = [(signal, message) for signal, message, _ in INVALID]
    outcomes = _written(store, tmp_path, requests)
    assert outcomes == [Outcome(1, 1, {reason: 1}) for _, _, reason in INVALID]


def test_what_is_only_odd_is_stored(store: Store, tmp_path: Path) -> None:
    """An end before the start, a log record without a time, a trace id of a wrong length beside a log."""
    assert _written(store, tmp_path, VALID) == [Outcome(1)] * len(VALID)


@pytest.mark.parametrize(("signal", "message", "reason"), INVALID)
def test_the_reason_of_each(signal: Signal, message: Any, reason: str) -> None:
    """By the Python rules alone; twice, since the second time nothing is left to take out."""
    copy = type(message)()
    copy.CopyFrom(message)
    assert remove_invalid(signal, copy, "") == [Rejection("default", reason, 1)]
    assert remove_invalid(signal, copy, "") == []


def test_items_are_counted_by_project_and_reason() -> None:
    """The header's project owns all; without one each resource its own. What is valid stays, in its order."""
    request = traces(5, {"spanhouse.project": "a"})
    other = traces(2, {"spanhouse.project": "b"})
    names = [span.name for span in spans_of(request)]
    for position in (0, 3):
        request.resource_spans[0].scope_spans[0].spans[position].trace_id = b"x"
    request.resource_spans[0].scope_spans[0].spans[4].span_id = b"x"
    other.resource_spans[0].scope_spans[0].spans[0].span_id = b""
    request.resource_spans.extend(other.resource_spans)
    copy = type(request)()
    copy.CopyFrom(request)
    assert remove_invalid(TRACES, request, "") == [
        Rejection("a", _SPAN_ID, 1),
        Rejection("a", _IDS, 2),
        Rejection("b", _SPAN_ID, 1),
    ]
    assert [span.name for span in spans_of(request)] == [names[1], names[2], "operation 1"]
    assert remove_invalid(TRACES, copy, "mine") == [
        Rejection("mine", _SPAN_ID, 2),
        Rejection("mine", _IDS, 2),
    ]


def test_a_resource_that_loses_all_its_items_is_still_in_the_ledger(
    store: Store, tmp_path: Path
) -> None:
    """Received = stored + rejected, in the project that the resource names."""
    request = traces(2, {"spanhouse.project": "a"}, trace_id=b"x")
    other = traces(3)
    other.resource_spans[0].resource.attributes.extend(key_values({"spanhouse.project": "b"}))
    request.resource_spans.extend(other.resource_spans)
    [outcome] = _written(store, tmp_path, [(TRACES, request)])
    assert outcome == Outcome(5, 2, {_IDS: 2})
    assert store.rows(
        "SELECT ProjectId, Received, Stored, Rejected FROM ingest_ledger WHERE NOT NeedsRewrite ORDER BY ProjectId"
    ) == [
        {"ProjectId": "a", "Received": 2, "Stored": 0, "Rejected": 2},
        {"ProjectId": "b", "Received": 3, "Stored": 3, "Rejected": 0},
    ]


def test_a_request_without_items_has_an_answer(store: Store, tmp_path: Path) -> None:
    """Without a resource, and with a resource that holds nothing."""
    empty: Any = TRACES.request()
    empty.resource_spans.add()
    unknown = TRACES.request.FromString(b"\x9a\x06\x01x")
    assert _written(store, tmp_path, [(TRACES, empty), (TRACES, unknown)]) == [Outcome(), Outcome()]
