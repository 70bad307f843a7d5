"""Every refusal is a problem detail that says what was tried, what was found, and what to do."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from spanhouse.collector.store import Store
from spanhouse.query.app import create_app
from spanhouse.query.settings import QuerySettings

from .conftest import Api
from .sent import T0, span, span_id, trace_id, traces

PROBLEM = "application/problem+json"


@pytest.mark.parametrize(
    ("path", "params", "words"),
    [
        ("/api/traces", {"limit": 0}, "'limit': found '0'"),
        ("/api/traces", {"limit": 1001}, "'limit': found '1001'"),
        ("/api/traces", {"limit": "many"}, "'limit': found 'many'"),
        ("/api/traces", {"start": -1}, "'start': found '-1'"),
        ("/api/traces", {"start": 2**63}, f"'start': found '{2**63}'"),
        ("/api/traces", {"end": "now"}, "'end': found 'now'"),
        ("/api/traces", {"start": 9, "end": 3}, "start 9 lies after end 3"),
        ("/api/traces", {"sort": "name"}, "'sort': found 'name'"),
        ("/api/traces/histogram", {"buckets": 0}, "'buckets': found '0'"),
        (f"/api/traces/{'g' * 32}/skeleton", {}, "'trace_id': found 'gggg"),
        ("/api/traces/ab/skeleton", {}, "'trace_id': found 'ab'"),
        (f"/api/traces/{trace_id(1)}/spans/1", {}, "'span_id': found '1'"),
        (f"/api/traces/{trace_id(1)}/search", {}, "'q': found None, field required"),
        ("/api/attributes/values", {}, "'key': found None, field required"),
        ("/api/export/profiles", {}, "'signal': found 'profiles'"),
    ],
)
def test_a_question_that_is_not_valid(
    api: Api, path: str, params: dict[str, Any], words: str
) -> None:
    response = api.ask(path, **params)
    assert (response.status_code, response.headers["content-type"]) == (400, PROBLEM)
    problem = response.json()
    assert problem["type"] == "urn:spanhouse:problem:invalid-question"
    assert (problem["status"], problem["instance"]) == (400, path)
    assert words in problem["detail"]


def test_every_wrong_parameter_is_named(api: Api) -> None:
    problem = api.ask("/api/traces", limit=0, sort="x").json()
    assert [error["parameter"] for error in problem["errors"]] == ["sort", "limit"]
    assert all(error["place"] == "query" for error in problem["errors"])


def test_a_project_s_name_has_a_bound(api: Api) -> None:
    headers = {"x-spanhouse-project": "p" * 257}
    response = api.client.get("/api/traces", headers=headers)
    assert response.status_code == 400
    assert "header parameter 'x-spanhouse-project'" in response.json()["detail"]


@pytest.mark.parametrize("path", ["/api/nothing", "/api", "/v1/nothing", "/assets/none.js"])
def test_what_is_not_there_is_a_problem_too(store: Store, path: str) -> None:
    with TestClient(create_app(store)) as client:
        response = client.get(path)
    assert (response.status_code, response.headers["content-type"]) == (404, PROBLEM)
    assert f"nothing answers GET {path}" in response.json()["detail"]


def test_the_api_only_reads(api: Api) -> None:
    response = api.client.post("/api/traces")
    assert (response.status_code, response.headers["content-type"]) == (405, PROBLEM)
    assert response.headers["allow"] == "GET"


def test_a_question_over_the_server_s_bounds_says_which_to_raise(api: Api, store: Store) -> None:
    api.send(traces([span(1, 1)]))
    impatient = QuerySettings(max_execution_seconds=0.001)
    app = create_app(store, settings=impatient)
    with TestClient(app, raise_server_exceptions=False) as client:
        response = client.get(f"/api/traces?project={api.project}&start={T0}&end={T0 + 1}&query=x")
    problem = response.json()
    assert (response.status_code, problem["type"]) == (503, "urn:spanhouse:problem:too-expensive")
    assert "SPANHOUSE_QUERY_MAX_EXECUTION_SECONDS" in problem["detail"]


def test_a_store_that_fails_is_told_by_503(api: Api, store: Store) -> None:
    store.command("RENAME TABLE span_operations TO span_operations_away")
    try:
        response = api.ask("/api/services")
    finally:
        store.command("RENAME TABLE span_operations_away TO span_operations")
    problem = response.json()
    assert (response.status_code, problem["type"]) == (503, "urn:spanhouse:problem:store-failed")
    assert problem["detail"].startswith("list_services could not be answered: the store said ")
    assert "span_operations" in problem["detail"]


def test_a_fault_of_ours_is_a_problem_without_its_insides(store: Store) -> None:
    app = create_app(store, ready=lambda: 1 / 0 == 1)
    with TestClient(app, raise_server_exceptions=False) as client:
        response = client.get("/healthz")
    assert (response.status_code, response.headers["content-type"]) == (500, PROBLEM)
    assert "failed with ZeroDivisionError" in response.json()["detail"]


def test_a_span_asked_of_the_wrong_project_is_not_found(api: Api) -> None:
    api.send(traces([span(1, 1)]))
    path = f"/api/traces/{trace_id(1)}/spans/{span_id(1)}"
    assert api.client.get(path, params={"project": "other"}).status_code == 404
