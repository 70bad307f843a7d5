"""Bad input is refused with a reason and harms nothing beside it (10,000 bodies: tests/soak)."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.flow.fuzz import Bad, Fuzzing, bad_bodies
from tests.flow.running import RunningCollector


def test_some_hundred_bad_bodies(tmp_path: Path) -> None:
    """On both doors, always the same ones."""
    collector = RunningCollector(tmp_path).wait_until_ready()
    fuzzing = Fuzzing(collector)

    @settings(
        max_examples=60,
        deadline=None,
        derandomize=True,
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
        assert fuzzing.sent >= 480
        assert collector.terminate() == 0, collector.log()
    finally:
        fuzzing.close()
        collector.close()
