"""SIGKILL at random points under load, restart on the same directory, and so on: for a few tests and for the soak."""

from __future__ import annotations

import random
import socket
import time
from pathlib import Path

from tests.flow.load import Load, check
from tests.flow.running import RunningCollector


def free_ports(count: int) -> list[int]:
    """Ports that nothing listens on."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [listener.getsockname()[1] for listener in sockets]
    for listener in sockets:
        listener.close()
    return ports


def kill_repeatedly(data: Path, kills: int, seed: int) -> str:
    """Kill a collector `kills` times under load, then compare the store with what was sent; a summary line."""
    chance = random.Random(seed)
    grpc, http = free_ports(2)
    ports: dict[str, int] = {"otlp_grpc_port": grpc, "otlp_http_port": http}
    began, during_start = time.monotonic(), 0
    collector = RunningCollector(data, None, **ports)
    load = Load(f"127.0.0.1:{grpc}", f"http://127.0.0.1:{http}")
    try:
        for _ in range(kills):
            if chance.random() < 0.2:
                # While it opens the store, migrates (the first time) or replays the spool.
                time.sleep(chance.uniform(0.2, 0.9))
                during_start += collector.grpc == ""
            else:
                collector.wait_until_ready()
                time.sleep(chance.uniform(0, 0.8))
            collector.kill()
            collector.close()
            collector = RunningCollector(data, None, **ports)
        collector.wait_until_ready()
        load.finish()
        counts = check(collector, load)
        assert collector.terminate() == 0, collector.log()
    finally:
        load.stop()
        collector.close()
    assert list((data / "spool").iterdir()) == []
    listed = ", ".join(f"{count} {signal}" for signal, count in counts.items())
    return (
        f"{kills} SIGKILLs ({during_start} before the doors were open) in {time.monotonic() - began:.0f} s: "
        f"{listed}; nothing acknowledged lost, nothing doubled"
    )
