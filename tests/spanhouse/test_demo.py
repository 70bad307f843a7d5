"""The demo: a mix worth looking at, sent as any program would, or a sentence."""

from __future__ import annotations

import json
import random
import re
import socket
from collections import Counter
from pathlib import Path

import pytest
from opentelemetry.sdk.metrics.export import Histogram
from opentelemetry.trace import SpanContext, SpanKind

from spanhouse.demo.batch import index_catalog
from spanhouse.demo.measurements import measured
from spanhouse.demo.mix import HOUR, Trace, mix
from spanhouse.demo.plan import Step
from tests.spanhouse.command import RunningServer, spanhouse

NOW = 1_800_000_000_000_000_000
MESSAGES = ("gen_ai.input.messages", "gen_ai.output.messages", "gen_ai.system_instructions")


@pytest.fixture(scope="module")
def traces() -> list[Trace]:
    """The mix of one seed."""
    return mix(random.Random(1), 60, NOW)


def steps(traces: list[Trace]) -> list[Step]:
    """Every step of every trace."""
    return [step for trace in traces for step in trace.root.walk()]


def test_the_same_seed_is_the_same_mix(traces: list[Trace]) -> None:
    """And another is another."""
    assert mix(random.Random(1), 60, NOW) == traces
    assert mix(random.Random(2), 60, NOW) != traces


def test_everything_happened_within_the_last_hour(traces: list[Trace]) -> None:
    """Nothing is in the future, children that outlive their parents included."""
    assert len(traces) == 65
    assert min(trace.start for trace in traces) > NOW - HOUR
    assert max(_end(trace.start, trace.root) for trace in traces) <= NOW


def test_a_step_lasts_as_long_as_what_it_waits_for(traces: list[Trace]) -> None:
    """Only a message is processed after its sender has gone on."""
    for step in steps(traces):
        assert step.took > 0
        for start, child in step.children:
            assert start >= 0
            if step.kind is not SpanKind.PRODUCER:
                assert start + child.took <= step.took


@pytest.mark.parametrize("seed", range(5))
def test_the_batch_has_exactly_the_spans_it_promises(seed: int) -> None:
    """Whatever the dice say, in two levels below 24 shards that overlap."""
    root = index_catalog(random.Random(seed))
    assert sum(1 for _ in root.walk()) == 5000
    shards = [(start, start + child.took) for start, child in root.children[1:-1]]
    assert len(shards) == 24
    assert max(sum(a <= start < b for a, b in shards) for start, _ in shards) == 8


def test_every_kind_of_span_is_there(traces: list[Trace]) -> None:
    """With a consumer that links to its producer, in another trace too."""
    found = steps(traces)
    assert {step.kind for step in found} == set(SpanKind)
    keys = {step.key for step in found if step.key}
    linked = [step for step in found if step.links]
    assert all(set(step.links) <= keys for step in linked)
    [batch] = [step for step in linked if len(step.links) > 1]
    assert batch.kind is SpanKind.CONSUMER


def test_the_agent_speaks_the_conventions(traces: list[Trace]) -> None:
    """Messages are JSON of messages with parts, and every tool's result answers a call."""
    [agent] = [trace.root for trace in traces if trace.title.startswith("an agent")]
    inside = list(agent.walk())
    operations = Counter(step.attributes.get("gen_ai.operation.name") for step in inside)
    assert operations["chat"] >= 6
    assert operations["invoke_agent"] == 2
    assert operations["execute_tool"] >= 5
    assert operations["embeddings"] == operations["retrieval"] == 1
    calls, answers = set(), set()
    for step in inside:
        for key in MESSAGES:
            if key in step.attributes:
                assert json.loads(str(step.attributes[key]))
        for message in json.loads(str(step.attributes.get("gen_ai.input.messages", "[]"))):
            for part in message["parts"]:
                calls |= {part["id"]} if part["type"] == "tool_call" else set()
                answers |= {part["id"]} if part["type"] == "tool_call_response" else set()
    assert answers == calls
    tools = [step for step in inside if step.name == "execute_tool track_parcel"]
    assert [step.failed is None for step in tools] == [False, True]
    chats = [step.attributes for step in inside if step.name.startswith("chat ")]
    assert all(
        int(str(chat["gen_ai.usage.cache_read.input_tokens"]))
        <= int(str(chat["gen_ai.usage.input_tokens"]))
        for chat in chats
    )
    assert any(chat["gen_ai.usage.cache_read.input_tokens"] for chat in chats)
    assert any(chat["gen_ai.usage.reasoning.output_tokens"] for chat in chats)


