"""A collector process as a test holds it: start, kill, stop, and read its store."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from spanhouse.collector.store import Store

ROOT = Path(__file__).resolve().parents[2]


class RunningCollector:
    """One process on one data directory.

    Args:
        data: its directory; a second process on it continues where the first was killed.
        url: a ClickHouse server; None is the embedded engine.
        settings: as in CollectorSettings.
    """

    def __init__(self, data: Path, url: str | None = None, **settings: Any) -> None:
        self.data = data
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - closed by close()
        environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith("SPANHOUSE_")},
            **{f"SPANHOUSE_{name.upper()}": str(value) for name, value in settings.items()},
            "PYTHONPATH": str(ROOT),
            "GRPC_VERBOSITY": "NONE",
        }
        data.mkdir(parents=True, exist_ok=True)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.flow.collector_main", str(data), *([url] if url else [])],
            stdout=subprocess.PIPE,
            stderr=self._log,
            env=environment,
            cwd=data,
        )
        self.grpc = ""
        """host:port, once ready."""
        self.http = ""
        """URL, once ready."""
        self.clickhouse = ""
        """URL of the store, once ready."""
        self._store: Store | None = None

    def wait_until_ready(self) -> RunningCollector:
        """Return when all doors are open."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, f"the collector did not start, exit code {self.process.wait()}:\n{self.log()}"
        ready: dict[str, Any] = json.loads(line)
        self.grpc = f"127.0.0.1:{ready['grpc']}"
        self.http = f"http://127.0.0.1:{ready['http']}"
        self.clickhouse = ready["clickhouse"]
        return self

    @property
    def store(self) -> Store:
        """The rows, by way of the process that has them open."""
        if self._store is None:
            self._store = Store(self.clickhouse)
        return self._store

    def rows(self, sql: str, **parameters: object) -> list[dict[str, Any]]:
        """Rows of a SELECT."""
        return self.store.rows(sql, parameters)

    def value(self, sql: str, **parameters: object) -> Any:
        """The one value of a SELECT."""
        [row] = self.rows(sql, **parameters)
        [value] = row.values()
        return value

    def kill(self) -> None:
        """SIGKILL: no goodbye."""
        self.process.kill()
        self._reap()

    def terminate(self) -> int:
        """SIGTERM, wait for the drain; the exit code."""
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(60)
        self._reap()
        return code

    def log(self) -> str:
        """What it wrote to stderr."""
        self._log.seek(0)
        return self._log.read().decode(errors="replace")

    def close(self) -> None:
        """End it if it still runs."""
        if self.process.poll() is None:
            self.process.kill()
        self._reap()
        self._log.close()

    def _reap(self) -> None:
        self.process.wait(60)
        if self.process.stdout is not None:
            self.process.stdout.close()
        if self._store is not None:
            with suppress(Exception):
                self._store.close()
            self._store = None
