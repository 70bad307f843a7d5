"""Log records: pages in both directions, the tail, one record, counts over time and by value."""

from __future__ import annotations

import time
from typing import Any

import pytest
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from starlette.testclient import TestClient

from .conftest import Api
from .sent import HOUR, MINUTE, T0, Value, any_value, key_values, span_id, trace_id

WINDOW = {"start": T0, "end": T0 + HOUR - 1}


def logs(*records: dict[str, Any], service: str = "web") -> ExportLogsServiceRequest:
    """Records of one service; `at` is relative to T0."""
    request = ExportLogsServiceRequest()
    of_resource = request.resource_logs.add()
    resource: dict[str, Value] = {"service.name": service, "region": "eu"}
    of_resource.resource.attributes.extend(key_values(resource))
    of_scope = of_resource.scope_logs.add()
    of_scope.scope.name = "logger"
    for record in records:
        found = of_scope.log_records.add(
            time_unix_nano=record.get("time", T0 + record.get("at", 0)),
            severity_text=record.get("severity", ""),
            severity_number=record.get("severity_number", 0),
            event_name=record.get("event_name", ""),
            attributes=key_values(record.get("attributes", {})),
        )
        found.body.CopyFrom(any_value(record.get("body", "")))
        if "trace" in record:
            found.trace_id = bytes.fromhex(trace_id(record["trace"]))
            found.span_id = bytes.fromhex(span_id(record["span"]))
    return request


def bodies(page: Any) -> list[str]:
    """Of the records of a page or tail."""
    return [record["body"] for record in page["logs"]]


def test_a_record_is_shown_with_all_that_was_sent(api: Api) -> None:
    record = {"at": 2, "body": "card refused", "severity": "ERROR", "severity_number": 17}
    more: dict[str, Any] = {"attributes": {"items": "3"}, "trace": 1, "span": 3, "event_name": "e"}
    api.send(logs(record | more), "logs")
    [found] = api.get("/api/logs", **WINDOW)["logs"]
    received = found.pop("received_time_unix_nano")
    assert abs(int(received) - time.time_ns()) < MINUTE
    log_id = found.pop("log_id")
    assert log_id.startswith(f"{T0 + 2}-")
    assert found == {
        "time_unix_nano": str(T0 + 2),
        "severity": "ERROR",
        "severity_number": 17,
        "event_name": "e",
        "service": "web",
        "scope": "logger",
        "body": "card refused",
        "body_type": "string",
        "body_length": 12,
        "trace_id": trace_id(1),
        "span_id": span_id(3),
        "attributes": [{"key": "items", "type": "string", "value": "3"}],
        "resource_attributes": [
            {"key": "service.name", "type": "string", "value": "web"},
            {"key": "region", "type": "string", "value": "eu"},
        ],
    }


def test_a_long_body_is_whole_in_its_own_answer(api: Api) -> None:
    api.send(logs({"body": "ä" * 9000}), "logs")
    [found] = api.get("/api/logs", **WINDOW)["logs"]
    assert (found["body"], found["body_length"]) == ("ä" * 2000, 9000)
    assert api.get(f"/api/logs/{found['log_id']}")["body"] == "ä" * 9000
    other = Api(api.client, f"{api.project}-other")
    problem = other.ask(f"/api/logs/{found['log_id']}")
    assert problem.status_code == 404


