"""Requests that are allowed and rare: huge, wide, oddly dated, in broken UTF-8."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from spanhouse.collector.otlp.signals import LOGS, TRACES
from tests.flow.doors import GrpcDoor, HttpDoor
from tests.flow.messages import key_values, logs, spans_of, traces
from tests.flow.read_back import assert_stored
from tests.flow.running import ROOT, RunningCollector

LATEST = 2**63 - 1


def test_large_and_wide_requests_read_back_identical(
    collector: RunningCollector, grpc_door: GrpcDoor, project: str
) -> None:
    """A value of a megabyte, ten thousand attributes, a thousand events, names of nothing."""
    metadata = [("x-spanhouse-project", project)]
    wide = {f"key {number}": number for number in range(10_000)}
    eventful = traces(1)
    [span] = spans_of(eventful)
    for number in range(1000):
        span.events.add(name="", time_unix_nano=number, attributes=key_values({"n": number}))
    requests = [
        traces(1, attributes={"large": "é" * 500_000, "": ""}),
        traces(1, attributes=wide),
        traces(1, attributes={"large": {"nested": "x" * 1_000_000}}),
        traces(1, resource=wide, name=""),
        eventful,
    ]
    for request in requests:
        assert grpc_door.send(TRACES, request.SerializeToString(), metadata).body == b""
    assert_stored(collector.store, TRACES, project, *requests)


def test_spans_of_any_time_read_back_identical(
    collector: RunningCollector, http_door: HttpDoor, project: str
) -> None:
    """From the first nanosecond to the last that DateTime64 holds, backwards and without an end."""
    seconds_2105 = 4_260_211_200
    request = traces(1, start_time_unix_nano=1, end_time_unix_nano=0)
    for start, end in (
        (1, 2**63),
        (seconds_2105 * 10**9, seconds_2105 * 10**9 + 1),
        (LATEST, LATEST),
        (LATEST, 1),
        (10**18, 0),
    ):
        request.MergeFrom(traces(1, start_time_unix_nano=start, end_time_unix_nano=end))
    answer = http_door.send(TRACES, request.SerializeToString(), {"x-spanhouse-project": project})
    assert (answer.code, answer.body) == ("200", b"")
    assert_stored(collector.store, TRACES, project, request)


def test_a_span_beyond_time_is_rejected(http_door: HttpDoor) -> None:
    """One nanosecond after the last."""
    answer = http_door.send(TRACES, traces(1, start_time_unix_nano=LATEST + 1).SerializeToString())
    partial = answer.message(TRACES).partial_success
    assert partial.rejected_spans == 1
    assert partial.error_message == "rejected 1 of 1: 1 because a time lies after 2262-04-11"


@pytest.mark.parametrize("attributes", [{}, {"nested": {"a": 1}}], ids=["flat", "nested"])
def test_broken_utf8_is_stored(
    collector: RunningCollector, grpc_door: GrpcDoor, project: str, attributes: dict[str, Any]
) -> None:
    """As it is, or with U+FFFD where its request had to be rewritten; its neighbours are stored beside it."""
    metadata = [("x-spanhouse-project", project)]
    body = logs(["UTF-EIGHT"], attributes).SerializeToString()
    broken = body.replace(b"UTF-EIGHT", b"\xff\xfe\xc3(\x80\xf8!xy")
    assert len(broken) == len(body)
    assert grpc_door.send(LOGS, broken, metadata).ok
    good = logs(["beside it"])
    assert grpc_door.send(LOGS, good.SerializeToString(), metadata).ok
    sql = "SELECT arraySort(groupArray(toValidUTF8(Body))) FROM otel_logs WHERE ProjectId = {p:String}"
    assert [text.replace("\ufffd", "") for text in collector.value(sql, p=project)] == [
        "beside it",
        "(!xy",
    ]


def test_a_spool_that_cannot_grow_refuses_and_recovers(tmp_path: Path) -> None:
    """A real limit on the size of files, as a full disk or a quota is: 503, nothing stored, nothing left."""
    code = (
        "import asyncio, resource, signal, sys, time\n"
        "from pathlib import Path\n"
        "from spanhouse.collector.otlp.envelope import Request\n"
        "from spanhouse.collector.otlp.refusal import Unavailable\n"
        "from spanhouse.collector.otlp.signals import TRACES\n"
        "from spanhouse.collector.spool import Spool\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, resource.RLIM_INFINITY))\n"
        f"spool = Spool(Path({str(tmp_path)!r}))\n"
        "request = Request(bytes(20_000), '', '', '', 1)\n"
        "try: spool.write(TRACES, [(request.request_id, request)])\n"
        "except Unavailable as refusal: print(refusal)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)\n"
        "print(spool.left_behind(), list(spool.directory.iterdir()))\n"
        "print(len(spool.write(TRACES, [(request.request_id, request)]).path.read_bytes()) > 20_000)\n"
    )
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[1] == resource.RLIM_INFINITY
    ran = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(ROOT)},
        cwd=tmp_path.parent,
    )
    assert ran.stderr == ""
    assert ran.stdout.splitlines() == [
        f"cannot write to the spool {tmp_path}: File too large",
        "[] []",
        "True",
    ]
