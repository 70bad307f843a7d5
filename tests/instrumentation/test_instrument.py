"""`instrument()` in programs of its own: what it says, imports and leaves, and the ways to have it called for one."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import tomllib
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from spanhouse.instrumentation.libraries import DISTRIBUTIONS, load
from spanhouse.instrumentation.settings import InvalidSettings, decide
from tests.instrumentation.provider import Provider

ROOT = Path(__file__).parents[2]
ASK = """
import openai
client = openai.OpenAI()
for _ in range(3):
    client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": "hello"}])
"""


def program(
    *arguments: str, provider: Provider | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run Python with these arguments, as a program that has nothing of ours around it."""
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("OTEL_", "SPANHOUSE_"))
    }
    told = {} if provider is None else provider.environment()
    return subprocess.run(
        [sys.executable, *arguments],
        env={**kept, **told, **environment, "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def closed_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


def test_importing_spanhouse_loads_only_the_standard_library() -> None:
    done = program(
        "-c",
        "import sys; before = set(sys.modules); import spanhouse; print(*set(sys.modules) - before)",
    )
    assert {name.partition(".")[0] for name in done.stdout.split()} - set(
        sys.stdlib_module_names
    ) == {"spanhouse"}


def test_without_a_library_it_loads_opentelemetry_and_wrapt_and_says_so() -> None:
    # -S leaves site-packages out: what is needed is put back by name, so that no traced library is installed.
    code = """
import sys, importlib.metadata
real = importlib.metadata.version
def version(name):
    if name in ("openai", "mcp"):
        raise importlib.metadata.PackageNotFoundError(name)
    return real(name)
importlib.metadata.version = version
import spanhouse
report = spanhouse.instrument(exclude=["asgi"])
print(sorted({name.partition(".")[0] for name in sys.modules}))
assert not [name for name, status in report.items() if status.state == "ok" and status.why == ""], report
"""
    done = program(
        "-c",
        code,
        OTEL_TRACES_EXPORTER="none",
        OTEL_METRICS_EXPORTER="none",
        OTEL_LOGS_EXPORTER="none",
    )
    assert done.returncode == 0, done.stderr
    loaded = set(json.loads(done.stdout.replace("'", '"'))) - set(sys.stdlib_module_names)
    ours = {
        name
        for name in loaded
        if name in DISTRIBUTIONS or name in ("chdb", "fastapi", "grpc", "pydantic", "orjson")
    }
    assert ours == set()


def test_a_second_call_changes_nothing_and_undo_is_whole() -> None:
    code = """
import openai, spanhouse
create = openai.resources.chat.completions.Completions.create
first = spanhouse.instrument(); second = spanhouse.instrument(project="other")
assert first is second and str(first["openai"]) == "ok"
assert openai.resources.chat.completions.Completions.create is not create
spanhouse.uninstrument()
assert openai.resources.chat.completions.Completions.create is create
print(repr(first))
"""
    done = program("-c", code, OTEL_METRICS_EXPORTER="none", OTEL_LOGS_EXPORTER="none")
    assert done.returncode == 0, done.stderr
    assert "spanhouse exports to http://127.0.0.1:4318" in done.stdout
    assert "openai               ok" in done.stdout


def test_an_existing_provider_is_used_and_exported_beside_only_if_an_endpoint_is_named() -> None:
    code = """
import spanhouse
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
theirs = TracerProvider()
trace.set_tracer_provider(theirs)
print(spanhouse.instrument().exports_to)
spanhouse.uninstrument()
print(spanhouse.instrument("http://127.0.0.1:9").exports_to)
assert trace.get_tracer_provider() is theirs
"""
    done = program("-c", code)
    assert done.stdout.splitlines() == [
        "where the program's own provider exports",
        "http://127.0.0.1:9",
    ]


def test_a_collector_that_is_away_costs_neither_an_error_nor_the_program_s_time() -> None:
    with Provider() as provider:
        code = f"import spanhouse; spanhouse.instrument('http://127.0.0.1:{closed_port()}')\n{ASK}\nprint('done')"
        started = time.monotonic()
        done = program("-c", code, provider=provider)
        seconds = time.monotonic() - started
    assert (done.returncode, done.stdout) == (0, "done\n")
    assert "Traceback" not in done.stderr
    # Three exporters that try once more at the exit, 5 s each at the most; a refused connection takes none of that.
    assert seconds < 20


@pytest.mark.parametrize("way", ["run", "opentelemetry-instrument"])
def test_a_program_is_traced_without_a_line_of_its_own(way: str, tmp_path: Path) -> None:
    app = tmp_path / "app.py"
    app.write_text(ASK + "\nimport sys\nprint(sys.argv[1:])\nsys.exit(3)\n")
    with Provider() as provider:
        quiet = {
            "OTEL_TRACES_EXPORTER": "console",
            "OTEL_METRICS_EXPORTER": "none",
            "OTEL_LOGS_EXPORTER": "none",
        }
        if way == "run":
            done = program(
                "-m", "spanhouse.cli", "run", str(app), "a", "b", provider=provider, **quiet
            )
        else:
            command = "from opentelemetry.instrumentation.auto_instrumentation import run; run()"
            names = [entry for entry in _entry_points() if entry != "spanhouse-openai"]
            disabled = {"OTEL_PYTHON_DISABLED_INSTRUMENTATIONS": ",".join(names)}
            done = program(
                "-c",
                command,
                sys.executable,
                str(app),
                "a",
                "b",
                provider=provider,
                **quiet,
                **disabled,
            )
        assert len(provider.log) == 3, done.stderr
    assert done.returncode == 3, done.stderr
    assert "['a', 'b']" in done.stdout
    if way == "run" or _installed_entry_points():
        assert done.stdout.count('"name": "chat gpt-4o"') == 3


def _entry_points() -> dict[str, str]:
    written: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())
    points: dict[str, str] = written["project"]["entry-points"]["opentelemetry_instrumentor"]
    return points


def _installed_entry_points() -> bool:
    from importlib.metadata import entry_points

    return any(
        entry.name == "spanhouse-openai"
        for entry in entry_points(group="opentelemetry_instrumentor")
    )


def test_each_library_has_its_entry_point() -> None:
    assert _entry_points() == {
        f"spanhouse-{name}": f"spanhouse.instrumentation.instrumentors:{name}"
        for name in DISTRIBUTIONS
    }
    module = import_module("spanhouse.instrumentation.instrumentors")
    for name, distribution in DISTRIBUTIONS.items():
        assert getattr(module, name)().instrumentation_dependencies() == (distribution,)
        assert load(name).name == name


def test_a_setting_that_cannot_be_used_says_what_it_may_be() -> None:
    known = ("openai", "groq")
    for arguments, message in (
        (
            {"protocol": "thrift"},
            "protocol 'thrift' is not known: it is one of http/protobuf, grpc",
        ),
        (
            {"endpoint": "localhost:4318"},
            "endpoint 'localhost:4318' is no address: it begins with http:// or https://",
        ),
        ({"include": ["opnai"]}, "include names 'opnai': known are groq, openai"),
        ({"content": "some"}, "content is 'some': it is True or False, or one of no_content"),
        ({"content_limit": 0}, "content_limit is 0: it is a number of characters from 1"),
        (
            {"redact": ["phones"]},
            "redact names 'phones': it is a function, or one of keys, email, cards",
        ),
    ):
        with pytest.raises(InvalidSettings) as caught:
            decide(known=known, environment={}, **arguments)
        assert str(caught.value).startswith(message)


def test_arguments_come_before_the_environment_and_that_before_the_defaults() -> None:
    environment = {
        "SPANHOUSE_PROJECT": "night",
        "OTEL_SERVICE_NAME": "shop",
        "SPANHOUSE_CONTENT": "false",
    }
    told = decide(environment=environment)
    assert (told.project, told.service_name, bool(told.content), told.endpoint) == (
        "night",
        "shop",
        False,
        "http://127.0.0.1:4318",
    )
    told = decide(project="day", content=True, protocol="grpc", environment=environment)
    assert (told.project, bool(told.content), told.endpoint) == (
        "day",
        True,
        "http://127.0.0.1:4317",
    )
    assert (
        decide(environment={"OTEL_EXPORTER_OTLP_ENDPOINT": "http://elsewhere:4318"}).endpoint
        is None
    )
    assert decide(
        environment={"OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT": "SPAN_AND_EVENT"}
    ).content.events
