"""`spanhouse collector` and `spanhouse query`: two processes that meet in a ClickHouse server."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import clickhouse_connect
import pytest

from tests.spanhouse.command import (
    ANY_PORTS,
    COLLECTOR_PORTS,
    QUERY_PORTS,
    ROOT,
    environment,
    port_of,
    spanhouse,
)
from tests.spanhouse.conftest import Start

_ENDPOINT = """
import sys, time
from pathlib import Path
import chdb
from tests.flow.clickhouse_endpoint import ClickHouseEndpoint
kept_open = chdb.connect(sys.argv[1])  # or every request would start and stop the engine
print(ClickHouseEndpoint(Path(sys.argv[1])).port, flush=True)
time.sleep(600)
"""


def put(url: str, body: dict[str, Any]) -> None:
    """Save a document as the page does."""
    headers = {"content-type": "application/json"}
    request = urllib.request.Request(url, json.dumps(body).encode(), headers, method="PUT")
    with urllib.request.urlopen(request, timeout=30) as response:
        assert response.status == 200


@pytest.fixture
def clickhouse(tmp_path: Path) -> Iterator[str]:
    """URL of a ClickHouse that is not ours."""
    process = subprocess.Popen(
        [sys.executable, "-c", _ENDPOINT, str(tmp_path / "clickhouse")],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=environment(),
    )
    assert process.stdout is not None
    # The endpoint reads gzip and zstd, clickhouse-connect prefers LZ4.
    yield f"http://default:@127.0.0.1:{process.stdout.readline().strip()}/?compress=gzip"
    process.kill()
    process.communicate()


def test_what_the_collector_takes_the_page_shows(
    start: Start, clickhouse: str, tmp_path: Path
) -> None:
    """Neither has the other's doors, and both end with 0."""
    early = spanhouse("query", "--clickhouse", clickhouse, *QUERY_PORTS, cwd=tmp_path)
    assert early.returncode == 2
    assert "start `spanhouse collector` on it first" in early.stderr

    collector = start("collector", "--clickhouse", clickhouse, *COLLECTOR_PORTS)
    query = start("query", "--clickhouse", clickhouse, "--collector", collector.http, *QUERY_PORTS)
    assert collector.doors == {"OTLP gRPC", "OTLP HTTP"}
    assert query.doors == {"Page and API", "ClickHouse HTTP"}
    sent = spanhouse(
        *("demo", "--count", "0", "--endpoint", collector.grpc, "--page", query.page), cwd=tmp_path
    )
    assert sent.returncode == 0, sent.stderr
    assert query.get("/api/version")["store"] == "server"
    assert len(query.get("/api/traces")["traces"]) == 5
    client = clickhouse_connect.get_client(host="127.0.0.1", port=port_of(query.clickhouse))
    assert client.command("SELECT uniq(TraceId) FROM otel_traces") == 5
    client.close()
    put(f"{query.page}/api/documents/view/slow", {"name": "Slow", "body": {"path": "/"}})
    assert [saved["name"] for saved in query.get("/api/documents/view")["documents"]] == ["Slow"]
    assert collector.stop() == 0
    with pytest.raises(urllib.error.HTTPError) as refused:
        put(f"{query.page}/api/documents/view/slow", {"name": "Slower", "body": {}})
    assert refused.value.code == 503
    assert "no answer from the collector at" in json.load(refused.value)["detail"]
    assert query.stop() == 0


def test_up_keeps_its_spool_beside_a_server(start: Start, clickhouse: str, tmp_path: Path) -> None:
    """One process, rows elsewhere; its directory is guarded all the same."""
    running = start("up", "--clickhouse", clickhouse, "--data", tmp_path / "data", *ANY_PORTS)
    shown = clickhouse.replace("default:@", "").partition("?")[0]
    assert f"data in {shown}, spool in {tmp_path}/data" in running.output
    assert sorted(path.name for path in (tmp_path / "data").iterdir()) == ["lock", "spool"]
    second = spanhouse("up", "--data", tmp_path / "data", *ANY_PORTS, cwd=tmp_path)
    assert second.returncode == 2
    assert f"pid {running.process.pid}" in second.stderr
    assert running.stop() == 0


@pytest.mark.parametrize("half", ["collector", "query"])
def test_a_half_needs_a_server_to_meet_the_other_in(half: str, tmp_path: Path) -> None:
    """The embedded engine belongs to one process."""
    refused = spanhouse(half, cwd=tmp_path)
    assert refused.returncode == 2
    assert f"`spanhouse {half}` needs --clickhouse URL" in refused.stderr


def test_a_server_that_does_not_answer_is_one_sentence(tmp_path: Path) -> None:
    """The password does not show."""
    url = "http://someone:secret@127.0.0.1:1"
    refused = spanhouse("up", "--clickhouse", url, *ANY_PORTS, cwd=tmp_path)
    assert refused.returncode == 2
    assert refused.stderr == (
        "spanhouse: cannot open the store http://127.0.0.1:1: Connection refused; "
        "start that server, or correct --clickhouse\n"
    )
