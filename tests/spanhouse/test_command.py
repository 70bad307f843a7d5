"""What the command says before it starts anything."""

from __future__ import annotations

from pathlib import Path

import pytest

import spanhouse as package
from tests.spanhouse.command import spanhouse


def test_the_version(tmp_path: Path) -> None:
    """As in `spanhouse.__version__`."""
    done = spanhouse("--version", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, f"spanhouse {package.__version__}\n")


def test_help_names_every_command(tmp_path: Path) -> None:
    """With the standard library alone."""
    done = spanhouse("--help", cwd=tmp_path, python=("-S",))
    assert done.returncode == 0
    for name in ("up", "demo", "doctor", "collector", "query"):
        assert f"\n    {name}" in done.stdout


def test_help_names_each_flag_s_variable_and_default(tmp_path: Path) -> None:
    """So that nobody has to guess."""
    done = spanhouse("up", "--help", cwd=tmp_path, COLUMNS="200")
    assert "[SPANHOUSE_OTLP_GRPC_PORT; 4317 unless given]" in done.stdout
    assert "[SPANHOUSE_CLICKHOUSE]" in done.stdout


@pytest.mark.parametrize("command", ["up", "collector", "query"])
def test_without_the_server_s_packages_it_says_what_to_install(
    tmp_path: Path, command: str
) -> None:
    """`pip install spanhouse` alone is the light client."""
    done = spanhouse(command, "--clickhouse", "http://db:8123", cwd=tmp_path, python=("-S",))
    assert done.returncode == 2
    assert done.stderr.startswith(f"spanhouse: `spanhouse {command}` needs ")
    assert done.stderr.endswith("which is not installed: pip install 'spanhouse[server]'\n")
    assert done.stderr.count("\n") == 1
