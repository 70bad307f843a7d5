"""A store of its own for a test: one embedded engine per process, so each is closed before the next opens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from spanhouse.collector.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An embedded store without a schema, in `clickhouse` of the test's directory."""
    found = Store(f"chdb://{tmp_path}/clickhouse")
    yield found
    found.close()
