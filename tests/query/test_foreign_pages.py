"""A web page of another origin can neither write nor, by a name that it made point here, read."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from spanhouse.collector.store import Store
from spanhouse.query.app import create_app
from spanhouse.query.settings import QuerySettings

from .conftest import Api

DOCUMENT = "/api/documents/view/a"
WRITE = {"name": "n", "body": {}}


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "http://127.0.0.1:7070", "sec-fetch-site": "same-origin"},
        {"origin": "http://127.0.0.1:7070"},
        {"sec-fetch-site": "none"},
        # A proxy that asks under its own name for the upstream.
        {"origin": "https://spans.example.com", "sec-fetch-site": "same-origin"},
    ],
)
def test_programs_and_our_own_page_write(api: Api, headers: dict[str, str]) -> None:
    written = api.write("PUT", DOCUMENT, WRITE, host="127.0.0.1:7070", **headers)
    assert written.status_code == 200, written.text


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://example.com"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:3000"},
        {"origin": "http://127.0.0.1:7070", "sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_foreign_pages_write_nothing(api: Api, method: str, headers: dict[str, str]) -> None:
    refused = api.write(method, DOCUMENT, WRITE, host="127.0.0.1:7070", **headers)
    assert (refused.status_code, refused.json()["type"]) == (
        403,
        "urn:spanhouse:problem:foreign-page",
    )
    assert api.get("/api/documents/view") == {"documents": []}


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", None])
def test_what_a_form_can_send_is_not_read(api: Api, content_type: str | None) -> None:
    headers = {"x-spanhouse-project": api.project}
    if content_type:
        headers["content-type"] = content_type
    refused = api.client.put(DOCUMENT, content=b'{"name": "n", "body": {}}', headers=headers)
    assert refused.status_code == 400


@pytest.mark.parametrize(
    "host", ["example.com", "EXAMPLE.com:7070", "127.0.0.1.example.com", "localhost.example.com."]
)
@pytest.mark.parametrize("path", ["/", "/api/traces", "/healthz", "/openapi.json"])
def test_a_name_that_a_stranger_can_own_is_not_answered(api: Api, host: str, path: str) -> None:
    refused = api.client.get(path, headers={"host": host})
    assert refused.status_code == 403
    assert "SPANHOUSE_QUERY_HOSTS" in refused.json()["detail"]


@pytest.mark.parametrize(
    "host",
    [
        "localhost:7070",
        "127.0.0.1",
        "[::1]:7070",
        "192.168.0.7:80",
        "spanhouse:7070",
        "a.localhost",
        "host.docker.internal:7070",
    ],
)
def test_addresses_and_private_names_are_answered(api: Api, host: str) -> None:
    assert api.client.get("/healthz", headers={"host": host}).status_code == 200


def test_a_proxy_s_name_is_answered_once_it_is_set(store: Store) -> None:
    app = create_app(store, settings=QuerySettings(hosts=("spans.example.com",)))
    with TestClient(app) as client:
        assert client.get("/healthz", headers={"host": "Spans.example.com"}).status_code == 200
        assert client.get("/healthz", headers={"host": "other.example.com"}).status_code == 403
