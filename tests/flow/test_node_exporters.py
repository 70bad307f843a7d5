"""The stock Node exporters deliver what the real SDK recorded, and it reads back identical."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from spanhouse.collector.otlp.signals import SIGNALS
from tests.flow.read_back import assert_stored
from tests.flow.running import RunningCollector
from tests.flow.wiretap import Wiretap

FOLDER = Path(__file__).resolve().parents[1] / "node"


@pytest.mark.parametrize(
    ("protocol", "api"),
    [("grpc", "grpc"), ("http", "application/json"), ("proto", "application/x-protobuf")],
)
def test_node(
    collector: RunningCollector, wiretap: Wiretap, node: Path, project: str, protocol: str, api: str
) -> None:
    """All three signals by `@opentelemetry/exporter-*-otlp-grpc`, `-http` (JSON) and `-proto`."""
    if not (FOLDER / "node_modules").is_dir():
        pytest.fail(
            "tests/node has no packages; `make node` installs them (`make test` does it first)"
        )
    endpoint = f"http://{wiretap.grpc}" if protocol == "grpc" else wiretap.http
    sent = subprocess.run(
        [node, "send.mjs", protocol, endpoint, project],
        cwd=FOLDER,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (sent.returncode, sent.stderr) == (0, "")
    assert wiretap.apis == {api}
    for signal in SIGNALS.values():
        assert wiretap.caught[signal.name], f"no {signal.name} passed"
        assert_stored(collector.store, signal, project, *wiretap.caught[signal.name])
