"""Servers, started as a person starts them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.spanhouse.command import ANY_PORTS, RunningServer

Start = Callable[..., RunningServer]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start servers that end with the test: `start("up", "--data", data)`."""
    with ExitStack() as servers:

        def begin(*command: str | Path, **variables: str) -> RunningServer:
            server = RunningServer(*command, cwd=tmp_path, **variables)
            servers.callback(server.close)
            return server

        yield begin


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with its schema and nothing in it, made by a first start."""
    directory = tmp_path_factory.mktemp("empty")
    first = RunningServer("up", "--data", directory / "data", *ANY_PORTS, cwd=directory)
    try:
        assert first.stop() == 0, first.output
    finally:
        first.close()
    return directory / "data"


@pytest.fixture
def data(empty: Path, tmp_path: Path) -> Path:
    """A copy of it, so that a start need not make the schema."""
    return Path(shutil.copytree(empty, tmp_path / "data", symlinks=True))


@pytest.fixture(scope="module")
def server(empty: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """One server for the tests of a module that leave it running."""
    directory = tmp_path_factory.mktemp("server")
    data = shutil.copytree(empty, directory / "data", symlinks=True)
    running = RunningServer("up", "--data", data, *ANY_PORTS, cwd=directory)
    yield running
    running.close()
