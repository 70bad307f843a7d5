"""The server itself: health, version, projects, the ledger, the page, OTLP beside it, the OpenAPI document."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from spanhouse.collector.store import Store
from spanhouse.query import openapi, page
from spanhouse.query.app import create_app
from spanhouse.query.reader import Reader
from spanhouse.query.settings import QuerySettings

from .conftest import Api
from .sent import MINUTE, T0, Value, span, traces

ROOT = Path(__file__).resolve().parents[2]
_DAY = 86_400 * 10**9


def test_health_follows_the_doors(store: Store) -> None:
    doors = {"open": False}
    with TestClient(create_app(store, ready=lambda: doors["open"])) as client:
        before = client.get("/healthz")
        doors["open"] = True
        after = client.get("/healthz")
    assert (before.status_code, before.json()["type"]) == (503, "urn:spanhouse:problem:not-ready")
    assert (after.status_code, after.json()) == (200, {"status": "ok"})


def test_the_version_says_what_runs_where(store: Store) -> None:
    endpoints = {"otlp_grpc": "127.0.0.1:4317", "otlp_http": "http://127.0.0.1:4318"}
    with TestClient(create_app(store, endpoints=endpoints, release="1.2.3")) as client:
        found = client.get("/api/version").json()
    assert found == {
        "version": "1.2.3",
        "clickhouse": store.server_version,
        "store": "embedded",
        "endpoints": endpoints,
    }


def test_projects_are_those_that_were_written_to_and_default(api: Api) -> None:
    api.send(traces([span(1, 1), span(1, 2, start=90 * MINUTE)]))
    found = {project["name"]: project for project in api.get("/api/projects")["projects"]}
    assert list(found) == sorted(found)
    assert "default" in found
    mine = found[api.project]
    assert (mine["span_count"], mine["first_time_unix_nano"]) == (2, str(T0))
    assert int(mine["last_time_unix_nano"]) >= T0 + 90 * MINUTE


def test_the_ledger_counts_what_came_in(api: Api) -> None:
    before = time.time_ns()
    good = traces([span(1, 1), span(1, 2)])
    bad = traces([span(1, 3), span(1, 4)])
    bad.resource_spans[0].scope_spans[0].spans[0].span_id = b"short"
    headers = {
        "content-type": "application/x-protobuf",
        "x-spanhouse-project": api.project,
        "user-agent": "tests",
    }
    for request in (good, bad):
        body = request.SerializeToString()
        assert api.client.post("/v1/traces", content=body, headers=headers).status_code == 200
    [sender] = api.get("/api/ingest")["senders"]
    assert before <= int(sender.pop("last_time_unix_nano")) <= time.time_ns()
    assert "tests" in sender.pop("sender")
    [reason] = sender.pop("reasons")
    assert reason["count"] == 1
    assert reason["reason"].startswith("span_id is not 8 bytes")
    assert sender == {
        "project": api.project,
        "signal": "traces",
        "received": 4,
        "stored": 3,
        "rejected": 1,
        "deduplicated": 0,
        "requests": 2,
    }
    assert api.get("/api/ingest", end=before - _DAY)["senders"] == []
    everyone = api.client.get("/api/ingest").json()["senders"]
    assert api.project in {sender["project"] for sender in everyone}


def test_roll_ups_say_what_there_is_to_ask_for(api: Api) -> None:
    attributes: dict[str, Value] = {"http.route": "/cart", "retries": 5}
    web = [span(1, n, "GET /cart", error=n == 1, attributes=attributes) for n in (1, 2)]
    api.send(traces([*web, span(1, 3, "get /list")], "web", {"host.name": "h1"}))
    api.send(traces([span(1, 4, "pay", start=5)], "cart"))
    assert api.get("/api/services")["services"] == [
        {"name": "cart", "span_count": 1, "error_count": 0, "last_time_unix_nano": str(T0 + 5)},
        {"name": "web", "span_count": 3, "error_count": 1, "last_time_unix_nano": str(T0)},
    ]
    assert api.get("/api/services", start=T0 - _DAY, end=T0 - _DAY // 2)["services"] == []
    assert len(api.get("/api/services", start=T0 + 1)["services"]) == 2
    assert api.get("/api/operations", service="web", prefix="GET")["operations"] == [
        {"name": "GET /cart", "kind": "INTERNAL", "span_count": 2},
        {"name": "get /list", "kind": "INTERNAL", "span_count": 1},
    ]
    assert len(api.get("/api/operations", limit=2)["operations"]) == 2
    assert api.get("/api/attributes/keys", prefix="h")["keys"] == [
        {"key": "host.name", "type": "string", "source": "resource", "count": 3},
        {"key": "http.route", "type": "string", "source": "span", "count": 2},
    ]
    assert api.get("/api/attributes/values", key="retries")["values"] == [
        {"value": "5", "count": 2}
    ]
    assert api.get("/api/attributes/values", key="http.route", prefix="/CA")["values"] == [
        {"value": "/cart", "count": 2}
    ]


@pytest.fixture
def built(tmp_path: Path) -> TestClient:
    """A server of a page of two files."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<title>page</title>")
    (tmp_path / "assets" / "index-1a2b.js").write_text("1")
    (tmp_path.parent / "secret.txt").write_text("secret")
    app = FastAPI()
    app.include_router(page.router(tmp_path))
    return TestClient(app)


