"""The reference spans: GenAI calls of about 530 bytes, 12 attributes and one event each, 10 a trace."""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Iterator

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import ResourceSpans, Span, Status

SPANS_PER_REQUEST = 500
SPANS_PER_TRACE = 10

_SERVICES = ("checkout", "agent", "search", "gateway")
_MODELS = ("gpt-4o", "gpt-4o-mini", "claude-sonnet-4", "gemini-2.5-pro")
_HOUR_NANO = 3_600 * 10**9


def requests(
    spans: int, seed: int = 7, spans_per_trace: int = SPANS_PER_TRACE, content_every: int = 0
) -> Iterator[bytes]:
    """Export requests of 500 spans each, their starts spread over the last hour.

    With `content_every`, each so manieth span carries the messages of its call, 2 to 4 kB of them.
    """
    chance = random.Random(seed)
    words = Words(random.Random(seed))
    count = spans // SPANS_PER_REQUEST
    first = time.time_ns() - _HOUR_NANO
    for number in range(count):
        start = first + number * _HOUR_NANO // count
        request = _request(chance, start, spans_per_trace)
        if content_every:
            for span in request.resource_spans[0].scope_spans[0].spans[::content_every]:
                messages = words.text(2000 + chance.randrange(2000))
                span.attributes.add(key="gen_ai.input.messages").value.string_value = messages
        yield request.SerializeToString()


class Words:
    """Prose of 30,000 made-up words, of which the nth comes as often as in a language: 1/n."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        syllables = ("ka", "lo", "mi", "ren", "to", "sa", "vel", "nu", "pra", "di", "gor", "hes")
        self._words = [
            "".join(chance.choices(syllables, k=2 + n % 3)) + str(n) for n in range(30_000)
        ]
        self._weights = list(itertools.accumulate(1 / (n + 1) for n in range(30_000)))

    def text(self, length: int) -> str:
        """Words of about so many characters."""
        return " ".join(self._chance.choices(self._words, cum_weights=self._weights, k=length // 9))

    def of_rank(self, rank: int) -> str:
        """The word that is the so manieth most frequent."""
        return self._words[rank]


def _request(chance: random.Random, start: int, spans_per_trace: int) -> ExportTraceServiceRequest:
    request = ExportTraceServiceRequest()
    resource_spans = request.resource_spans.add()
    _resource(resource_spans, chance)
    scope_spans = resource_spans.scope_spans.add()
    scope_spans.scope.name = "opentelemetry.instrumentation.openai"
    scope_spans.scope.version = "1.3"
    trace_id = parent = b""
    for number in range(SPANS_PER_REQUEST):
        if number % spans_per_trace == 0:
            trace_id, parent = chance.randbytes(16), b""
        span = scope_spans.spans.add(
            trace_id=trace_id, span_id=chance.randbytes(8), parent_span_id=parent
        )
        parent = parent or span.span_id
        _fill(span, chance, start + number * 1_000_003 + chance.randrange(1_000_000))
    return request


def _resource(resource_spans: ResourceSpans, chance: random.Random) -> None:
    for key, value in (
        ("service.name", chance.choice(_SERVICES)),
        ("service.version", "1.4.2"),
        ("deployment.environment.name", "production"),
        ("host.name", f"node-{chance.randrange(8)}"),
        ("telemetry.sdk.language", "python"),
    ):
        resource_spans.resource.attributes.add(key=key).value.string_value = value


def _fill(span: Span, chance: random.Random, start: int) -> None:
    model = chance.choice(_MODELS)
    span.name = f"chat {model}"
    span.kind = Span.SPAN_KIND_CLIENT
    span.start_time_unix_nano = start
    span.end_time_unix_nano = start + chance.randrange(10**6, 2 * 10**9)
    span.status.code = Status.STATUS_CODE_ERROR if chance.random() < 0.02 else Status.STATUS_CODE_OK
    attributes: dict[str, str | int | float] = {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "openai",
        "gen_ai.request.model": model,
        "gen_ai.response.model": model,
        "gen_ai.usage.input_tokens": chance.randrange(20, 4000),
        "gen_ai.usage.output_tokens": chance.randrange(5, 900),
        "gen_ai.request.temperature": chance.choice((0.0, 0.2, 0.7, 1.0)),
        "gen_ai.response.id": f"cmpl-{chance.getrandbits(40):010x}",
        "session.id": f"s{chance.randrange(20_000):05d}",
        "user.id": f"u{chance.randrange(3_000):04d}",
        "server.address": "api.openai.com",
        "server.port": 443,
    }
    for key, value in attributes.items():
        target = span.attributes.add(key=key).value
        if isinstance(value, str):
            target.string_value = value
        elif isinstance(value, float):
            target.double_value = value
        else:
            target.int_value = value
    event = span.events.add(name="gen_ai.choice", time_unix_nano=span.end_time_unix_nano)
    event.attributes.add(key="finish_reason").value.string_value = "stop"
