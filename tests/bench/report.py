"""How every benchmark says on what it ran and how long questions took."""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path


def machine() -> str:
    """CPU model, cores and versions, in one line."""
    cpu = platform.machine()
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            cpu = line.partition(":")[2].strip()
            break
    return (
        f"{cpu}, {os.cpu_count()} cores; Python {platform.python_version()}, chDB {version('chdb')}"
    )


def timed(what: str, values: Sequence[str], ask: Callable[[str], object]) -> None:
    """Ask of each value, and print median and 90th percentile; the first is asked once before."""
    ask(values[0])
    times = []
    for value in values:
        started = time.perf_counter()
        ask(value)
        times.append((time.perf_counter() - started) * 1000)
    print(
        f"{what:48} median {statistics.median(times):7.1f} ms   p90 {statistics.quantiles(times, n=10)[-1]:7.1f} ms"
    )