@pytest.mark.parametrize("sort", ["-time", "time"])
def test_pages_show_every_record_once_in_both_directions(api: Api, sort: str) -> None:
    api.send(logs(*({"at": n // 4, "body": f"{n:02}"} for n in range(11))), "logs")
    api.send(logs({"at": 1, "body": "03"}), "logs")
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        asked = WINDOW | {"sort": sort, "limit": 3} | ({"cursor": cursor} if cursor else {})
        page = api.get("/api/logs", **asked)
        assert page["total"] == 12
        seen += [record["time_unix_nano"][-1] + record["body"] for record in page["logs"]]
        cursor = page["next_cursor"]
    assert sorted(seen) == sorted(["103", *(f"{n // 4}{n:02}" for n in range(11))])
    times = [text[0] for text in seen]
    assert times == sorted(times, reverse=sort == "-time")


def test_a_cursor_of_the_other_direction_is_refused(api: Api) -> None:
    api.send(logs({"body": "a"}, {"body": "b"}), "logs")
    cursor = api.get("/api/logs", **WINDOW, limit=1)["next_cursor"]
    assert api.ask("/api/logs", **WINDOW, sort="time", cursor=cursor).status_code == 400


def test_the_tail_goes_by_arrival_so_that_late_records_are_in_it(api: Api) -> None:
    now = time.time_ns()
    api.send(logs({"time": now, "body": "first"}), "logs")
    asked: dict[str, Any] = {"start": now - HOUR, "query": "not service = cart"}
    tail = api.get("/api/logs/tail", **asked)
    assert bodies(tail) == ["first"]
    api.send(logs({"time": now - 30 * MINUTE, "body": "late"}), "logs")
    api.send(logs({"time": now, "body": "other"}, service="cart"), "logs")
    api.send(logs({"time": now + MINUTE, "body": "ahead"}), "logs")
    again = api.get("/api/logs/tail", **asked, since=tail["since_time_unix_nano"])
    known = {record["log_id"] for record in tail["logs"]}
    new = [record["body"] for record in again["logs"] if record["log_id"] not in known]
    assert new == ["ahead", "late"]
    assert int(again["since_time_unix_nano"]) > int(tail["since_time_unix_nano"])


def test_a_tail_says_how_many_came_where_it_shows_fewer(api: Api) -> None:
    now = time.time_ns()
    api.send(logs(*({"time": now, "body": str(n)} for n in range(9))), "logs")
    tail = api.get("/api/logs/tail", limit=4)
    assert (len(tail["logs"]), tail["total"]) == (4, 9)
    empty = api.get("/api/logs/tail", query="nothing", since=now)
    assert empty == {"logs": [], "total": 0, "since_time_unix_nano": str(now)}


@pytest.fixture(scope="module")
def counted(client: TestClient) -> Api:
    """A project with records of three severities, two services and an attribute of two types."""
    api = Api(client, "counted-logs")
    sent: list[dict[str, Any]] = [
        {"severity": "INFO", "severity_number": 9, "attributes": {"items": 3}},
        {"severity": "INFO", "severity_number": 10, "attributes": {"items": 3}},
        {"severity": "warning", "at": 16 * MINUTE, "attributes": {"items": "3"}},
        {"severity_number": 24, "at": HOUR - 1, "event_name": "crash"},
        {"severity": "odd"},
    ]
    api.send(logs(*sent), "logs")
    api.send(logs({"severity": "ERROR", "severity_number": 17}, service="cart"), "logs")
    return api


def test_the_histogram_counts_by_severity(counted: Api) -> None:
    histogram = counted.get("/api/logs/histogram", **WINDOW, buckets=4)
    assert histogram["bucket_nano"] == 15 * MINUTE
    none = dict.fromkeys(("none", "trace", "debug", "info", "warn", "error", "fatal"), 0)
    assert histogram["buckets"] == [
        {"start_time_unix_nano": str(T0), **none, "info": 2, "error": 1, "none": 1},
        {"start_time_unix_nano": str(T0 + 15 * MINUTE), **none, "warn": 1},
        {"start_time_unix_nano": str(T0 + 30 * MINUTE), **none},
        {"start_time_unix_nano": str(T0 + 45 * MINUTE), **none, "fatal": 1},
    ]
    narrowed = counted.get("/api/logs/histogram", **WINDOW, buckets=1, query="service = cart")
    assert narrowed["buckets"][0]["error"] == 1
    assert sum(narrowed["buckets"][0][name] for name in none) == 1


def test_facets_count_values_and_say_how_many_there_are(counted: Api) -> None:
    asked = {"limit": 2, "attribute": ["items", "region", "nowhere"]}
    found = counted.get("/api/logs/facets", **WINDOW, **asked)["facets"]
    assert [(facet["scope"], facet["name"], facet["distinct"]) for facet in found] == [
        (None, "severity", 4),
        (None, "service", 2),
        (None, "event_name", 1),
        (None, "scope", 1),
        ("log", "items", 2),
        ("resource", "region", 1),
    ]
    by_name = {facet["name"]: facet["values"] for facet in found}
    assert by_name["service"] == [
        {"value": "web", "type": "string", "count": 5},
        {"value": "cart", "type": "string", "count": 1},
    ]
    assert by_name["items"] == [
        {"value": "3", "type": "int", "count": 2},
        {"value": "3", "type": "string", "count": 1},
    ]
    assert len(by_name["severity"]) == 2


def test_keys_and_values_of_logs_are_offered(api: Api) -> None:
    now = time.time_ns()
    records = [{"time": now, "severity": "WARN", "attributes": {"card.type": "visa"}}]
    api.send(logs(*records, service="checkout"), "logs")

    def offered(query: str) -> list[str]:
        found = api.get("/api/search/complete", signal="logs", query=query)
        return [item["text"] for item in found["completions"]]

    assert offered("card") == ["card.type"]
    assert offered("resource.reg") == ["resource.region"]
    assert offered("card.type = v") == ["visa"]
    assert offered("severity = ") == ["WARN"]
    assert offered("service = check") == ["checkout"]
