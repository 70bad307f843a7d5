"""Two projects in one store: `acme` asks, `zebra` must not be seen."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

import pytest
import uvicorn
from starlette.testclient import TestClient

from spanhouse.collector.keys import ApiKeys, project_of_login
from spanhouse.collector.store import Store
from spanhouse.query.clickhouse_http import create_clickhouse_app
from spanhouse.query.settings import QuerySettings
from spanhouse.query.user_sql import UserSql
from tests.query.conftest import Api
from tests.query.user_sql.cases import some_logs, some_metrics, some_traces


@pytest.fixture(scope="package")
def acme(client: TestClient) -> Api:
    """The API as `acme` sees it."""
    for word in ("acme", "zebra"):
        api = Api(client, word)
        api.send(some_traces(word))
        api.send(some_logs(word), "logs")
        api.send(some_metrics(word), "metrics")
    return Api(client, "acme")


@pytest.fixture(scope="package")
def user_sql(store: Store, acme: Api) -> Iterator[UserSql]:
    """SQL on that store."""
    found = UserSql(store, QuerySettings())
    yield found
    found.close()


class Listening(NamedTuple):
    """ClickHouse HTTP on a port."""

    port: int
    keys: ApiKeys
    """Empty: nobody needs a password."""

    @property
    def url(self) -> str:
        """Where."""
        return f"http://127.0.0.1:{self.port}"


@pytest.fixture(scope="package")
def clickhouse(
    user_sql: UserSql, store: Store, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Listening]:
    """The real server on a real port, in a thread."""
    keys = ApiKeys(tmp_path_factory.mktemp("keys") / "api-keys.json")
    app = create_clickhouse_app(user_sql, partial(project_of_login, keys), store.server_version)
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off"))
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    yield Listening(listener.getsockname()[1], keys)
    server.should_exit = True
    thread.join(10)
    listener.close()
