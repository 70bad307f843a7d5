"""The command `spanhouse` as a person has it: processes, their output, their exit codes."""

from __future__ import annotations

import json
import os
import queue
import re
import signal
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
COLLECTOR_PORTS = ("--otlp-grpc-port", "0", "--otlp-http-port", "0")
QUERY_PORTS = ("--port", "0", "--clickhouse-port", "0")
ANY_PORTS = ("--port", "0", *COLLECTOR_PORTS, "--clickhouse-port", "0")
_START_SECONDS = 60.0
_ADDRESS = re.compile(
    r"^  (?P<door>Page and API|OTLP gRPC|OTLP HTTP|ClickHouse HTTP) +(?P<address>\S+)$"
)


def environment(**variables: str) -> dict[str, str]:
    """Of a process that finds this checkout and inherits no settings."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("SPANHOUSE_", "OTEL_"))
    }
    return {**inherited, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", **variables}


def spanhouse(
    *arguments: str | Path, cwd: Path, python: tuple[str, ...] = (), **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run a command that ends by itself."""
    return subprocess.run(
        [sys.executable, *python, "-m", "spanhouse.cli", *map(str, arguments)],
        cwd=cwd,
        env=environment(**variables),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


class RunningServer:
    """`spanhouse up`, or one of its halves, once it has said where it listens.

    Args:
        command: with its flags; ports of 0 keep tests from meeting each other.
        cwd: where it runs.
    """

    def __init__(self, *command: str | Path, cwd: Path, **variables: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "spanhouse.cli", *map(str, command)],
            cwd=cwd,
            env=environment(**variables),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.data = cwd / ".spanhouse"
        """Its directory."""
        if "--data" in command:
            self.data = cwd / command[command.index("--data") + 1]
        self.lines: list[str] = []
        self._arriving: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self._addresses: dict[str, str] = {}
        try:
            self._wait_until_open()
        except BaseException:
            self.close()
            raise

    @property
    def page(self) -> str:
        """URL of the page and API."""
        return self._addresses["Page and API"]

    @property
    def grpc(self) -> str:
        """URL of OTLP gRPC."""
        return f"http://{self._addresses['OTLP gRPC']}"

    @property
    def http(self) -> str:
        """URL of OTLP HTTP."""
        return self._addresses["OTLP HTTP"]

    @property
    def clickhouse(self) -> str:
        """URL of ClickHouse HTTP."""
        return self._addresses["ClickHouse HTTP"]

    @property
    def ports(self) -> tuple[str, ...]:
        """In the order of ANY_PORTS."""
        urls = (self.page, self.grpc, self.http, self.clickhouse)
        return tuple(str(port_of(url)) for url in urls)

    @property
    def doors(self) -> set[str]:
        """What it says it has open."""
        return set(self._addresses)

    @property
    def output(self) -> str:
        """Everything it has printed so far."""
        return "\n".join(self.lines)

    def get(self, path: str) -> Any:
        """JSON of the API."""
        with urllib.request.urlopen(self.page + path, timeout=30) as answer:
            return json.load(answer)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Signal it and wait; returns the exit code."""
        self.process.send_signal(number)
        return self.wait()

    def wait(self) -> int:
        """Its exit code, with all its output read."""
        code = self.process.wait(60)
        self._reader.join(10)
        return code

    def close(self) -> None:
        """End it if it still runs."""
        if self.process.poll() is None:
            self.process.kill()
        self.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))
            self._arriving.put(line.rstrip("\n"))
        self._arriving.put(None)

    def _wait_until_open(self) -> None:
        while True:
            line = self._arriving.get(timeout=_START_SECONDS)
            assert line is not None, f"exit code {self.process.wait(10)}:\n{self.output}"
            if match := _ADDRESS.match(line):
                self._addresses[match["door"]] = match["address"]
            if line.startswith("Ctrl-C"):
                return


def port_of(url: str) -> int:
    """Of `http://127.0.0.1:7070`."""
    return int(url.rpartition(":")[2])
