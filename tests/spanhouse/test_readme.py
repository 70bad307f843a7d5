"""The README: what it tells people to paste works, and what it points to exists."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from spanhouse.settings import SETTINGS
from tests.spanhouse.command import ROOT, RunningServer, environment

README = (ROOT / "README.md").read_text(encoding="utf-8")


def snippet(title: str) -> str:
    """The code under a bold title of the section on sending."""
    match = re.search(rf"^\*\*{title}\*\*.*?^```\w+\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    assert match is not None, title
    return match[1]


def run(command: list[str], server: RunningServer, cwd: Path) -> None:
    """Run a program whose exporter finds the server by OpenTelemetry's own variable."""
    subprocess.run(
        command,
        cwd=cwd,
        env=environment(OTEL_EXPORTER_OTLP_ENDPOINT=server.http),
        check=True,
        capture_output=True,
        timeout=60,
    )


def roots(server: RunningServer) -> list[str]:
    """The names of the traces that have arrived."""
    return [trace["root_name"] for trace in server.get("/api/traces")["traces"]]


def test_the_python_lines_send_a_trace(server: RunningServer, tmp_path: Path) -> None:
    """With the stock SDK."""
    run([sys.executable, "-c", snippet("Python")], server, tmp_path)
    assert "hello from Python" in roots(server)


def test_the_node_lines_send_a_trace(server: RunningServer, node: Path) -> None:
    """With the stock SDK."""
    packages = ROOT / "tests" / "node"
    if not (packages / "node_modules").is_dir():
        pytest.skip("tests/node has no packages yet: make node")
    run([str(node), "--input-type=module", "--eval", snippet("Node")], server, packages)
    assert "hello from Node" in roots(server)


def test_the_curl_lines_send_a_trace(server: RunningServer, tmp_path: Path) -> None:
    """As typed into a POSIX shell, but for the port."""
    assert "http://localhost:4318" in snippet("curl")
    run(
        ["sh", "-ec", snippet("curl").replace("http://localhost:4318", server.http)],
        server,
        tmp_path,
    )
    assert "hello from curl" in roots(server)


def test_every_link_leads_somewhere() -> None:
    """Those into the repository; pictures included."""
    links = re.findall(r"\]\(([^)#]+)\)|(?:src|srcset)=\"([^\"]+)\"", README)
    targets = [target for pair in links for target in pair if target and "://" not in target]
    assert len(targets) > 8
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_every_decision_is_linked() -> None:
    """A new ADR is added to the list."""
    decisions = [
        path.relative_to(ROOT).as_posix()
        for folder in ("spanhouse", "collector", "query", "instrumentation", "mlkit", "ui/src")
        for path in (ROOT / folder).rglob("adr-*.md")
    ]
    assert [path for path in decisions if f"({path})" not in README] == []


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_is_documented(setting: object) -> None:
    """By its flag, at least."""
    flag = getattr(setting, "flag", "")
    assert f"`{flag}" in README


def test_the_make_targets_it_names_exist() -> None:
    """`make up`, `make test`, `make demo`."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"make ([a-z-]+)", README)) <= targets
