"""Everything OTLP can say is stored and read back as it was said."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest
from google.protobuf import json_format

from spanhouse.collector.otlp.signals import LOGS, METRICS, TRACES, Signal
from tests.conftest import GoldenCheck
from tests.flow.doors import JSON, GrpcDoor, HttpDoor
from tests.flow.everything import (
    NESTED_VALUES,
    VALUES,
    everything_logs,
    everything_metrics,
    everything_traces,
)
from tests.flow.read_back import assert_stored, exported, items
from tests.flow.running import RunningCollector

Build = Callable[[dict[str, Any]], Any]

SIGNALS = pytest.mark.parametrize(
    ("signal", "build"),
    [(TRACES, everything_traces), (LOGS, everything_logs), (METRICS, everything_metrics)],
    ids=lambda value: value.name if isinstance(value, Signal) else "",
)


@SIGNALS
@pytest.mark.parametrize("values", [VALUES, VALUES | NESTED_VALUES], ids=["flat", "nested"])
def test_protobuf_over_grpc_reads_back_identical(
    collector: RunningCollector,
    grpc_door: GrpcDoor,
    project: str,
    signal: Signal,
    build: Build,
    values: dict[str, Any],
) -> None:
    """Every field, every kind of value, empty and zero ones."""
    request = build(values)
    answer = grpc_door.send(signal, request.SerializeToString(), [("x-spanhouse-project", project)])
    assert (answer.code, answer.body) == ("OK", b"")
    assert_stored(collector.store, signal, project, request)


@SIGNALS
def test_each_kind_of_value_alone_reads_back_identical(
    collector: RunningCollector, grpc_door: GrpcDoor, project: str, signal: Signal, build: Build
) -> None:
    """Whether a request is rewritten is decided by what it carries: nothing here hides behind a neighbour."""
    requests = [build({name: value}) for name, value in (VALUES | NESTED_VALUES).items()]
    for request in requests:
        metadata = [("x-spanhouse-project", project)]
        assert grpc_door.send(signal, request.SerializeToString(), metadata).ok
    assert_stored(collector.store, signal, project, *requests)


@SIGNALS
def test_json_over_http_reads_back_identical(
    collector: RunningCollector, http_door: HttpDoor, project: str, signal: Signal, build: Build
) -> None:
    """Ids in hex, enums as numbers, integers as strings, as OTLP's JSON encoding has them."""
    request = build(VALUES | NESTED_VALUES)
    answer = http_door.send(
        signal, otlp_json(request), {"x-spanhouse-project": project}, content_type=JSON
    )
    assert (answer.code, json.loads(answer.body)) == ("200", {})
    assert_stored(collector.store, signal, project, request)


@SIGNALS
def test_what_is_stored_is_the_golden_request(
    collector: RunningCollector,
    grpc_door: GrpcDoor,
    project: str,
    golden: GoldenCheck,
    signal: Signal,
    build: Build,
) -> None:
    """The items as the export writes them, and what stands around the first one."""
    values = VALUES | NESTED_VALUES
    some = {name: values[name] for name in ("string.empty", "int", "double.whole", "kvlist")}
    body = build(some).SerializeToString()
    assert grpc_door.send(signal, body, [("x-spanhouse-project", project)]).ok
    stored = items(signal, exported(collector.store, signal, project))
    around = {name: value for name, value in stored[-1].items() if name != "item"}
    found = {**around, "items": [entry["item"] for entry in stored]}
    text = json.dumps(found, indent=1, ensure_ascii=False, sort_keys=True)
    golden(f"otlp/{signal.name}.json", text + "\n")


def otlp_json(request: Any) -> bytes:
    """OTLP's JSON encoding: protobuf's, with ids in hex and enums as numbers."""
    document = json_format.MessageToDict(request, use_integers_for_enums=True)
    return json.dumps(_hex_ids(document)).encode()


def _hex_ids(value: Any) -> Any:
    if isinstance(value, list):
        return [_hex_ids(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        name: base64.b64decode(item).hex()
        if name in ("traceId", "spanId", "parentSpanId")
        else _hex_ids(item)
        for name, item in value.items()
    }
