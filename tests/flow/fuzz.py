"""Bodies that no sender should send, by hypothesis: real requests mutated, wire formats made up, encodings confused.

Each example is a handful of them at once with a good request in their midst, so that they end up in one batch.
"""

from __future__ import annotations

import gzip
import json
import random
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from hypothesis import strategies as st

from spanhouse.collector.otlp.signals import LOGS, METRICS, TRACES, Signal
from tests.flow.doors import JSON, PROTOBUF, GrpcDoor, HttpDoor
from tests.flow.everything import (
    NESTED_VALUES,
    VALUES,
    everything_logs,
    everything_metrics,
    everything_traces,
)
from tests.flow.messages import spans_of, traces
from tests.flow.running import RunningCollector

SIGNALS = (TRACES, LOGS, METRICS)
_SOME = {name: VALUES[name] for name in ("string", "int", "double", "array.mixed", "bytes")}
_SEEDS = [
    build(values).SerializeToString()
    for build in (everything_traces, everything_logs, everything_metrics)
    for values in ({}, _SOME, {"k": NESTED_VALUES["deep"]})
]
_SEEDS += [
    traces(3, trace_id=b"short").SerializeToString(),
    traces(2, span_id=bytes(8), start_time_unix_nano=2**64 - 1).SerializeToString(),
]
_SEEDS.append(_SEEDS[0].replace(b"\x0cservice", b"\xff" * 8))
_JSON_SEEDS = [
    b'{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"a"}}]},'
    b'"scopeSpans":[{"scope":{"name":"s"},"spans":[{"traceId":"5b8efff798038103d269b633813fc60c","spanId":'
    b'"eee19b7ec3c1b174","name":"n","kind":2,"startTimeUnixNano":"1544712660000000000","endTimeUnixNano":'
    b'"1544712661000000000","attributes":[{"key":"k","value":{"arrayValue":{"values":[{"intValue":"1"}]}}}]}]}]}]}',
    b'{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"1544712660300000000","severityNumber":10,'
    b'"body":{"kvlistValue":{"values":[{"key":"a","value":{"doubleValue":0.5}}]}},"traceId":"00"}]}]}]}',
    b'{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"m","sum":{"aggregationTemporality":1,"isMonotonic":'
    b'true,"dataPoints":[{"asDouble":5,"timeUnixNano":"1544712660300000000"}]}}]}]}]}',
]


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes([*out, number])


def _field(number: int, kind: int, payload: bytes) -> bytes:
    tag = _varint(number << 3 | kind)
    return tag + (_varint(len(payload)) + payload if kind == 2 else payload)


def _message(children: st.SearchStrategy[bytes]) -> st.SearchStrategy[bytes]:
    """Fields of any number and wire type, groups and the unused types 6 and 7 as well."""
    scalar = st.one_of(
        st.builds(_field, st.integers(1, 20), st.just(0), st.integers(0, 2**64 - 1).map(_varint)),
        st.builds(_field, st.integers(1, 20), st.just(1), st.binary(min_size=8, max_size=8)),
        st.builds(_field, st.integers(1, 20), st.just(5), st.binary(min_size=4, max_size=4)),
        st.builds(_field, st.integers(1, 20), st.sampled_from([3, 4, 6, 7]), st.binary(max_size=4)),
        st.builds(_field, st.sampled_from([101, 102, 104, 2**29 - 1]), st.just(2), st.binary()),
    )
    nested = st.builds(_field, st.integers(1, 20), st.just(2), children)
    # Most messages of OTLP lead on by fields 1 and 2.
    deeper = st.builds(_field, st.integers(1, 2), st.just(2), children)
    return st.lists(st.one_of(deeper, nested, scalar), max_size=4).map(b"".join)


WIRE = st.recursive(
    st.binary(max_size=16) | st.text(max_size=5).map(str.encode), _message, max_leaves=25
)


