"""`make soak`: 10,000 bad bodies on both doors."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.flow.fuzz import Bad, Fuzzing, bad_bodies
from tests.flow.running import RunningCollector

pytestmark = pytest.mark.soak


def test_ten_thousand_bad_bodies(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Others in each run; a failure prints the body."""
    collector = RunningCollector(tmp_path).wait_until_ready()
    fuzzing = Fuzzing(collector)
    began = time.monotonic()

    @settings(
        max_examples=1250,
        deadline=None,
        database=None,
        # Not smaller ones: the collector is no longer the same after a failure.
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(bad_bodies, min_size=8, max_size=8))
    def send(bodies: list[Bad]) -> None:
        fuzzing.example(bodies)

    try:
        send()
        fuzzing.check()
        assert fuzzing.sent >= 10_000
        with capsys.disabled():
            seconds = time.monotonic() - began
            print(f"\n{fuzzing.sent} bad bodies in {seconds:.0f} s: no 5xx, no good request harmed")
        assert collector.terminate() == 0, collector.log()
    finally:
        fuzzing.close()
        collector.close()
