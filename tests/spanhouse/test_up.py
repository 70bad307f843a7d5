"""`spanhouse up`: it opens, it says where, it refuses in one sentence, it ends without losing anything."""

from __future__ import annotations

import json
import re
import signal
import socket
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import grpc
import pytest

from tests.spanhouse.command import ANY_PORTS, RunningServer, port_of, spanhouse
from tests.spanhouse.conftest import Start

TRACE_ID = "5b8efff798038103d269b633813fc60c"


def one_span() -> bytes:
    """OTLP JSON of a trace of one span."""
    span = {
        "traceId": TRACE_ID,
        "spanId": "eee19b7ec3c1b174",
        "name": "hello",
        "startTimeUnixNano": str(time.time_ns()),
        "endTimeUnixNano": str(time.time_ns() + 1000),
    }
    return json.dumps({"resourceSpans": [{"scopeSpans": [{"spans": [span]}]}]}).encode()


def post(url: str) -> int:
    """Send `one_span`; returns the status."""
    request = urllib.request.Request(
        f"{url}/v1/traces", one_span(), {"content-type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return int(answer.status)


def test_every_door_is_open_when_it_says_so(server: RunningServer) -> None:
    """The three addresses it prints answer, and the API names the same."""
    assert server.get("/healthz") == {"status": "ok"}
    endpoints = server.get("/api/version")["endpoints"]
    assert endpoints == {
        "otlp_grpc": server.grpc.removeprefix("http://"),
        "otlp_http": server.http,
        "clickhouse": server.clickhouse,
    }
    socket.create_connection(("127.0.0.1", port_of(server.grpc)), timeout=5).close()
    assert post(server.http) == 200
    assert post(server.page) == 200


def test_what_to_paste_next_is_what_it_listens_on(server: RunningServer) -> None:
    """The printed commands hold the real addresses, not the usual ones."""
    assert f"  export OTEL_EXPORTER_OTLP_ENDPOINT={server.http}" in server.lines
    assert f" demo --endpoint {server.grpc} --page {server.page}" in server.output


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_and_the_data_is_there_again(
    start: Start, data: Path, number: signal.Signals
) -> None:
    """Exit code 0, every port free again, and the next start reads what was acknowledged."""
    first = start("up", "--data", data, *ANY_PORTS)
    assert post(first.http) == 200
    assert first.stop(number) == 0
    assert first.lines[-1] == "stopped; everything that was acknowledged is stored"
    flags = [part for pair in zip(ANY_PORTS[::2], first.ports, strict=True) for part in pair]
    second = start("up", "--data", data, *flags)
    assert second.get(f"/api/traces/{TRACE_ID}/skeleton")["span_count"] == 1


def test_a_request_under_way_is_answered_before_it_ends(start: Start, data: Path) -> None:
    """The first signal lets an open request finish; its span is stored."""
    running = start("up", "--data", data, *ANY_PORTS)
    body = one_span()
    with socket.create_connection(("127.0.0.1", port_of(running.page)), timeout=30) as sender:
        head = f"Host: x\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        sender.sendall(f"POST /v1/traces HTTP/1.1\r\n{head}".encode() + body[:10])
        time.sleep(0.3)  # until its first bytes have been read
        running.process.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        sender.sendall(body[10:])
        answer = sender.recv(4096).decode()
    assert running.wait() == 0
    status = int(answer.split(" ")[1])
    # Stored and said so, or refused and to be sent again: never lost in silence.
    assert status in (200, 503)
    again = start("up", "--data", data, *ANY_PORTS)
    assert len(again.get("/api/traces")["traces"]) == (status == 200)


def test_a_second_signal_ends_it_at_once(start: Start, data: Path) -> None:
    """While the first one waits for a request whose sender has more to say."""
    running = start("up", "--data", data, *ANY_PORTS)
    has_more = threading.Event()

    def silence() -> Iterator[bytes]:
        has_more.wait()
        yield from ()

    with grpc.insecure_channel(running.grpc.removeprefix("http://")) as channel:
        export = "/opentelemetry.proto.collector.trace.v1.TraceService/Export"
        call: grpc.Future[bytes] = channel.stream_unary(export, bytes).future(silence())
        time.sleep(0.5)  # until the call has arrived
        running.process.send_signal(signal.SIGINT)
        time.sleep(0.5)
        assert running.process.poll() is None
        began = time.monotonic()
        assert running.stop(signal.SIGINT) == 130
        assert time.monotonic() - began < 5
        has_more.set()
        assert call.exception() is not None


def test_a_killed_server_leaves_a_directory_that_opens(start: Start, data: Path) -> None:
    """The kernel gives back the locks of a killed process."""
    first = start("up", "--data", data, *ANY_PORTS)
    assert post(first.http) == 200
    assert first.stop(signal.SIGKILL) == -signal.SIGKILL
    second = start("up", "--data", data, *ANY_PORTS)
    assert second.get(f"/api/traces/{TRACE_ID}/skeleton")["span_count"] == 1


def test_a_directory_has_one_server(server: RunningServer, tmp_path: Path) -> None:
    """A second one says who has it and ends."""
    data = server.data
    second = spanhouse("up", "--data", data, *ANY_PORTS, cwd=tmp_path)
    assert (second.returncode, second.stdout) == (2, "")
    assert re.fullmatch(
        rf"spanhouse: cannot open the data directory {data}: pid {server.process.pid} \(.+\) has it open "
        r"\(one server per directory; stop it, or choose another with --data\)\n",
        second.stderr,
    )


@pytest.mark.parametrize(
    ("flag", "door"),
    [
        ("--port", "the page"),
        ("--otlp-grpc-port", "OTLP gRPC"),
        ("--otlp-http-port", "OTLP HTTP"),
        ("--clickhouse-port", "ClickHouse HTTP"),
    ],
)
def test_a_taken_port_is_named_with_its_flag(tmp_path: Path, flag: str, door: str) -> None:
    """And nothing is left behind: the data directory is not made."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        flags = [*ANY_PORTS, flag, str(port)]
        refused = spanhouse("up", "--data", "data", *flags, cwd=tmp_path)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert re.fullmatch(
        rf"spanhouse: cannot open {door}: port {port} is in use by (pid \d+ \(.+\)|another process); "
        rf"stop that, or choose another with {flag}\n",
        refused.stderr,
    )


def test_the_world_outside_is_refused(tmp_path: Path) -> None:
    """Without authentication nothing listens beyond the loopback; the sentence says what to do instead."""
    refused = spanhouse("up", "--host", "0.0.0.0", cwd=tmp_path)
    assert refused.returncode == 2
    assert refused.stderr.count("\n") == 1
    for words in ("'0.0.0.0'", "no authentication", "ssh -L", "reverse proxy"):
        assert words in refused.stderr


def test_a_directory_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    """A file stands where the directory should be."""
    (tmp_path / "file").touch()
    refused = spanhouse("up", "--data", "file/data", *ANY_PORTS, cwd=tmp_path)
    assert refused.returncode == 2
    assert refused.stderr == (
        f"spanhouse: cannot use the data directory {tmp_path}/file/data: Not a directory; "
        "choose another with --data\n"
    )


def test_a_setting_of_the_collector_that_is_wrong_is_one_sentence(tmp_path: Path) -> None:
    """Those have no flag, and come from the environment alone."""
    refused = spanhouse("up", *ANY_PORTS, cwd=tmp_path, SPANHOUSE_WRITERS="99")
    assert refused.returncode == 2
    assert refused.stderr.startswith("spanhouse: SPANHOUSE_WRITERS: '99': ")
    assert refused.stderr.count("\n") == 1