@st.composite
def _mutated(draw: st.DrawFn, seeds: list[bytes]) -> bytes:
    body = bytearray(draw(st.sampled_from(seeds)))
    chance = random.Random(draw(st.integers(0, 2**32)))
    for _ in range(draw(st.integers(1, 8))):
        at = chance.randrange(len(body)) if body else 0
        match chance.randrange(6):
            case 0:
                body[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                body[at:at] = chance.randbytes(chance.randrange(8))
            case 2:
                del body[at : at + chance.randrange(1, 20)]
            case 3:
                body[at:at] = body[at : at + chance.randrange(1, 200)]
            case 4:
                body[at : at + 8] = b"\xff" * 8
            case 5:
                del body[at:]
    return bytes(body)


_json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda children: st.lists(children, max_size=3)
    | st.dictionaries(
        st.sampled_from(
            ["resourceSpans", "scopeSpans", "spans", "traceId", "spanId", "resource", "attributes", "key", "value",
             "stringValue", "intValue", "arrayValue", "kvlistValue", "values", "logRecords", "body", "metrics", "kind"]
        ),
        children,
        max_size=3,
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Bad:
    """One body and how it is sent."""

    signal: Signal
    body: bytes
    door: str
    """grpc, or a content type."""
    encoding: str = ""


protobufs = st.one_of(
    _mutated(_SEEDS),
    WIRE,
    st.binary(max_size=200),
    st.builds(bytes.__add__, st.sampled_from(_SEEDS), WIRE),
    st.sampled_from(_SEEDS),
)
_jsons = st.one_of(
    _mutated(_JSON_SEEDS),
    _json_values.map(lambda value: json.dumps(value).encode()),
    st.sampled_from(_SEEDS),
)
_encoded = st.one_of(
    st.tuples(protobufs.map(gzip.compress), st.just("gzip")),
    st.tuples(protobufs.map(zlib.compress), st.just("deflate")),
    st.tuples(_mutated([gzip.compress(seed) for seed in _SEEDS]), st.just("gzip")),
    st.tuples(protobufs, st.sampled_from(["gzip", "zstd", "deflate", "br", "identity", "\xe9"])),
)
_signals = st.sampled_from(SIGNALS)
bad_bodies = st.one_of(
    st.builds(Bad, _signals, protobufs, st.sampled_from(["grpc", PROTOBUF])),
    st.builds(Bad, _signals, _jsons, st.just(JSON)),
    st.builds(lambda signal, pair: Bad(signal, pair[0], PROTOBUF, pair[1]), _signals, _encoded),
)

# What may be said of a bad body; one that happens to be good is stored.
_ALLOWED = {"OK", "INVALID_ARGUMENT", "200", "400", "413"}


@dataclass
class Fuzzing:
    """Sends examples to a collector and remembers the good requests among them."""

    collector: RunningCollector
    good: set[str] = field(default_factory=set)
    sent: int = 0

    def __post_init__(self) -> None:
        self._grpc = GrpcDoor(self.collector.grpc)
        self._http = HttpDoor(self.collector.http)
        self._threads = ThreadPoolExecutor(9)

    def close(self) -> None:
        """Close the doors."""
        self._threads.shutdown()
        self._grpc.close()
        self._http.close()

    def example(self, bodies: list[Bad]) -> None:
        """Send bodies at once, a good request among them."""
        good = traces(2)
        answers = [self._threads.submit(self._send, bad) for bad in bodies[: len(bodies) // 2]]
        answer = self._threads.submit(self._grpc.send, TRACES, good.SerializeToString())
        answers += [self._threads.submit(self._send, bad) for bad in bodies[len(bodies) // 2 :]]
        found = [answer.result() for answer in answers]
        self.sent += len(bodies)
        assert answer.result().ok, f"{answer.result()}\n{self.collector.log()}"
        assert answer.result().body == b""
        self.good |= {span.span_id.hex() for span in spans_of(good)}
        for bad, (code, why) in zip(bodies, found, strict=True):
            assert code in _ALLOWED, f"{bad} was answered {code}: {why}"

    def _send(self, bad: Bad) -> tuple[str, str]:
        if bad.door == "grpc":
            answer = self._grpc.send(bad.signal, bad.body)
            return answer.code, answer.headers.get("details", "")
        headers = {"content-encoding": bad.encoding} if bad.encoding else {}
        answer = self._http.send(bad.signal, bad.body, headers, bad.door)
        return answer.code, str(answer.headers) + repr(answer.body[:300])

    def check(self) -> None:
        """Every good request is stored exactly once, and the collector has nothing to complain of."""
        rows = self.collector.rows("SELECT SpanId AS id FROM otel_traces")
        stored = [row["id"] for row in rows if row["id"] in self.good]
        assert len(stored) == len(set(stored)) == len(self.good)
        assert self.collector.process.poll() is None
        assert "Traceback" not in self.collector.log(), self.collector.log()
        for line in (
            "SELECT * FROM otel_traces",
            "SELECT * FROM otel_logs",
            "SELECT * FROM otel_metrics_sum",
        ):
            self.collector.rows(line)