def test_a_metric_agrees_with_its_traces(traces: list[Trace]) -> None:
    """The histogram's last points count every request that was sent; each minute's slowest one is named."""
    requests = [trace for trace in traces if trace.root.service == "frontend"]
    roots = [SpanContext(number, number, False) for number in range(1, len(traces) + 1)]
    by_name = {metric.name: metric for metric in measured(random.Random(1), traces, roots, NOW)}
    durations = by_name["http.server.request.duration"].data
    assert isinstance(durations, Histogram)
    last = [point for point in durations.data_points if point.time_unix_nano == NOW]
    assert sum(point.count for point in last) == len(requests)
    examples = [example for point in durations.data_points for example in point.exemplars]
    assert examples
    for example in examples:
        trace = traces[(example.trace_id or 0) - 1]
        assert example.value == trace.root.took / 1e9
        assert example.time_unix_nano == trace.start + trace.root.took


def test_what_it_says_it_sent_is_what_is_stored(server: RunningServer, tmp_path: Path) -> None:
    """Through gRPC, to the last span; and the links it prints lead to traces."""
    flags = ("--endpoint", server.grpc, "--page", server.page, "--count", "20", "--seed", "7")
    sent = spanhouse("demo", *flags, cwd=tmp_path)
    assert sent.returncode == 0, sent.stderr
    assert "No page answers" not in sent.stdout
    numbers = re.search(
        r"Sent ([\d,]+) traces \(([\d,]+) spans\), ([\d,]+) log records and ([\d,]+) metric points",
        sent.stdout,
    )
    assert numbers is not None
    traces, spans, logs, points = (int(number.replace(",", "")) for number in numbers.groups())
    ledger = {sender["signal"]: sender for sender in server.get("/api/ingest")["senders"]}
    stored = {signal: sender["stored"] for signal, sender in ledger.items()}
    assert stored == {"traces": spans, "logs": logs, "metrics": points}
    assert {sender["rejected"] for sender in ledger.values()} == {0}
    assert server.get("/api/traces?limit=100")["total"] == traces
    links = re.findall(r"/trace/([0-9a-f]{32})$", sent.stdout, re.MULTILINE)
    counts = [server.get(f"/api/traces/{link}/skeleton")["span_count"] for link in links]
    assert len(counts) == 4
    assert counts[-1] == 5000


@pytest.mark.parametrize(
    ("variables", "query"),
    [
        ({"OTEL_EXPORTER_OTLP_HEADERS": "X-Spanhouse-Project=staging"}, "?project=staging"),
        ({"OTEL_RESOURCE_ATTRIBUTES": "spanhouse.project=staging"}, "?project=staging"),
        (
            {
                "OTEL_EXPORTER_OTLP_HEADERS": "x-spanhouse-project=staging",
                "OTEL_EXPORTER_OTLP_TRACES_HEADERS": "x-spanhouse-project=traces",
                "OTEL_RESOURCE_ATTRIBUTES": "spanhouse.project=resource",
            },
            "?project=traces",
        ),
        ({"OTEL_EXPORTER_OTLP_HEADERS": "x-spanhouse-project=default"}, ""),
    ],
)
def test_links_open_the_project_that_was_sent_to(
    server: RunningServer, tmp_path: Path, variables: dict[str, str], query: str
) -> None:
    """However the exporter's variables name it."""
    flags = ("--endpoint", server.grpc, "--page", server.page, "--count", "0")
    sent = spanhouse("demo", *flags, cwd=tmp_path, python=(), **variables)
    assert sent.returncode == 0, sent.stderr
    [listed] = re.findall(r"^All of them: (\S+)$", sent.stdout, re.MULTILINE)
    assert listed == f"{server.page}/{query}"
    trace_id, ending = re.findall(r"/trace/([0-9a-f]{32})(\S*)$", sent.stdout, re.MULTILINE)[0]
    assert ending == query
    assert server.get(f"/api/traces/{trace_id}/skeleton{query}")["trace_id"] == trace_id


def test_nobody_there_is_one_sentence(tmp_path: Path) -> None:
    """At once, not after the exporter's retries."""
    done = spanhouse("demo", "--endpoint", "http://127.0.0.1:1", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "spanhouse: nothing takes OTLP gRPC at http://127.0.0.1:1 (Connection refused): "
        "start `spanhouse up`, or name another with --endpoint\n"
    )


def test_the_wrong_door_is_one_sentence(server: RunningServer, tmp_path: Path) -> None:
    """OTLP HTTP listens there, and does not speak gRPC."""
    done = spanhouse("demo", "--count", "0", "--endpoint", server.http, cwd=tmp_path)
    assert done.returncode == 1
    [said] = [line for line in done.stderr.splitlines() if line]
    assert said.startswith(f"spanhouse: {server.http} did not take what was sent: ")
    assert "4317" in said


def test_an_environment_that_moves_the_server_moves_the_demo(tmp_path: Path) -> None:
    """The same variables mean the same ports to both commands."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    done = spanhouse("demo", cwd=tmp_path, SPANHOUSE_OTLP_GRPC_PORT=str(port))
    assert f"at http://127.0.0.1:{port} " in done.stderr


def _end(start: int, step: Step) -> int:
    return max(
        start + step.took, *(_end(start + offset, child) for offset, child in step.children), 0
    )
