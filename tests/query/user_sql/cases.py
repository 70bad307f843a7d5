"""The named queries of the .sql files beside this, and two projects to run them on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest

from tests.query.sent import MS, SECOND, T0, key_values, span, span_id, trace_id, traces

FOLDER = Path(__file__).parent

_YEARS = 5 * 365 * 24 * 3600 * SECOND
"""From T0 to the other project's times."""


class Case(NamedTuple):
    """One query."""

    name: str
    expected: str
    """What stands after `=>`; "" where nothing does."""
    parameters: dict[str, Any]
    sql: str


def cases(file: str) -> list[Case]:
    """The queries of a file, in order."""
    found = []
    for block in (FOLDER / file).read_text(encoding="utf-8").split("\n### ")[1:]:
        head, _, sql = block.partition("\n")
        name, _, expected = head.partition(" => ")
        parameters = {}
        if sql.startswith("? "):
            line, _, sql = sql[2:].partition("\n")
            parameters = json.loads(line)
        found.append(Case(name, expected, parameters, sql.rstrip("\n")))
    assert len({case.name for case in found}) == len(found), "two queries of one name"
    return found


def some_traces(word: str) -> Any:
    """Three spans, all of whose text has `word` in it."""
    other = word == "zebra"
    first = 7 if other else 1
    return traces(
        (
            span(
                100 * first + number,
                number,
                f"{word}-span-{number}",
                parent=0 if number == 1 else 1,
                start=(_YEARS if other else 0) + number * SECOND,
                duration=7777777 if other else number * MS,
                attributes={"secret": f"{word}-secret", "http.route": f"/{word}"},
            )
            for number in (1, 2, 3)
        ),
        service=f"{word}-service",
    )


def some_logs(word: str) -> ExportLogsServiceRequest:
    """Two log records of its traces, and a score."""
    request = ExportLogsServiceRequest()
    resource = request.resource_logs.add()
    resource.resource.attributes.extend(key_values({"service.name": f"{word}-service"}))
    first = 7 if word == "zebra" else 1
    for number in (1, 2):
        record = resource.scope_logs.add().log_records.add(
            time_unix_nano=T0 + (_YEARS if word == "zebra" else 0) + number * SECOND,
            severity_text="INFO",
            severity_number=9,
            trace_id=bytes.fromhex(trace_id(100 * first + number)),
            span_id=bytes.fromhex(span_id(number)),
        )
        record.body.string_value = f"{word} says {number}"
        record.attributes.extend(key_values({"secret": f"{word}-secret"}))
    score = resource.scope_logs.add().log_records.add(
        time_unix_nano=T0 + (_YEARS if word == "zebra" else 0),
        event_name="gen_ai.evaluation.result",
        trace_id=bytes.fromhex(trace_id(100 * first + 1)),
    )
    score.body.string_value = f"{word} judges"
    score.attributes.extend(
        key_values(
            {"gen_ai.evaluation.name": f"{word}-score", "gen_ai.evaluation.score.value": 0.5}
        )
    )
    return request


def some_metrics(word: str) -> ExportMetricsServiceRequest:
    """A point of each kind."""
    request = ExportMetricsServiceRequest()
    resource = request.resource_metrics.add()
    resource.resource.attributes.extend(key_values({"service.name": f"{word}-service"}))
    time = T0 + (_YEARS if word == "zebra" else 0)
    scope = resource.scope_metrics.add()
    value = 7777777 if word == "zebra" else 5
    gauge = scope.metrics.add(name=f"{word}-gauge").gauge.data_points.add(time_unix_nano=time)
    gauge.as_int = value
    total = scope.metrics.add(name=f"{word}-sum").sum
    total.is_monotonic = True
    total.data_points.add(time_unix_nano=time).as_double = value
    histogram = scope.metrics.add(name=f"{word}-histogram").histogram
    histogram.data_points.add(
        time_unix_nano=time, count=1, sum=value, bucket_counts=[1, 0], explicit_bounds=[1]
    )
    exponential = scope.metrics.add(name=f"{word}-exponential").exponential_histogram
    exponential.data_points.add(time_unix_nano=time, count=1, sum=value, scale=1)
    summary = scope.metrics.add(name=f"{word}-summary").summary
    summary.data_points.add(time_unix_nano=time, count=1, sum=value)
    return request
