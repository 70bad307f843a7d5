"""Programs as people start them, traced without a line of ours in them, and what the real collector holds of them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from spanhouse.instrumentation import instrumentors
from spanhouse.instrumentation.libraries import DISTRIBUTIONS
from tests.flow.running import ROOT, RunningCollector
from tests.instrumentation.provider import Provider

ASKS = """
import sys, openai
said = sys.argv[1] if len(sys.argv) > 1 else "hello"
client = openai.OpenAI(max_retries=0)
answer = client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": said}])
print(__name__, answer.choices[0].message.content, sys.argv[2:])
sys.exit(7)
"""
COUNTS = "SELECT SpanName, count() AS spans FROM otel_traces WHERE ProjectId = {project:String} GROUP BY SpanName"


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with Provider() as running:
        yield running


def entry_points_of_pyproject() -> dict[str, str]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found: dict[str, str] = settings["project"]["entry-points"]["opentelemetry_instrumentor"]
    return found


class Program:
    """A program in a folder of its own, whose provider and collector are told by variables."""

    def __init__(
        self, folder: Path, source: str, provider: Provider, endpoint: str, project: str
    ) -> None:
        self.folder = folder
        (folder / "app.py").write_text(source, encoding="utf-8")
        clean = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("SPANHOUSE_", "OTEL_"))
        }
        self.environment = {
            **clean, **provider.environment(), "PYTHONPATH": str(ROOT),
            "SPANHOUSE_ENDPOINT": endpoint, "SPANHOUSE_PROJECT": project,
        }  # fmt: skip

    def run(self, *command: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run `command` to its end."""
        return subprocess.run(
            [sys.executable, *map(str, command)], cwd=self.folder, env={**self.environment, **variables},
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip


def stored(collector: RunningCollector, project: str, spans: int) -> dict[str, int]:
    """Spans per name, once there are `spans`, or what there is after 10 s."""
    deadline = time.monotonic() + 10
    while True:
        found = {
            row["SpanName"]: int(row["spans"]) for row in collector.rows(COUNTS, project=project)
        }
        if sum(found.values()) >= spans or time.monotonic() > deadline:
            return found
        time.sleep(0.05)


@pytest.mark.parametrize("module", [False, True])
def test_run_traces_a_program_and_leaves_it_its_name_arguments_and_exit_code(
    collector: RunningCollector, project: str, provider: Provider, tmp_path: Path, module: bool
) -> None:
    program = Program(tmp_path, ASKS, provider, collector.http, project)
    started = ("-m", "app") if module else ("app.py",)
    done = program.run("-m", "spanhouse.cli", "run", *started, "hello", "--port", "-x")
    assert (done.returncode, done.stdout, done.stderr) == (
        7, "__main__ You said: hello ['--port', '-x']\n", "",
    )  # fmt: skip
    assert stored(collector, project, 1) == {"chat gpt-4o": 1}
    names = "SELECT ServiceName FROM otel_traces WHERE ProjectId = {project:String}"
    assert collector.value(names, project=project) == "app"


def test_run_refuses_settings_that_cannot_be_used(provider: Provider, tmp_path: Path) -> None:
    done = Program(tmp_path, ASKS, provider, "localhost:4318", "p").run(
        "-m", "spanhouse.cli", "run", "app.py"
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert (
        done.stderr
        == "spanhouse: endpoint 'localhost:4318' is no address: it begins with http:// or https://\n"
    )


def test_opentelemetry_instrument_traces_a_program(
    collector: RunningCollector, project: str, provider: Provider, tmp_path: Path
) -> None:
    # What an installed wheel says of itself; a checkout on PYTHONPATH says nothing.
    installed = tmp_path / "site" / "spanhouse-0.1.0.dist-info"
    installed.mkdir(parents=True)
    (installed / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: spanhouse\nVersion: 0.1.0\n", encoding="utf-8"
    )
    lines = [f"{name} = {value}" for name, value in entry_points_of_pyproject().items()]
    points = "\n".join(["[opentelemetry_instrumentor]", *lines])
    (installed / "entry_points.txt").write_text(points, encoding="utf-8")
    program = Program(tmp_path, ASKS, provider, collector.http, project)
    path = os.pathsep.join([str(tmp_path / "site"), str(ROOT)])
    command = Path(sys.executable).with_name("opentelemetry-instrument")
    done = program.run(command, sys.executable, "app.py", PYTHONPATH=path)
    assert (done.returncode, done.stdout) == (7, "__main__ You said: hello []\n"), done.stderr
    assert stored(collector, project, 1) == {"chat gpt-4o": 1}
    off = program.run(
        command, sys.executable, "app.py", PYTHONPATH=path,
        OTEL_PYTHON_DISABLED_INSTRUMENTATIONS="spanhouse-openai", SPANHOUSE_PROJECT=f"{project}-off",
    )  # fmt: skip
    assert off.returncode == 7
    assert stored(collector, project, 1) == {"chat gpt-4o": 1}
    assert collector.rows(COUNTS, project=f"{project}-off") == []


def test_each_library_has_its_entry_point_and_class() -> None:
    home = "spanhouse.instrumentation.instrumentors"
    assert entry_points_of_pyproject() == {
        f"spanhouse-{name}": f"{home}:{name}" for name in DISTRIBUTIONS
    }
    for name, distribution in DISTRIBUTIONS.items():
        kind: Any = getattr(instrumentors, name)
        [requirement] = kind().instrumentation_dependencies()
        assert requirement.split(" >= ")[0] == distribution
        assert kind() is kind()


MANY = """
import asyncio, os, sys, threading
import spanhouse
report = spanhouse.instrument()
import openai

def ask(client=None):
    (client or openai.OpenAI()).chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": "hello"}])

async def ask_later(client):
    await client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": "hello"}])

async def many():
    async with openai.AsyncOpenAI() as client:
        await asyncio.gather(*(ask_later(client) for _ in range(20)))

with spanhouse.span("parent"):
    asyncio.run(many())
threads = [threading.Thread(target=ask) for _ in range(10)]
for each in threads:
    each.start()
for each in threads:
    each.join()
if (child := os.fork()) == 0:
    with spanhouse.span("in the child"):
        ask()
    sys.exit(0)
assert os.waitpid(child, 0)[1] == 0
ask()
"""


def test_tasks_threads_a_fork_and_the_exit_lose_nothing(
    collector: RunningCollector, project: str, provider: Provider, tmp_path: Path
) -> None:
    done = Program(tmp_path, MANY, provider, collector.http, project).run("app.py")
    assert done.returncode == 0, done.stderr
    assert stored(collector, project, 34) == {"chat gpt-4o": 32, "parent": 1, "in the child": 1}
    family = (
        "SELECT countIf(ParentSpanId IN (SELECT SpanId FROM otel_traces WHERE ProjectId = {project:String} "
        "AND SpanName IN ('parent', 'in the child'))) FROM otel_traces WHERE ProjectId = {project:String}"
    )
    assert collector.value(family, project=project) == 21


DYING = """
import sys, time
import spanhouse
spanhouse.instrument()
import openai
client = openai.OpenAI()
worst = 0.0
for number in range(60):
    if number == 20:
        print("kill", flush=True)
        sys.stdin.readline()
    started = time.perf_counter()
    client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": "hello"}])
    if number > 0:
        worst = max(worst, time.perf_counter() - started)
print(worst, flush=True)
"""


def test_a_collector_that_dies_neither_blocks_a_program_nor_its_exit(
    project: str, provider: Provider, tmp_path: Path
) -> None:
    mortal = RunningCollector(tmp_path / "collector").wait_until_ready()
    try:
        program = Program(tmp_path, DYING, provider, mortal.http, project)
        with subprocess.Popen(
            [sys.executable, "app.py"], cwd=tmp_path, env={**program.environment, "OTEL_BSP_SCHEDULE_DELAY": "50"},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        ) as process:  # fmt: skip
            assert process.stdin is not None
            assert process.stdout is not None
            assert process.stdout.readline() == "kill\n"
            mortal.kill()
            process.stdin.write("go\n")
            process.stdin.flush()
            worst = float(process.stdout.readline())
            ended = time.monotonic()
            _, said = process.communicate(timeout=60)
            took = time.monotonic() - ended
        assert process.returncode == 0, said
        assert worst < 1
        # EXPORT_TIMEOUT_SECONDS for each of spans, metrics and logs bounds it; a refused connection takes less.
        assert took < 12
    finally:
        mortal.close()
