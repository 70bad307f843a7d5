"""Two projects in one store: `acme` asks, `zebra` must not be seen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from spanhouse.collector.store import Store
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
