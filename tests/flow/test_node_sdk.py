"""`@spanhouse/sdk` in a Node program: what the program did is read back from the collector."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.flow.running import ROOT, RunningCollector

FOLDER = ROOT / "instrumentation" / "js"


@pytest.fixture
def provider() -> Iterator[str]:
    """The address of the fake provider, in a process of its own."""
    command = [sys.executable, "-m", "tests.instrumentation.provider", "--port", "0"]
    environment = os.environ | {"PYTHONPATH": os.environ.get("PYTHONPATH", str(ROOT))}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment
    ) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.terminate()


def test_a_program_that_knows_nothing_of_us_is_traced(
    collector: RunningCollector, node: Path, project: str, provider: str
) -> None:
    """`node --import @spanhouse/sdk/register`, in protobuf, into the project that the environment names."""
    if not (FOLDER / "dist" / "register.js").is_file():
        pytest.fail("@spanhouse/sdk is not built; `make js` builds it (`make test` does it first)")
    done = subprocess.run(
        [node, "--import", "@spanhouse/sdk/register", "test/programs/plain.mjs"],
        cwd=FOLDER,
        env={
            "PATH": os.environ["PATH"],
            "OPENAI_BASE_URL": f"{provider}/v1",
            "OPENAI_API_KEY": "none",
            "SPANHOUSE_ENDPOINT": collector.http,
            "SPANHOUSE_PROJECT": project,
            "SPANHOUSE_STRICT": "1",
        },
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stdout, done.stderr) == (3, "You said: Hello\n", "")
    columns = "SpanName, SpanKind, ServiceName, StatusCode, ScopeName, SpanAttributes['gen_ai.input.messages'] AS input"
    usage = ", ".join(
        f"GenAi{name}" for name in ("Operation", "RequestModel", "InputTokens", "OutputTokens")
    )
    rows = collector.rows(
        f"SELECT {columns}, {usage} FROM otel_traces WHERE ProjectId = {{project:String}}",
        project=project,
    )
    assert rows == [
        {
            "SpanName": "chat gpt-4o",
            "SpanKind": "Client",
            "ServiceName": "plain",
            "StatusCode": "Unset",
            "ScopeName": "@spanhouse/sdk",
            "input": '[{"role":"user","parts":[{"type":"text","content":"Hello"}]}]',
            "GenAiOperation": "chat",
            "GenAiRequestModel": "gpt-4o",
            "GenAiInputTokens": 7,
            "GenAiOutputTokens": 3,
        }
    ]
