"""What is said of spans and traces, by people through the API, by programs over OTLP; edits are events, too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest

from spanhouse.instrumentation import semconv

from .conftest import Api
from .sent import SECOND, T0, Value, key_values, span, span_id, trace_id, traces

OF_TRACE_1 = f"/api/traces/{trace_id(1)}/annotations"
SCORE: dict[str, Any] = {"kind": "score", "name": "helpful", "score_value": 0.75, "source": "human"}
PASSED: dict[str, Value] = {
    semconv.EVALUATION_NAME: "relevance",
    semconv.EVALUATION_SCORE_VALUE: 0.5,
    semconv.EVALUATION_SCORE_LABEL: "fair",
    semconv.EVALUATION_EXPLANATION: "half of it",
}


def add(api: Api, path: str = OF_TRACE_1, **write: Any) -> Any:
    """Say something, which is taken."""
    response = api.write("POST", path, write)
    assert response.status_code == 201, response.text
    return response.json()


def said(api: Api, path: str = OF_TRACE_1) -> Any:
    """What is said of a trace."""
    return api.get(path)["annotations"]


def event(
    name: str,
    attributes: Mapping[str, Value],
    at: int = 0,
    span: int = 0,
    body: str = "",
    schema_url: str = "",
) -> ExportLogsServiceRequest:
    """An event about trace 1 as any sender would send it, `at` seconds after T0."""
    request = ExportLogsServiceRequest()
    record = (
        request.resource_logs.add(schema_url=schema_url)
        .scope_logs.add()
        .log_records.add(
            event_name=name,
            time_unix_nano=T0 + at * SECOND,
            trace_id=bytes.fromhex(trace_id(1)),
            span_id=bytes.fromhex(span_id(span)) if span else b"",
            attributes=key_values(attributes),
        )
    )
    if body:
        record.body.string_value = body
    return request


def test_what_is_said_is_read_at_once_and_spans_stay_as_they_are(api: Api) -> None:
    api.send(traces([span(1, 1)]))
    before = api.get(f"/api/traces/{trace_id(1)}/spans/{span_id(1)}")
    assert said(api) == []
    score = add(api, **SCORE, span_id=span_id(1).upper(), text="mostly", author="ann")
    comment = add(api, kind="comment", text="why so slow?\nä", author="bob")
    label = add(api, kind="label", name="to review", source="code")
    assert said(api) == [score, comment, label]
    assert score == {
        "id": score["id"],
        "trace_id": trace_id(1),
        "span_id": span_id(1),
        "kind": "score",
        "name": "helpful",
        "score_value": 0.75,
        "score_label": "",
        "text": "mostly",
        "error_type": "",
        "source": "human",
        "author": "ann",
        "created_time_unix_nano": score["updated_time_unix_nano"],
        "updated_time_unix_nano": score["updated_time_unix_nano"],
    }
    assert (comment["span_id"], comment["text"], comment["name"]) == (None, "why so slow?\nä", "")
    assert (label["name"], label["source"], label["text"]) == ("to review", "code", "")
    assert api.get(f"/api/traces/{trace_id(1)}/spans/{span_id(1)}") == before
    log = api.get("/api/logs", query="event_name = gen_ai.evaluation.result")["logs"][0]
    assert (log["trace_id"], log["span_id"]) == (trace_id(1), span_id(1))


def test_a_score_is_a_number_a_category_or_true_and_false(api: Api) -> None:
    for value, label in ((-1.5, ""), (None, "good"), (1, "true"), (0, "")):
        add(api, kind="score", name="q", score_value=value, score_label=label)
    assert [(found["score_value"], found["score_label"]) for found in said(api)] == [
        (-1.5, ""),
        (None, "good"),
        (1.0, "true"),
        (0.0, ""),
    ]


def test_an_edit_replaces_and_a_deleted_one_is_gone(api: Api) -> None:
    first = add(api, **SCORE)
    other = add(api, kind="comment", text="stays")
    edited = api.write("PUT", f"{OF_TRACE_1}/{first['id']}", SCORE | {"score_value": 0.25})
    assert edited.status_code == 200
    assert edited.json()["created_time_unix_nano"] == first["created_time_unix_nano"]
    assert int(edited.json()["updated_time_unix_nano"]) > int(first["updated_time_unix_nano"])
    assert said(api) == [edited.json(), other]
    assert api.write("DELETE", f"{OF_TRACE_1}/{first['id']}").status_code == 204
    assert said(api) == [other]
    for method, body in (("DELETE", None), ("PUT", SCORE)):
        assert api.write(method, f"{OF_TRACE_1}/{first['id']}", body).status_code == 404


def test_two_tabs_do_not_overwrite_each_other(api: Api) -> None:
    first = add(api, **SCORE)
    path, seen = f"{OF_TRACE_1}/{first['id']}", first["updated_time_unix_nano"]
    write = SCORE | {"if_updated_time_unix_nano": seen}
    assert api.write("PUT", path, write | {"score_value": 1}).status_code == 200
    late = api.write("PUT", path, write | {"score_value": 0})
    assert (late.status_code, late.json()["type"]) == (409, "urn:spanhouse:problem:conflict")
    assert [found["score_value"] for found in said(api)] == [1]


def test_a_trace_and_a_project_see_only_their_own(api: Api) -> None:
    mine = add(api, **SCORE)
    other_trace = f"/api/traces/{trace_id(2)}/annotations"
    assert said(api, other_trace) == []
    assert api.write("DELETE", f"{other_trace}/{mine['id']}").status_code == 404
    other = Api(api.client, f"{api.project}-other")
    assert said(other) == []
    assert other.write("DELETE", f"{OF_TRACE_1}/{mine['id']}").status_code == 404
    add(api, other_trace, kind="label", name="two")
    asked = {"trace_id": [trace_id(1), trace_id(2), trace_id(3)]}
    both = api.get("/api/annotations", **asked)["annotations"]
    assert [(found["trace_id"], found["name"]) for found in both] == [
        (trace_id(1), "helpful"),
        (trace_id(2), "two"),
    ]


def test_a_score_of_any_sender_is_one_as_log_record_or_as_event_of_its_span(api: Api) -> None:
    api.send(event(semconv.EVALUATION_RESULT, PASSED, span=1), "logs")
    scored = span(1, 2)
    for name in ("other", semconv.EVALUATION_RESULT):
        scored.events.add(
            name=name, time_unix_nano=T0 + SECOND, attributes=key_values(PASSED | {"n": 1})
        )
    api.send(traces([scored]))
    log, of_span = said(api)
    assert (log["span_id"], of_span["span_id"]) == (span_id(1), span_id(2))
    for found in (log, of_span):
        assert (found["kind"], found["name"], found["text"]) == ("score", "relevance", "half of it")
        assert (found["score_value"], found["score_label"], found["source"]) == (0.5, "fair", None)
    assert of_span["created_time_unix_nano"] == str(T0 + SECOND)
    assert api.write("DELETE", f"{OF_TRACE_1}/{of_span['id']}").status_code == 204
    assert said(api) == [log]


def test_an_evaluation_that_failed_says_why(api: Api) -> None:
    failed: dict[str, Value] = {semconv.EVALUATION_NAME: "relevance", "error.type": "timeout"}
    api.send(event(semconv.EVALUATION_RESULT, failed), "logs")
    [found] = said(api)
    assert (found["score_value"], found["score_label"], found["error_type"]) == (
        None,
        "",
        "timeout",
    )


def test_of_events_out_of_order_the_last_by_time_counts(api: Api) -> None:
    mine: dict[str, Value] = {semconv.ANNOTATION_ID: "a", semconv.ANNOTATION_KIND: "comment"}
    put, delete = semconv.ANNOTATION_PUT, semconv.ANNOTATION_DELETE
    api.send(event(put, mine, at=20, body="newest"), "logs")
    api.send(event(delete, {semconv.ANNOTATION_ID: "a"}, at=10), "logs")
    api.send(event(put, mine, at=0, body="oldest"), "logs")
    [found] = said(api)
    assert (found["text"], found["created_time_unix_nano"]) == ("newest", str(T0))
    api.send(event(delete, {semconv.ANNOTATION_ID: "a"}, at=30), "logs")
    assert said(api) == []
    api.send(event(put, mine, at=30, body="same time, arrived later"), "logs")
    assert [found["text"] for found in said(api)] == ["same time, arrived later"]


def test_the_same_event_twice_is_one_annotation(api: Api) -> None:
    api.send(event(semconv.EVALUATION_RESULT, PASSED), "logs")
    # Other bytes, so that the collector does not see a retry.
    api.send(event(semconv.EVALUATION_RESULT, PASSED, schema_url="urn:x"), "logs")
    api.send(event(semconv.EVALUATION_RESULT, PASSED, at=1), "logs")
    assert [found["created_time_unix_nano"] for found in said(api)] == [str(T0), str(T0 + SECOND)]


def test_an_annotation_of_a_kind_that_is_not_known_is_none(api: Api) -> None:
    api.send(event(semconv.ANNOTATION_PUT, {semconv.ANNOTATION_KIND: "opinion"}, body="x"), "logs")
    api.send(event("other", {semconv.ANNOTATION_KIND: "comment"}, body="x"), "logs")
    assert said(api) == []


@pytest.mark.parametrize(
    ("write", "sentence"),
    [
        ({"kind": "opinion"}, "'score', 'comment' or 'label'"),
        ({"kind": "comment", "text": " \n"}, "a comment needs a text"),
        ({"kind": "comment", "text": "x", "name": "y"}, "a comment has a text only"),
        ({"kind": "label"}, "a label needs a name"),
        ({"kind": "label", "name": "x", "score_value": 1}, "a label has no score"),
        ({"kind": "score", "name": "x"}, "a score needs a score_value"),
        ({"kind": "score", "score_value": 1}, "a score needs a name"),
        ({"kind": "label", "name": "x" * 101}, "at most 100 characters"),
        ({"kind": "comment", "text": "x", "span_id": "1"}, "should match pattern"),
        ({"kind": "comment", "text": "x", "source": "cat"}, "'human', 'code' or 'llm'"),
    ],
)
def test_what_says_nothing_is_refused(api: Api, write: Any, sentence: str) -> None:
    refused = api.write("POST", OF_TRACE_1, write)
    assert refused.status_code == 400
    assert sentence in refused.json()["detail"]
    assert said(api) == []


def test_an_infinite_score_of_a_sender_is_no_number(api: Api) -> None:
    infinite: dict[str, Value] = {
        semconv.EVALUATION_NAME: "x",
        semconv.EVALUATION_SCORE_VALUE: float("inf"),
    }
    api.send(event(semconv.EVALUATION_RESULT, infinite), "logs")
    assert [found["score_value"] for found in said(api)] == [None]
