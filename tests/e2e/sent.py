"""What was sent, known without asking the server: the demo's plan, and a trace of 100,000 spans."""

from __future__ import annotations

import random
import time
import urllib.request
from collections.abc import Iterator
from functools import cached_property

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status

from spanhouse.demo.mix import Trace, mix
from spanhouse.demo.plan import Step

DEMO_COUNT = 280
DEMO_SEED = 7

LARGE_SPANS = 100_000
_SHARDS = 200
_SPANS_PER_SHARD = LARGE_SPANS // _SHARDS
_SHARDS_PER_REQUEST = 10


class DemoMix:
    """The demo's traces as they were planned; starts are relative to another `now`, shapes are the same."""

    @cached_property
    def traces(self) -> list[Trace]:
        """All of them."""
        return mix(random.Random(DEMO_SEED), DEMO_COUNT, time.time_ns())

    def root(self, title_part: str) -> Step:
        """Root of the notable trace whose title holds this."""
        [found] = [trace.root for trace in self.traces if title_part in trace.title]
        return found

    def count(self, *, service: str = "", failed: bool = False, **attributes: object) -> int:
        """How many traces have a span that is all of this at once; `a__b` stands for the key `a.b`."""
        wanted = {key.replace("__", "."): value for key, value in attributes.items()}

        def matches(step: Step) -> bool:
            return (
                service in ("", step.service)
                and (not failed or step.failed is not None)
                and all(step.attributes.get(key) == value for key, value in wanted.items())
            )

        return sum(any(map(matches, trace.root.walk())) for trace in self.traces)

    def count_text(self, text: str) -> int:
        """How many traces have a span whose name, service, status message or attribute values hold this."""
        return sum(any(holds(step, text) for step in trace.root.walk()) for trace in self.traces)


def holds(step: Step, text: str) -> bool:
    """Whether a span's name, service, status message, attributes or event names hold a text."""
    events = [event.name for event in step.events]
    values = [str(value) for value in step.attributes.values()]
    said = [step.name, step.service, step.failed or "", *step.attributes, *values, *events]
    return any(text.lower() in one.lower() for one in said)


def rows(step: Step, level: int = 1) -> Iterator[tuple[int, str]]:
    """Level and name of a step and all below it, in the order of a waterfall."""
    yield level, step.name
    for _, child in sorted(step.children, key=lambda placed: placed[0]):
        yield from rows(child, level + 1)


def duration(step: Step) -> int:
    """Nanoseconds until the last of it ends; a message is processed after its sender has gone on."""
    return max([step.took, *(start + duration(child) for start, child in step.children)])


def tokens(step: Step) -> tuple[int, int]:
    """Input and output tokens of a step and all below; a sum reported above its parts counts once."""
    below = [tokens(child) for _, child in step.children]
    read, written = sum(pair[0] for pair in below), sum(pair[1] for pair in below)
    if read + written:
        return read, written
    return token_count(step, "input_tokens"), token_count(step, "output_tokens")


def token_count(step: Step, name: str) -> int:
    """One of the `gen_ai.usage` attributes."""
    return int(str(step.attributes.get(f"gen_ai.usage.{name}", 0)))


def send_large_trace(otlp_http: str, project: str) -> str:
    """Send `LARGE_SPANS` spans: a root, 199 shards of 500 and one of 499; returns the trace's id."""
    trace_id = random.Random(1).randbytes(16)
    start = time.time_ns() - 120 * 10**9
    for first in range(0, _SHARDS, _SHARDS_PER_REQUEST):
        request = ExportTraceServiceRequest()
        for shard in range(first, first + _SHARDS_PER_REQUEST):
            _add_shard(request, trace_id, shard, start)
        post = urllib.request.Request(
            f"{otlp_http}/v1/traces",
            request.SerializeToString(),
            {"content-type": "application/x-protobuf", "x-spanhouse-project": project},
        )
        with urllib.request.urlopen(post, timeout=60) as answer:
            assert answer.read() == b""  # a partial success would say something
    return trace_id.hex()


def _add_shard(request: ExportTraceServiceRequest, trace_id: bytes, shard: int, start: int) -> None:
    """A span `shard N` with steps below it; the first also holds the root, and one step less."""
    resource_spans = request.resource_spans.add()
    service = f"worker-{shard % 7}"
    resource_spans.resource.attributes.add(key="service.name").value.string_value = service
    spans = resource_spans.scope_spans.add().spans
    root = _span_id(0)
    begin = start + shard * 300_000_000
    if shard == 0:
        _add(spans, trace_id, root, b"", "rebuild everything", start, 61_000_000_000)
    own = _span_id(1 + shard * _SPANS_PER_SHARD)
    _add(spans, trace_id, own, root, f"shard {shard}", begin, 1_000_000_000)
    for number in range(1, _SPANS_PER_SHARD - (shard == 0)):
        span = _add(
            spans,
            trace_id,
            _span_id(1 + shard * _SPANS_PER_SHARD + number),
            own,
            f"step {number % 20}",
            begin + number * 1_900_000,
            1_500_000,
        )
        span.attributes.add(key="shard.step").value.int_value = number
        if number % 100 == 50:
            span.status.code = Status.STATUS_CODE_ERROR


def _span_id(number: int) -> bytes:
    return (number + 1).to_bytes(8, "big")


def _add(
    spans: object, trace_id: bytes, span_id: bytes, parent: bytes, name: str, start: int, took: int
) -> Span:
    span: Span = spans.add(  # type: ignore[attr-defined]
        trace_id=trace_id,
        span_id=span_id,
        parent_span_id=parent,
        name=name,
        kind=Span.SPAN_KIND_INTERNAL,
        start_time_unix_nano=start,
        end_time_unix_nano=start + took,
    )
    return span
