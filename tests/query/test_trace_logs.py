"""The log records of a trace."""

from __future__ import annotations

from typing import Any

from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest

from spanhouse.query.answers.trace_logs import TraceLogs

from .conftest import Api
from .sent import HOUR, MS, T0, Value, any_value, key_values, span, span_id, trace_id, traces


def send_logs(api: Api, *records: tuple[int, int, int, Value]) -> None:
    """Records (trace, span, nanoseconds after T0, body); span 0 names the trace alone."""
    request = ExportLogsServiceRequest()
    resource_logs = request.resource_logs.add()
    resource_logs.resource.attributes.extend(key_values({"service.name": "shop"}))
    scope_logs = resource_logs.scope_logs.add()
    for trace, number, at, body in records:
        scope_logs.log_records.add(
            time_unix_nano=T0 + at,
            trace_id=bytes.fromhex(trace_id(trace)),
            span_id=bytes.fromhex(span_id(number)) if number else b"",
            severity_text="WARN",
            severity_number=13,
            event_name="retry",
            body=any_value(body),
            attributes=key_values({"attempt": 2, "long": "x" * 2001}),
        )
    api.send(request, "logs")


def logs(api: Api, **params: int) -> Any:
    """The logs of trace 1; the shape is that of the model the page's types come from."""
    found = api.get(f"/api/traces/{trace_id(1)}/logs", **params)
    assert TraceLogs.model_validate(found).model_dump() == found
    return found


def test_the_records_of_a_trace_are_shown_by_time(api: Api) -> None:
    """Before its first span and long after its last one too."""
    api.send(traces([span(1, 1)]))
    send_logs(
        api, (1, 0, 99 * HOUR, {"scored": 1}), (1, 1, 2 * MS, "again"), (2, 1, 3 * MS, "other")
    )
    send_logs(api, (1, 1, -MS, "ready"))
    found = logs(api)
    assert [
        (item["start"], item["span_id"], item["body"]["text"], item["body_type"])
        for item in found["logs"]
    ] == [
        (-MS, span_id(1), "ready", "string"),
        (2 * MS, span_id(1), "again", "string"),
        (99 * HOUR, "", '{"scored":1}', "kvlist"),
    ]
    first = found["logs"][0]
    assert first["time_unix_nano"] == str(T0 - MS)
    assert [first[name] for name in ("severity", "severity_number", "event_name", "service")] == [
        "WARN", 13, "retry", "shop",
    ]  # fmt: skip
    assert first["attributes"] == [
        {"key": "attempt", "type": "int", "value": "2", "truncated": None},
        {
            "key": "long",
            "type": "string",
            "value": "x" * 2000,
            "truncated": {"shown": 2000, "of": 2001},
        },
    ]
    assert (found["shown"], found["total"]) == (3, 3)


def test_what_is_left_out_is_told(api: Api) -> None:
    api.send(traces([span(1, 1)]))
    send_logs(api, *((1, 1, number * MS, f"münchen {number}") for number in range(5)))
    found = logs(api, limit=2, max_chars=3)
    assert (found["shown"], found["total"]) == (2, 5)
    assert found["logs"][1]["body"] == {"text": "mün", "truncated": {"shown": 3, "of": 9}}


def test_a_trace_without_logs_has_none(api: Api) -> None:
    api.send(traces([span(1, 1)]))
    found = logs(api)
    assert (found["logs"], found["shown"], found["total"]) == ([], 0, 0)
