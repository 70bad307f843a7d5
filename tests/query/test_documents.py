"""Small things that people save: read back at once, folded from events in any order, safe from silent overwriting."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest

from spanhouse.collector.store import Store
from spanhouse.instrumentation import semconv
from spanhouse.query.documents import MAX_BODY_BYTES, Documents
from spanhouse.query.errors import NotStored

from .conftest import Api
from .sent import SECOND, T0, key_values

VIEWS = "/api/documents/view"


def _put(api: Api, id: str = "a", name: str = "Slow", body: Any = None, **more: Any) -> Any:
    write = {"name": name, "body": {"path": "/"} if body is None else body, **more}
    return api.write("PUT", f"{VIEWS}/{id}", write)


def _event(name: str, at: int, id: str = "a", title: str = "", body: str = "") -> Any:
    """An event as any OTLP sender would send it, `at` seconds after T0."""
    request = ExportLogsServiceRequest()
    record = (
        request.resource_logs.add()
        .scope_logs.add()
        .log_records.add(event_name=name, time_unix_nano=T0 + at * SECOND)
    )
    record.attributes.extend(
        key_values(
            {
                semconv.DOCUMENT_KIND: "view",
                semconv.DOCUMENT_ID: id,
                semconv.DOCUMENT_NAME: title,
            }
        )
    )
    record.body.string_value = body
    return request


def test_what_was_saved_is_read_at_once(api: Api) -> None:
    assert api.get(VIEWS) == {"documents": []}
    body = {"path": "/logs", "big": 2**70, "text": "ä\u0000\U0001f600", "list": [1.5, None, True]}
    saved = _put(api, "b", "Zoo", body)
    assert saved.status_code == 200, saved.text
    _put(api, "a", "aardvark")
    found = api.get(VIEWS)["documents"]
    assert [document["id"] for document in found] == ["a", "b"]
    assert found[1] == saved.json()
    assert found[1] == {
        "id": "b",
        "kind": "view",
        "name": "Zoo",
        "body": body,
        "updated_time_unix_nano": found[1]["updated_time_unix_nano"],
    }
    assert api.get(f"{VIEWS}/b") == found[1]
    assert api.get("/api/documents/bookmark") == {"documents": []}


def test_a_project_sees_only_its_own(api: Api) -> None:
    _put(api)
    other = Api(api.client, f"{api.project}-other")
    assert other.get(VIEWS) == {"documents": []}
    assert other.ask(f"{VIEWS}/a").status_code == 404
    assert other.write("DELETE", f"{VIEWS}/a").status_code == 404


def test_a_deleted_document_is_gone_and_may_come_again(api: Api) -> None:
    first = _put(api).json()
    assert api.write("DELETE", f"{VIEWS}/a").status_code == 204
    assert api.get(VIEWS) == {"documents": []}
    gone = api.ask(f"{VIEWS}/a")
    assert (gone.status_code, gone.json()["type"]) == (404, "urn:spanhouse:problem:not-found")
    again = _put(api, name="Again").json()
    assert int(again["updated_time_unix_nano"]) > int(first["updated_time_unix_nano"])
    assert api.get(f"{VIEWS}/a")["name"] == "Again"


def test_two_tabs_do_not_overwrite_each_other(api: Api) -> None:
    first = _put(api, if_updated_time_unix_nano="0").json()["updated_time_unix_nano"]
    second = _put(api, name="Tab 1", if_updated_time_unix_nano=first)
    assert second.status_code == 200
    late = _put(api, name="Tab 2", if_updated_time_unix_nano=first)
    newest = second.json()["updated_time_unix_nano"]
    assert (late.status_code, late.json()["updated_time_unix_nano"]) == (409, newest)
    assert late.json()["type"] == "urn:spanhouse:problem:conflict"
    assert _put(api, name="Tab 3", if_updated_time_unix_nano="0").status_code == 409
    stale = api.write("DELETE", f"{VIEWS}/a?if_updated_time_unix_nano={first}")
    assert stale.status_code == 409
    assert api.get(f"{VIEWS}/a")["name"] == "Tab 1"
    gone = api.write("DELETE", f"{VIEWS}/a?if_updated_time_unix_nano={newest}")
    assert gone.status_code == 204
    back = _put(api, name="Tab 4", if_updated_time_unix_nano=newest)
    assert (back.status_code, back.json()["updated_time_unix_nano"]) == (409, "0")


def test_of_writers_at_once_one_wins(api: Api) -> None:
    with ThreadPoolExecutor(4) as threads:
        writes = threads.map(
            lambda tab: _put(api, name=f"Tab {tab}", if_updated_time_unix_nano="0"), range(4)
        )
        statuses = sorted(write.status_code for write in writes)
    assert statuses == [200, 409, 409, 409]


def test_the_last_event_by_time_counts_whatever_the_order_of_arrival(api: Api) -> None:
    for event in (
        _event(semconv.DOCUMENT_PUT, 20, title="newest", body='{"n": 3}'),
        _event(semconv.DOCUMENT_DELETE, 10),
        _event(semconv.DOCUMENT_PUT, 0, title="oldest", body='{"n": 1}'),
    ):
        api.send(event, "logs")
    [found] = api.get(VIEWS)["documents"]
    assert (found["name"], found["body"]) == ("newest", {"n": 3})
    assert found["updated_time_unix_nano"] == str(T0 + 20 * SECOND)
    api.send(_event(semconv.DOCUMENT_DELETE, 30), "logs")
    assert api.get(VIEWS) == {"documents": []}


def test_of_events_of_one_time_the_one_that_arrived_last_counts(api: Api) -> None:
    api.send(_event(semconv.DOCUMENT_PUT, 0, title="z first", body='{"n": 1}'), "logs")
    api.send(_event(semconv.DOCUMENT_PUT, 0, title="a second", body='{"n": 2}'), "logs")
    assert [found["name"] for found in api.get(VIEWS)["documents"]] == ["a second"]


def test_an_event_that_comes_twice_changes_nothing(api: Api, store: Store) -> None:
    event = _event(semconv.DOCUMENT_PUT, 0, title="once", body="{}")
    again = ExportLogsServiceRequest()
    again.CopyFrom(event)
    again.resource_logs[0].schema_url = "other bytes, so that the collector does not see a retry"
    api.send(event, "logs")
    api.send(_event(semconv.DOCUMENT_PUT, 5, title="twice", body="{}"), "logs")
    api.send(again, "logs")
    assert [found["name"] for found in api.get(VIEWS)["documents"]] == ["twice"]
    history = store.rows(
        "SELECT LogAttributes['spanhouse.document.name'] AS Name FROM state_events "
        "WHERE ProjectId = {project:String} ORDER BY Timestamp, ReceivedAt",
        {"project": api.project},
    )
    assert [row["Name"] for row in history] == ["once", "once", "twice"]


def test_an_edit_follows_what_it_edits_whatever_the_clocks(api: Api) -> None:
    api.send(_event(semconv.DOCUMENT_PUT, 10**9, title="from a clock far ahead", body="{}"), "logs")
    edited = _put(api, name="edited").json()
    assert edited["updated_time_unix_nano"] == str(T0 + 10**9 * SECOND + 1)
    assert api.get(f"{VIEWS}/a")["name"] == "edited"


@pytest.mark.parametrize("body", ["", "[]", "{", "7"])
def test_a_put_that_is_no_object_is_no_document(api: Api, body: str) -> None:
    api.send(_event(semconv.DOCUMENT_PUT, 0, title="broken", body=body), "logs")
    assert api.get(VIEWS) == {"documents": []}


@pytest.mark.parametrize(
    ("path", "write", "sentence"),
    [
        ("nothing/a", {"name": "n", "body": {}}, "'sql_query', 'view', 'dashboard'"),
        ("view/-a", {"name": "n", "body": {}}, "cannot use the id '-a'"),
        ("view/" + "a" * 129, {"name": "n", "body": {}}, "up to 128 letters"),
        ("view/a", {"name": " ", "body": {}}, "a name has 1 to 200"),
        ("view/a", {"name": "n" * 201, "body": {}}, "its name has 201 characters"),
        ("view/a", {"name": "n", "body": []}, "valid dictionary"),
        ("view/a", {"name": "n", "body": {"t": "x" * MAX_BODY_BYTES}}, "the limit is 524288"),
        ("view/a", {"name": "n", "body": {}, "if_updated_time_unix_nano": "x"}, "match pattern"),
    ],
)
def test_what_cannot_be_saved_is_told(api: Api, path: str, write: Any, sentence: str) -> None:
    refused = api.write("PUT", f"/api/documents/{path}", write)
    assert refused.status_code == 400
    assert sentence in refused.json()["detail"]


@pytest.mark.parametrize("text", ['{"n": NaN}', '{"t": "\\ud800"}'])
def test_what_json_cannot_hold_is_told(api: Api, text: str) -> None:
    refused = api.client.put(
        f"{VIEWS}/a",
        content=f'{{"name": "n", "body": {text}}}',
        headers={"content-type": "application/json", "x-spanhouse-project": api.project},
    )
    assert refused.status_code == 400
    assert api.get(VIEWS) == {"documents": []}


def test_a_project_s_name_is_checked(api: Api) -> None:
    refused = Api(api.client, "no project").write("PUT", f"{VIEWS}/a", {"name": "n", "body": {}})
    assert refused.status_code == 400
    assert "'no project' is no project name" in refused.json()["detail"]


def test_a_page_without_a_collector_says_so(store: Store) -> None:
    with pytest.raises(NotStored, match="start it with --collector"):
        Documents(store).put("default", "view", "a", "n", {})
