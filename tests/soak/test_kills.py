"""`make soak`: minutes of SIGKILL, and every system call of an insert as the last one."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.flow.kills import kill_repeatedly
from tests.flow.running import ROOT
from tests.soak.one_insert import MARK, SPANS

pytestmark = pytest.mark.soak


def test_200_kills_under_load(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Traces, logs and metrics, nested values among them, through both doors."""
    seed = int.from_bytes(os.urandom(4), "big")
    with capsys.disabled():
        print(f"\nseed {seed}")
        print(kill_repeatedly(tmp_path, kills=200, seed=seed))


def _run(data: Path, *arguments: str, under: Sequence[str] = ()) -> str:
    done = subprocess.run(
        [*under, sys.executable, "-m", "tests.soak.one_insert", str(data), *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        cwd=data.parent,
    )
    return done.stdout


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
@pytest.mark.parametrize("call", ["rename", "mkdir", "unlink", "write"])
def test_a_kill_at_any_system_call_of_an_insert(
    tmp_path: Path, call: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whichever call it never made: the replay completes every table, roll-ups and ledger included."""
    base, data, log = tmp_path / "base", tmp_path / "data", tmp_path / "strace"
    assert set(_run(base, "--insert").split()) == {str(2 * SPANS)}
    strace = ["strace", "-f", "-o", str(log), "-e"]
    shutil.copytree(base, data, symlinks=True)
    _run(data, "--insert", under=[*strace, f"trace={call},access"])
    before, _, inside = log.read_text().partition(MARK)
    first, last = (len(re.findall(rf" {call}\(", text)) for text in (before, before + inside))
    assert last > first
    outcomes = set()
    for position in range(first + 1, last + 1):
        shutil.rmtree(data)
        shutil.copytree(base, data, symlinks=True)
        kill = f"inject={call}:signal=KILL:when={position}"
        _run(data, "--insert", under=[*strace, f"trace={call}", "-e", kill])
        totals = set(_run(data).split())
        # All of the batch, or nothing where it was not spooled yet.
        assert totals in ({str(2 * SPANS)}, {str(4 * SPANS)}), (
            f"{call} {position - first}: {totals}"
        )
        outcomes |= totals
    assert str(4 * SPANS) in outcomes
    with capsys.disabled():
        print(
            f"\nkilled at each of {last - first} calls of {call}: every table complete, nothing doubled"
        )
