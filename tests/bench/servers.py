"""What the load generator is pointed at: our collector, or Rotel before a sink that swallows."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


@contextlib.contextmanager
def collector(data: Path) -> Iterator[tuple[int, int]]:
    """The collector in one process; yields its gRPC port and process id."""
    grpc_port = free_port()
    command = [
        sys.executable, "-m", "spanhouse.cli", "up", "--data", str(data), "--port", str(free_port()),
        "--otlp-grpc-port", str(grpc_port), "--otlp-http-port", str(free_port()),
        "--clickhouse-port", str(free_port()),
    ]  # fmt: skip
    with _process(command, grpc_port) as process:
        yield grpc_port, process.pid


@contextlib.contextmanager
def rotel() -> Iterator[tuple[int, Sink]]:
    """Rotel's agent, encoding for ClickHouse into a null HTTP sink; yields its gRPC port and the sink."""
    spec = importlib.util.find_spec("rotel")
    if spec is None or spec.origin is None:
        raise SystemExit("Rotel is not installed: pip install 'rotel>=0.0.1a15'")
    port = free_port()
    with null_sink() as sink:
        command = [
            str(Path(spec.origin).with_name("rotel-agent")), "start",
            "--otlp-grpc-endpoint", f"127.0.0.1:{port}",
            "--otlp-http-endpoint", f"127.0.0.1:{free_port()}",
            "--otlp-grpc-max-recv-msg-size-mib", "64",
            "--exporter", "clickhouse",
            "--clickhouse-exporter-endpoint", f"http://127.0.0.1:{sink.server_address[1]}",
        ]  # fmt: skip
        with _process(command, port):
            yield port, sink


class Sink(ThreadingHTTPServer):
    """Reads every body and answers 200."""

    daemon_threads = True
    last_body = 0.0
    """When the last body had come, as Unix time."""

    def wait_until_idle(self) -> float:
        """When the last body had come, once none has for two seconds."""
        while time.time() - self.last_body < 2:
            time.sleep(0.1)
        return self.last_body


@contextlib.contextmanager
def null_sink() -> Iterator[Sink]:
    """A sink that listens."""
    sink = Sink(("127.0.0.1", 0), _Swallow)
    threading.Thread(target=sink.serve_forever, daemon=True).start()
    try:
        yield sink
    finally:
        sink.shutdown()


class _Swallow(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        if self.headers.get("transfer-encoding", "").lower() == "chunked":
            while size := int(self.rfile.readline(), 16):
                self.rfile.read(size + 2)
            self.rfile.readline()
        else:
            self.rfile.read(int(self.headers.get("content-length", 0)))
        self.server.last_body = time.time()  # type: ignore[attr-defined]
        self.send_response(200)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def peak_memory(pid: int) -> float:
    """The most memory a running process has had, in MiB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def free_port() -> int:
    """A port that nobody has now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def _process(command: list[str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, env={**os.environ, "RUST_LOG": "error"}
    )
    try:
        for _ in range(600):
            if process.poll() is not None:
                raise SystemExit(
                    f"{command[0]} ended with {process.returncode} before it listened on {port}"
                )
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.1)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