@pytest.mark.parametrize(
    ("path", "status", "text", "cache"),
    [
        ("/", 200, "<title>page</title>", "no-cache"),
        ("/traces/ab?span=1", 200, "<title>page</title>", "no-cache"),
        ("/assets/index-1a2b.js", 200, "1", "public, max-age=31536000, immutable"),
        ("/assets/gone.js", 404, None, None),
        ("/api/gone", 404, None, None),
        ("/%2e%2e/secret.txt", 200, "<title>page</title>", "no-cache"),
        ("/..%2fsecret.txt", 200, "<title>page</title>", "no-cache"),
        ("/%00", 200, "<title>page</title>", "no-cache"),
    ],
)
def test_the_page_answers_every_address_that_is_its_own(
    built: TestClient, path: str, status: int, text: str | None, cache: str | None
) -> None:
    response = built.get(path)
    assert (response.status_code, response.headers.get("cache-control")) == (status, cache)
    if text is not None:
        assert response.text == text


def test_without_a_built_page_a_sentence_says_so(tmp_path: Path) -> None:
    app = FastAPI()
    app.include_router(page.router(tmp_path / "static"))
    response = TestClient(app).get("/")
    assert response.status_code == 404
    assert "The page is not built" in response.text


def test_otlp_beside_the_api_is_handed_over_untouched(store: Store) -> None:
    seen: list[tuple[str, str]] = []

    async def otlp(scope: Any, receive: Any, send: Any) -> None:
        seen.append((scope["method"], scope["path"]))
        await send({"type": "http.response.start", "status": 418, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    with TestClient(create_app(store, otlp_app=otlp)) as client:
        assert client.post("/v1/traces", content=b"x").status_code == 418
        assert client.options("/v1/logs").status_code == 418
        assert client.get("/healthz").status_code == 200
    assert seen == [("POST", "/v1/traces"), ("OPTIONS", "/v1/logs")]


def test_the_openapi_document_is_the_committed_one() -> None:
    committed = (ROOT / "query" / "openapi.json").read_text(encoding="utf-8")
    assert committed == openapi.document(), (
        "if the change is meant: python -m spanhouse.query.openapi > query/openapi.json"
    )


def test_every_operation_has_a_name_of_its_own_and_tells_its_problems() -> None:
    operations = [
        operation
        for path in create_app(None, settings=QuerySettings()).openapi()["paths"].values()  # type: ignore[arg-type]
        for operation in path.values()
    ]
    names = [operation["operationId"] for operation in operations]
    assert len(set(names)) == len(names)
    assert all({"400", "503"} <= operation["responses"].keys() for operation in operations)
    assert all("422" not in operation["responses"] for operation in operations)


def test_every_query_says_which_operation_it_answers(store: Store) -> None:
    reader = Reader(store, QuerySettings(max_execution_seconds=7), "list_traces")
    asked = (
        "SELECT getSetting('log_comment') AS comment, getSetting('max_execution_time') AS seconds"
    )
    [found] = store.rows(asked, {}, reader.query_settings)
    assert (found["comment"], float(found["seconds"])) == ("list_traces", 7)


def test_settings_come_from_the_environment_and_are_checked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SPANHOUSE_QUERY_MAX_EXECUTION_SECONDS", "2.5")
    assert QuerySettings().max_execution_seconds == 2.5
    monkeypatch.setenv("SPANHOUSE_QUERY_MAX_EXECUTION_SECONDS", "0")
    with pytest.raises(ValueError, match="max_execution_seconds"):
        QuerySettings()


def test_every_setting_says_its_unit_and_reason() -> None:
    for name, field in QuerySettings.model_fields.items():
        assert field.description, name
        assert ": " in field.description, name
