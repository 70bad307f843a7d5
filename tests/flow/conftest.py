"""One collector process for most tests; a project of its own for each keeps them apart."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest

from tests.flow.doors import GrpcDoor, HttpDoor
from tests.flow.running import RunningCollector
from tests.flow.wiretap import Wiretap

_PROJECTS = count(1)


@pytest.fixture(scope="package")
def collector(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCollector]:
    """A collector on an embedded engine."""
    found = RunningCollector(tmp_path_factory.mktemp("collector"))
    try:
        yield found.wait_until_ready()
        assert found.terminate() == 0, found.log()
    finally:
        found.close()


@pytest.fixture
def grpc_door(collector: RunningCollector) -> Iterator[GrpcDoor]:
    """A channel of its own."""
    door = GrpcDoor(collector.grpc)
    yield door
    door.close()


@pytest.fixture
def http_door(collector: RunningCollector) -> Iterator[HttpDoor]:
    """A connection of its own."""
    door = HttpDoor(collector.http)
    yield door
    door.close()


@pytest.fixture
def project() -> str:
    """A project that no other test writes to."""
    return f"flow-{next(_PROJECTS)}"


@pytest.fixture
def wiretap(collector: RunningCollector) -> Iterator[Wiretap]:
    """In front of the collector."""
    found = Wiretap(collector)
    yield found
    found.close()
