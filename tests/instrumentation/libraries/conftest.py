"""Each library's tests call the real package, against the fake provider over HTTP; left out where it is not
installed."""

from __future__ import annotations

import gc
import os
import warnings
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from spanhouse.instrumentation import libraries
from spanhouse.instrumentation.engine import Library
from spanhouse.instrumentation.operation import MODEL_CALLS
from spanhouse.instrumentation.testing import Captured, captured
from tests.instrumentation.provider import Provider


def _installed(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def _library(path: Path) -> Library:
    return libraries.load(path.stem.removeprefix("test_"))


collect_ignore = [
    path.name
    for path in Path(__file__).parent.glob("test_*.py")
    if not _installed(_library(path).module)
]


@pytest.fixture(autouse=True)
def clients_are_collected() -> Iterator[None]:
    """What a test left open is closed before the next: packages keep their clients in cycles, and each would
    warn of it later."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


@pytest.fixture(scope="session")
def running_provider() -> Iterator[Provider]:
    """The provider, which every library's variables point at."""
    before = dict(os.environ)
    with Provider() as running:
        os.environ.update(running.environment())
        yield running
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture
def provider(running_provider: Provider) -> Provider:
    """The provider, with an empty log."""
    running_provider.log.clear()
    return running_provider


@pytest.fixture
def telemetry(provider: Provider) -> Iterator[Captured]:
    """What is told, with every library traced."""
    with captured() as kept:
        yield kept
        calls = [
            span
            for span in kept.written()
            if span["attributes"].get("gen_ai.operation.name") in MODEL_CALLS
        ]
        asked = [request for request in provider.log if request.status < 500]
        # The promise of every library, whatever the test does: one span per request of the provider.
        assert len(calls) == len(asked), [
            [span["name"] for span in kept.written()],
            [(request.path, request.status) for request in asked],
        ]
