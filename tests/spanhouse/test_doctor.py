"""`spanhouse doctor` in each situation that keeps a server from working."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.spanhouse.command import ANY_PORTS, RunningServer, environment, spanhouse


def examined(*arguments: str | Path, cwd: Path) -> tuple[int, dict[str, dict[str, str]]]:
    """Exit code, and the checks by name."""
    done = spanhouse("doctor", "--json", *arguments, cwd=cwd)
    assert done.stderr == ""
    checks: list[dict[str, str]] = json.loads(done.stdout)["checks"]
    assert len({check["name"] for check in checks}) == len(checks)
    return done.returncode, {check["name"]: check for check in checks}


def flags_of(server: RunningServer) -> list[str]:
    """The ports of a server as flags."""
    return [part for pair in zip(ANY_PORTS[::2], server.ports, strict=True) for part in pair]


def test_before_the_first_start_nothing_is_wrong_and_nothing_is_made(tmp_path: Path) -> None:
    """Looking leaves no trace."""
    code, checks = examined("--data", "data", *ANY_PORTS, cwd=tmp_path)
    assert code == 0
    assert {check["status"] for check in checks.values()} <= {"ok", "warn"}
    assert checks["Python"]["found"] == ".".join(map(str, sys.version_info[:3]))
    assert checks["data directory"]["found"] == f"{tmp_path}/data, made by the first start"
    assert {"chdb", "clickhouse-connect", "grpcio", "opentelemetry-sdk", "disk"} <= set(checks)
    assert list(tmp_path.iterdir()) == []


def test_a_directory_in_order_says_how_far_its_schema_is(data: Path, tmp_path: Path) -> None:
    """And can be opened by a server right afterwards."""
    code, checks = examined("--data", data, *ANY_PORTS, cwd=tmp_path)
    assert code == 0
    assert checks["open elsewhere"]["found"] == "no"
    assert checks["spool"]["found"] == "empty"
    assert re.fullmatch(r"(\d+) of \1, up to date", checks["schema"]["found"])


def test_a_running_server_is_recognised(server: RunningServer, tmp_path: Path) -> None:
    """On its ports and in its directory; it goes on running."""
    code, checks = examined("--data", server.data, *flags_of(server), cwd=tmp_path)
    assert code == 0
    ports = [check for name, check in checks.items() if name.startswith("port")]
    assert len(ports) == 4
    for check in ports:
        assert check["status"] == "ok"
        assert check["found"].endswith(f"pid {server.process.pid}, runs and answers")
    assert f"pid {server.process.pid}" in checks["open elsewhere"]["found"]
    assert server.get("/healthz") == {"status": "ok"}


def test_a_directory_of_another_server_is_a_problem(server: RunningServer, tmp_path: Path) -> None:
    """Its ports are not the ones asked about, so a start here would be refused."""
    code, checks = examined("--data", server.data, *ANY_PORTS, cwd=tmp_path)
    assert code == 1
    assert checks["open elsewhere"]["status"] == "fail"
    assert f"pid {server.process.pid}" in checks["open elsewhere"]["found"]
    assert "--data" in checks["open elsewhere"]["advice"]
    assert server.get("/healthz") == {"status": "ok"}


@pytest.mark.parametrize("flag", ANY_PORTS[::2])
def test_a_port_of_another_program_is_a_problem(tmp_path: Path, flag: str) -> None:
    """Even if that program accepts connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        code, checks = examined("--data", "data", *ANY_PORTS, flag, port, cwd=tmp_path)
    assert code == 1
    [check] = [check for name, check in checks.items() if name.startswith(f"port {port}, ")]
    assert check["status"] == "fail"
    assert check["advice"].endswith(flag)


def test_what_a_killed_server_left_is_announced(data: Path, tmp_path: Path) -> None:
    """A batch in the spool is no problem: the next start stores it."""
    (data / "spool" / f"{'0' * 32}.traces").write_bytes(b"x" * 1200)
    code, checks = examined("--data", data, *ANY_PORTS, cwd=tmp_path)
    assert code == 0
    assert checks["spool"]["status"] == "warn"
    assert checks["spool"]["found"].startswith("1 batch, 1.2 kB")


def test_a_directory_that_cannot_be_written_is_a_problem(tmp_path: Path) -> None:
    """Here because a file stands in its way."""
    (tmp_path / "file").touch()
    code, checks = examined("--data", "file/data", *ANY_PORTS, cwd=tmp_path)
    assert code == 1
    assert checks["data directory"]["status"] == "fail"
    assert "Not a directory" in checks["data directory"]["found"]


def test_a_newer_schema_is_a_problem(data: Path, tmp_path: Path) -> None:
    """Made by a version that knows more migrations than this one."""
    _run_python(
        "import sys; from spanhouse.collector.store import Store\n"
        "store = Store('chdb://' + sys.argv[1] + '/clickhouse')\n"
        "columns = ['Number', 'Name', 'Checksum']\n"
        "store.insert('schema_migrations', columns, [[9999, 'future', 'x']])\n"
        "store.close()",
        data,
    )
    code, checks = examined("--data", data, *ANY_PORTS, cwd=tmp_path)
    assert code == 1
    assert checks["schema"]["status"] == "fail"
    assert checks["schema"]["advice"] == "upgrade spanhouse"


def test_a_damaged_store_is_a_problem_not_a_crash(data: Path, tmp_path: Path) -> None:
    """The engine meets it in a process of its own."""
    for file in (data / "clickhouse" / "metadata").rglob("*.sql"):
        file.write_text("not SQL")
    code, checks = examined("--data", data, *ANY_PORTS, cwd=tmp_path)
    assert code == 1
    assert checks["schema"]["status"] == "fail"


def test_a_clickhouse_that_does_not_answer_is_a_problem(tmp_path: Path) -> None:
    """The password shows nowhere."""
    url = "http://someone:secret@127.0.0.1:1"
    code, checks = examined("--clickhouse", url, *ANY_PORTS, cwd=tmp_path)
    assert code == 1
    assert checks["ClickHouse"]["found"] == "127.0.0.1:1: Connection refused"
    assert "secret" not in json.dumps(checks)


def test_a_person_gets_a_table(tmp_path: Path) -> None:
    """One line a check, what to do under it, the count at the end."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = spanhouse("doctor", *ANY_PORTS, "--port", str(port), cwd=tmp_path)
    lines = done.stdout.splitlines()
    [number] = [n for n, line in enumerate(lines) if line.startswith(f"  fail  port {port}, page")]
    assert re.fullmatch(r" +→ stop it, or choose another with --port", lines[number + 1])
    assert lines[-1].startswith("1 problem")
    assert "\x1b" not in done.stdout


def test_without_the_server_s_packages_it_says_what_to_install(tmp_path: Path) -> None:
    """The command itself needs the standard library alone."""
    done = spanhouse("doctor", "--json", *ANY_PORTS, cwd=tmp_path, python=("-S",))
    assert done.returncode == 1
    found: list[dict[str, Any]] = json.loads(done.stdout)["checks"]
    [chdb] = [check for check in found if check["name"] == "chdb"]
    assert (chdb["status"], chdb["advice"]) == ("fail", "pip install 'spanhouse[server]'")


def _run_python(program: str, *arguments: Path) -> None:
    subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)], env=environment(), check=True
    )
