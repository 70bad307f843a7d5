"""Ingest end to end over gRPC, acknowledged after commit: against the bare engine and against Rotel into a null sink.

The bare engine is clickhouse-connect inserting the same bytes into the same tables, from two
threads, without a network, a spool or an answer. Rotel, which answers before it has encoded, is
given the time until its sink has the last body. All three get the same 200,000 spans, in rounds,
interleaved so that the machine's moods are shared; the median of each is compared. Nothing is
deleted before the end: ext4 makes files slowly for minutes after many were deleted.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from . import servers
from .load import write_requests
from .report import machine
from .spans import requests

_SPANS = 200_000
_IN_FLIGHT = 512
_ROUNDS = 4
_REPETITIONS = 5


def main() -> None:
    """Run all three and print medians and ratios."""
    scratch = Path(tempfile.mkdtemp(prefix="spanhouse-bench-"))
    try:
        prepared = scratch / "requests"
        size = write_requests(requests(_SPANS), prepared)
        print(machine())
        print(
            f"{_SPANS} spans of {size / _SPANS:.0f} bytes, {_ROUNDS} rounds, {_IN_FLIGHT} requests of 500 in flight"
        )
        rates: dict[str, list[float]] = {"bare engine": [], "spanhouse": [], "rotel": []}
        memory: list[float] = []
        for number in range(_REPETITIONS):
            data = scratch / f"data-{number}"
            rates["bare engine"].append(_engine(prepared, scratch / f"engine-{number}"))
            with servers.collector(data) as (port, pid):
                rates["spanhouse"].append(_send(prepared, port))
                memory.append(servers.peak_memory(pid))
            with servers.rotel() as (port, sink):
                rates["rotel"].append(_send(prepared, port, sink))
            print(
                "  ".join(f"{name} {values[-1]:>9,.0f}/s" for name, values in rates.items()),
                flush=True,
            )
        median = {name: statistics.median(values) for name, values in rates.items()}
        print(
            "medians: "
            + ", ".join(f"{name} {value:,.0f} spans/s" for name, value in median.items())
        )
        print(f"peak memory of spanhouse: {statistics.median(memory):,.0f} MiB")
        print(f"spanhouse / bare engine = {median['spanhouse'] / median['bare engine']:.2f}")
        print(f"spanhouse / rotel       = {median['spanhouse'] / median['rotel']:.2f}")
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _send(prepared: Path, port: int, sink: servers.Sink | None = None) -> float:
    """Spans per second; one round to warm up, then the measured ones, from a process of its own."""
    command = [sys.executable, "-m", "tests.bench.load", str(prepared), str(port), str(_IN_FLIGHT)]
    subprocess.run([*command, "1"], check=True, stdout=subprocess.DEVNULL)
    if sink is not None:
        sink.wait_until_idle()
    done = subprocess.run([*command, str(_ROUNDS)], check=True, capture_output=True, text=True)
    started, ended = map(float, done.stdout.split())
    if sink is not None:
        ended = max(ended, sink.wait_until_idle())
    return _SPANS * _ROUNDS / (ended - started)


def _engine(prepared: Path, data: Path) -> float:
    command = [sys.executable, "-m", "tests.bench.engine", str(prepared), str(data), str(_ROUNDS)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(done.stdout.split()[-1])
