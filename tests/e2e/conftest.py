"""One `spanhouse up` and what was sent to it, for all the tests in a browser.

Each sender writes to a project of its own, so that the demo's is exactly what the demo sent.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from spanhouse.query.page import STATIC
from tests.e2e.sent import DEMO_COUNT, DEMO_SEED, DemoMix, send_large_trace
from tests.spanhouse.command import ANY_PORTS, RunningServer, environment, spanhouse

HERE = Path(__file__).parent
_SCRIPT_SECONDS = 120

Drive = Callable[..., dict[str, Any]]
"""`drive("list.mjs", *arguments)`: what the script printed. Every script is held to what no page may do."""

_MEASURED = pytest.StashKey[list[str]]()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """The whole of spanhouse, as `spanhouse up` starts it."""
    assert (STATIC / "index.html").is_file(), f"no page in {STATIC}; build it with `make page`"
    directory = tmp_path_factory.mktemp("e2e")
    running = RunningServer("up", "--data", directory / "data", *ANY_PORTS, cwd=directory)
    yield running
    running.close()


@pytest.fixture(scope="session")
def drive(node: Path, server: RunningServer) -> Drive:
    """Run a script against the page; it must not complain, fail to load or reach beyond its server."""
    assert (HERE / "node_modules" / "playwright-core").is_dir(), (
        "the npm packages of tests/e2e are not installed; `make node` installs them"
    )

    def run(
        script: str, *arguments: str | Path, failed_requests: tuple[str, ...] = (), **variables: str
    ) -> dict[str, Any]:
        done = subprocess.run(
            [node, HERE / script, server.page, *arguments],
            cwd=HERE,
            env={**environment(), **variables},
            capture_output=True,
            text=True,
            timeout=_SCRIPT_SECONDS,
            check=False,
        )
        assert done.returncode == 0, f"{script}:\n{done.stdout}{done.stderr}"
        found: dict[str, Any] = json.loads(done.stdout)
        seen = found.pop("seen")
        allowed = {"failed_requests": list(failed_requests)}
        wrong = {what: said for what, said in seen.items() if said != allowed.get(what, [])}
        assert not wrong, f"{script}: {json.dumps(wrong, indent=2)}"
        return found

    return run


@dataclass(frozen=True)
class Demo:
    """What `spanhouse demo` sent to the project `default`."""

    mix: DemoMix
    links: dict[str, str]
    """Title of a notable trace → its id, as printed."""

    def trace_id(self, title_part: str) -> str:
        """Of the notable trace whose title holds this."""
        [found] = [self.links[title] for title in self.links if title_part in title]
        return found


@pytest.fixture(scope="session")
def demo(server: RunningServer, tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """The demo, sent by the command itself."""
    flags = ("--endpoint", server.grpc, "--page", server.page)
    numbers = ("--count", str(DEMO_COUNT), "--seed", str(DEMO_SEED))
    done = spanhouse("demo", *flags, *numbers, cwd=tmp_path_factory.mktemp("demo"))
    assert done.returncode == 0, done.stderr
    links = re.findall(r"^  (\S.*)\n  \S+/trace/([0-9a-f]{32})$", done.stdout, re.MULTILINE)
    return Demo(DemoMix(), dict(links))


@dataclass(frozen=True)
class StockProgram:
    """A program that any user could have written, and where it is told to send."""

    command: tuple[str, ...]
    variables: dict[str, str]

    def run(self) -> str:
        """The id of its trace."""
        return subprocess.run(
            self.command,
            env={**environment(), **self.variables},
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        ).stdout.strip()


@pytest.fixture(scope="session")
def stock_program(server: RunningServer) -> Callable[[str], StockProgram]:
    """`stock_program(project)`: not yet started."""

    def of(project: str) -> StockProgram:
        return StockProgram(
            (sys.executable, str(HERE / "stock_program.py")),
            {
                "OTEL_EXPORTER_OTLP_ENDPOINT": server.http,
                "OTEL_EXPORTER_OTLP_HEADERS": f"x-spanhouse-project={project}",
            },
        )

    return of


@pytest.fixture(scope="session")
def large_trace(server: RunningServer) -> str:
    """Id of the trace of 100,000 spans, in the project `large`."""
    return send_large_trace(server.http, project="large")


@pytest.fixture
def report_measurement(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Say a measured line in the summary of the run: it is reported, not judged."""
    lines = request.config.stash.setdefault(_MEASURED, [])

    def say(line: str) -> None:
        lines.append(line)

    return say


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """The measured lines, whether or not output is captured."""
    lines = config.stash.get(_MEASURED, [])
    if lines:
        terminalreporter.section(f"measured in the browser, {os.cpu_count()} processors")
        for line in lines:
            terminalreporter.write_line(line)
