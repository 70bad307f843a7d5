"""Where operations go: the tracer, the instruments of the metrics, and the policy for content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from opentelemetry.trace import set_span_in_context

from . import semconv
from .operation import INFERENCE, MODEL_CALLS

if TYPE_CHECKING:
    from opentelemetry._logs import Logger
    from opentelemetry.metrics import Counter, Histogram, Meter
    from opentelemetry.trace import Span, Tracer
    from opentelemetry.util.types import AttributeValue

    from .content import ContentPolicy
    from .operation import Operation

SCOPE: Final = "spanhouse"
SCHEMA_URL: Final = "https://opentelemetry.io/schemas/gen-ai/1.42.0"

_MODEL_SECONDS: Final = (
    0.01,
    0.02,
    0.04,
    0.08,
    0.16,
    0.32,
    0.64,
    1.28,
    2.56,
    5.12,
    10.24,
    20.48,
    40.96,
    81.92,
)
_AGENT_SECONDS: Final = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200)
_FIRST_CHUNK_SECONDS: Final = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 60)

_DIMENSIONS: Final = (
    semconv.GEN_AI_REQUEST_MODEL, semconv.GEN_AI_RESPONSE_MODEL, semconv.SERVER_ADDRESS, semconv.SERVER_PORT,
    semconv.GEN_AI_AGENT_NAME, semconv.GEN_AI_TOOL_NAME, semconv.GEN_AI_WORKFLOW_NAME, semconv.ERROR_TYPE,
)  # fmt: skip
_COUNTED: Final = (
    semconv.GEN_AI_USAGE_INPUT_TOKENS, semconv.GEN_AI_USAGE_OUTPUT_TOKENS, semconv.GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS,
    semconv.GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS, semconv.GEN_AI_USAGE_REASONING_OUTPUT_TOKENS,
)  # fmt: skip


class Metrics:
    """The instruments of OpenTelemetry's GenAI metrics, by what they measure."""

    def __init__(self, meter: Meter) -> None:
        def seconds(name: str, of: str, bounds: tuple[float, ...]) -> Histogram:
            return meter.create_histogram(name, "s", of, explicit_bucket_boundaries_advisory=bounds)

        self.inference = seconds(
            semconv.GEN_AI_INFERENCE_DURATION, "Duration of a model call", _MODEL_SECONDS
        )
        self.first_chunk = seconds(
            semconv.GEN_AI_INFERENCE_TIME_TO_FIRST_CHUNK,
            "Time to the first chunk",
            _FIRST_CHUNK_SECONDS,
        )
        self.durations: dict[str, Histogram] = {
            "invoke_agent": seconds(
                semconv.GEN_AI_INVOKE_AGENT_DURATION, "Duration of an agent", _AGENT_SECONDS
            ),
            "invoke_workflow": seconds(
                semconv.GEN_AI_INVOKE_WORKFLOW_DURATION, "Duration of a workflow", _AGENT_SECONDS
            ),
            "execute_tool": seconds(
                semconv.GEN_AI_EXECUTE_TOOL_DURATION, "Duration of a tool call", _AGENT_SECONDS
            ),
        }
        self.other = seconds(
            semconv.GEN_AI_OPERATION_DURATION, "Duration of an operation", _MODEL_SECONDS
        )
        self.tokens: dict[str, Counter] = {
            attribute: meter.create_counter(
                attribute.replace("gen_ai.usage.", "gen_ai.client.inference.usage."),
                "{token}",
                "Tokens used",
            )
            for attribute in _COUNTED
        }

    def record(
        self,
        operation: Operation,
        attributes: Mapping[str, AttributeValue],
        seconds: float,
        span: Span,
    ) -> None:
        """Record the end of `operation`, with `span` as exemplar."""
        dimensions: dict[str, AttributeValue] = {semconv.GEN_AI_OPERATION_NAME: operation.name}
        if operation.provider is not None:
            dimensions[semconv.GEN_AI_PROVIDER_NAME] = operation.provider
        for key in _DIMENSIONS:
            value = attributes.get(key, operation.attributes.get(key))
            if value is not None:
                dimensions[key] = value
        context = set_span_in_context(span)
        if operation.name not in INFERENCE:
            self.durations.get(operation.name, self.other).record(seconds, dimensions, context)
            return
        self.inference.record(seconds, dimensions, context)
        first_chunk = attributes.get(semconv.GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK)
        if isinstance(first_chunk, float):
            self.first_chunk.record(first_chunk, dimensions, context)
        for key, counter in self.tokens.items():
            count = attributes.get(key)
            if isinstance(count, int) and count > 0:
                counter.add(count, dimensions, context)


@dataclass(slots=True)
class Telemetry:
    """What an instrumented library writes with.

    `metrics` and `logger` are None where nobody reads them. `http_spans`: whether HTTP instrumentations may
    make a span of their own inside a model call."""

    tracer: Tracer
    content: ContentPolicy
    metrics: Metrics | None = None
    logger: Logger | None = None
    http_spans: bool = False


_current: Telemetry | None = None


def current() -> Telemetry | None:
    """The telemetry in use; None before `instrument()` and after `uninstrument()`."""
    return _current


def use(telemetry: Telemetry | None) -> None:
    """Make `telemetry` the one in use."""
    global _current
    _current = telemetry


__all__ = ["MODEL_CALLS", "SCHEMA_URL", "SCOPE", "Metrics", "Telemetry", "current", "use"]
