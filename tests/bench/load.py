"""A load generator in a process of its own: sends prepared export requests over gRPC, as many at a time as told.

    python -m tests.bench.load FILE PORT IN_FLIGHT ROUNDS

Each request is made unlike every other by an unknown field of eight random bytes at its end, so
that none is taken for a retry. Prints when it began and when the last answer had come, as Unix time.
"""

from __future__ import annotations

import asyncio
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import grpc

_METHOD = "/opentelemetry.proto.collector.trace.v1.TraceService/Export"
_UNKNOWN_FIELD = b"\xfa\xff\x01\x08"  # number 4095, length-delimited, 8 bytes


def write_requests(requests: Iterator[bytes], path: Path) -> int:
    """Put requests into a file, each behind its length in 4 bytes; returns their bytes."""
    size = 0
    with path.open("wb") as file:
        for body in requests:
            file.write(len(body).to_bytes(4, "little") + body)
            size += len(body)
    return size


def read_requests(path: Path) -> list[bytes]:
    """The requests of such a file."""
    data = path.read_bytes()
    found, position = [], 0
    while position < len(data):
        length = int.from_bytes(data[position : position + 4], "little")
        found.append(data[position + 4 : position + 4 + length])
        position += 4 + length
    return found


async def send(bodies: list[bytes], port: int, in_flight: int, rounds: int) -> tuple[float, float]:
    """When it began and when all was acknowledged."""
    pending = iter([body for _ in range(rounds) for body in bodies])
    async with grpc.aio.insecure_channel(f"127.0.0.1:{port}") as channel:
        export: Any = channel.unary_unary(_METHOD)

        async def sender() -> None:
            for body in pending:
                await export(body + _UNKNOWN_FIELD + random.randbytes(8))

        started = time.time()
        await asyncio.gather(*(sender() for _ in range(in_flight)))
        return started, time.time()


if __name__ == "__main__":
    name, port, in_flight, rounds = sys.argv[1:]
    print(*asyncio.run(send(read_requests(Path(name)), int(port), int(in_flight), int(rounds))))
