"""A server without ports for the tests of the API: a real store, the collector's HTTP door, the API beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from google.protobuf.message import Message
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from starlette.testclient import TestClient

from spanhouse.collector.service import Collector
from spanhouse.collector.settings import CollectorSettings
from spanhouse.collector.store import Store, migrate
from spanhouse.emit import in_process
from spanhouse.query.app import create_app
from spanhouse.query.events import Emit
from spanhouse.query.settings import QuerySettings

_PROJECTS = count(1)


@dataclass(frozen=True)
class Api:
    """The API as one project's user sees it."""

    client: TestClient
    project: str

    def send(self, request: Message, signal: str = "traces") -> None:
        """Send an export request; everything in it is stored."""
        response = self.client.post(
            f"/v1/{signal}",
            content=request.SerializeToString(),
            headers={
                "content-type": "application/x-protobuf",
                "x-spanhouse-project": self.project,
            },
        )
        assert (response.status_code, response.content) == (200, b"")

    def ask(self, path: str, **params: Any) -> Any:
        """GET, where any status may come."""
        headers = {"x-spanhouse-project": self.project}
        return self.client.get(path, params=params or None, headers=headers)

    def get(self, path: str, **params: Any) -> Any:
        """GET what there is, as JSON."""
        response = self.ask(path, **params)
        assert response.status_code == 200, response.text
        return response.json()

    def write(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """PUT, POST or DELETE, where any status may come."""
        sent = {"x-spanhouse-project": self.project, **headers}
        return self.client.request(method, path, json=body, headers=sent)


# One embedded engine per process, so one store for all tests here, closed before other folders open theirs.
@pytest.fixture(scope="package")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """An empty store with its schema."""
    found = Store(f"chdb://{tmp_path_factory.mktemp('query')}/clickhouse")
    migrate(found)
    yield found
    found.close()


@pytest.fixture(scope="package")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The collector's directory."""
    return tmp_path_factory.mktemp("collector")


@pytest.fixture(scope="package")
def client(store: Store, data: Path) -> Iterator[TestClient]:
    """The API with OTLP over HTTP beside it."""
    settings = CollectorSettings.model_validate(
        {"data": data, "otlp_grpc_port": 0, "otlp_http_port": 0}
    )
    collector = Collector(store, settings)
    emits: list[Emit] = []

    def emit(project: str, request: ExportLogsServiceRequest) -> None:
        emits[0](project, request)

    app = create_app(store, otlp_app=collector.http_app, settings=QuerySettings(), emit=emit)
    with TestClient(app, raise_server_exceptions=False) as client:
        assert client.portal is not None
        client.portal.call(collector.start)
        app.state.endpoints = {"otlp_http": f"http://127.0.0.1:{collector.http_port}"}
        emits.append(client.portal.call(_in_process, collector))
        yield client
        client.portal.call(collector.drain)


async def _in_process(collector: Collector) -> Emit:
    """On the loop that runs it."""
    return in_process(collector)


@pytest.fixture
def api(client: TestClient) -> Api:
    """A project of the test's own."""
    return Api(client, f"test-{next(_PROJECTS)}")
