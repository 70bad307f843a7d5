"""The fake provider, and the spans of a test."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from spanhouse.instrumentation.testing import Captured, captured

from tests.instrumentation.provider import Provider


@pytest.fixture(scope="session")
def _provider() -> Iterator[Provider]:
    with Provider() as running:
        os.environ.update(running.environment())
        yield running


@pytest.fixture
def provider(_provider: Provider) -> Provider:
    """The provider, with an empty log; libraries find it by their variables."""
    _provider.log.clear()
    return _provider


@pytest.fixture
def telemetry(provider: Provider) -> Iterator[Captured]:
    """The spans of this test."""
    with captured() as kept:
        yield kept
