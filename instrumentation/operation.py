"""One operation of a library, from its start to its end: a span, its metrics, and an event where that is asked for.

A library says what was asked (`Operation`) and what came back (`Answer`); everything else is here once.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from opentelemetry import context as otel
from opentelemetry._logs import LogRecord, SeverityNumber
from opentelemetry.trace import (
    INVALID_SPAN,
    Span,
    SpanKind,
    Status,
    StatusCode,
    set_span_in_context,
)

from . import semconv
from .context import SUPPRESS_HTTP, ModelCall, inside_model_call, living, model_call
from .errors import guarded

if TYPE_CHECKING:
    from opentelemetry._logs import Logger
    from opentelemetry.context import Context
    from opentelemetry.util.types import AttributeValue

    from .telemetry import Telemetry

Attributes: TypeAlias = "Mapping[str, AttributeValue | None]"
Content: TypeAlias = Callable[[], Mapping[str, object]]

INFERENCE: Final = frozenset({"chat", "generate_content", "text_completion", "fetch_response"})
MODEL_CALLS: Final = INFERENCE | {
    "embeddings",
    "rerank",
    "image_generation",
    "speech",
    "transcription",
}
"""The operations that ask a model: of them there is one span per request of the provider."""


@dataclass(slots=True)
class Operation:
    """What was asked.

    `name`: `gen_ai.operation.name`. `subject`: the model, tool, agent or workflow; the span is called `{name}
    {subject}`. `attributes`: those that are None are left out. `content`: asked for only when content is
    captured; attribute -> what is written there, a text as it is and the rest as JSON. `kind`: CLIENT for what
    leaves the process, else INTERNAL. `framework`: a model call of a layer above the provider's SDK: told at
    its end, and only if nothing inside told it."""

    name: str
    subject: str | None = None
    provider: str | None = None
    attributes: Attributes = field(default_factory=dict)
    content: Content | None = None
    kind: SpanKind = SpanKind.CLIENT
    framework: bool = False


@dataclass(slots=True)
class Answer:
    """What came back, as in Operation. `error`: the `error.type` of an answer that tells of a failure without
    an exception."""

    attributes: Attributes = field(default_factory=dict)
    content: Content | None = None
    error: str | None = None


class Invocation:
    """An operation under way; the library runs in `context`. `end` and `fail` count once, whichever comes first."""

    __slots__ = (
        "_answer", "_began", "_first_chunk", "_over", "_parent", "_started", "call", "context", "ended",
        "operation", "span", "telemetry",
    )  # fmt: skip

    def __init__(
        self, telemetry: Telemetry, operation: Operation, parent: Context | None = None
    ) -> None:
        self.telemetry = telemetry
        self.operation = operation
        self.ended = False
        self.call: ModelCall | None = None
        self.span: Span = INVALID_SPAN
        self._answer = Answer()
        self._first_chunk: float | None = None
        self._over: tuple[int, float] | None = None
        self._started = time.time_ns()
        self._began = time.perf_counter()
        self.context = self._parent = living(otel.get_current() if parent is None else parent)
        if operation.name in MODEL_CALLS:
            around = model_call(self._parent)
            if around is not None and not operation.framework:
                around.tell()
            self.call = ModelCall(operation.framework, around)
            self.context = inside_model_call(self.call, self.context)
        if not operation.framework:
            self._open()
            self.context = set_span_in_context(self.span, self.context)
            if self.call is not None and not telemetry.http_spans:
                self.context = otel.set_value(SUPPRESS_HTTP, True, self.context)

    def _open(self) -> None:
        operation = self.operation
        attributes: dict[str, AttributeValue] = {semconv.GEN_AI_OPERATION_NAME: operation.name}
        if operation.provider is not None:
            attributes[semconv.GEN_AI_PROVIDER_NAME] = operation.provider
        _add(attributes, operation.attributes)
        name = f"{operation.name} {operation.subject}" if operation.subject else operation.name
        self.span = self.telemetry.tracer.start_span(
            name, self._parent, operation.kind, attributes, start_time=self._started
        )
        self._write(operation.content)

    def chunk(self) -> None:
        """A chunk of a stream has come; the time of the first is kept."""
        if self._first_chunk is None:
            self._first_chunk = time.perf_counter() - self._began

    def over(self) -> None:
        """The operation is over now, though more will be said of it before `end`."""
        self._over = time.time_ns(), time.perf_counter()

    def answer(self, answer: Answer) -> None:
        """Say what came back; it is written at the end."""
        self._answer = answer

    def fail(self, error: BaseException) -> None:
        """End with the exception `error`, which goes on to the program."""
        self.end(error)

    def end(self, error: BaseException | None = None) -> None:
        """End the span and record the metrics."""
        if self.ended:
            return
        self.ended = True
        with guarded(f"ending {self.operation.name}"):
            if self.operation.framework:
                if self.call is not None and self.call.told:
                    return
                if self.call is not None:
                    self.call.tell()
                self._open()
            self._close(error)

    def _close(self, error: BaseException | None) -> None:
        ended, clock = self._over or (None, time.perf_counter())
        seconds = clock - self._began
        answered: dict[str, AttributeValue] = {}
        _add(answered, self._answer.attributes)
        if self._first_chunk is not None and self.operation.name in INFERENCE:
            answered[semconv.GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK] = self._first_chunk
        failure = error_type(error) if error is not None else self._answer.error
        if failure is not None:
            answered[semconv.ERROR_TYPE] = failure
        try:
            if self.span.is_recording():
                self.span.set_attributes(answered)
                self._write(self._answer.content)
                if error is not None:
                    self.span.record_exception(error)
                if failure is not None:
                    self.span.set_status(
                        Status(StatusCode.ERROR, str(error) if error is not None else None)
                    )
        finally:
            self.span.end(ended)
        if self.telemetry.metrics is not None:
            self.telemetry.metrics.record(self.operation, answered, seconds, self.span)
        if (
            self.telemetry.logger is not None
            and self.telemetry.content.events
            and self.call is not None
        ):
            self._tell_event(self.telemetry.logger, answered)

    def _tell_event(self, logger: Logger, answered: Mapping[str, AttributeValue]) -> None:
        """The event `gen_ai.client.inference.operation.details`: what the span says, its content structured."""
        policy = self.telemetry.content
        told: dict[str, Any] = {
            semconv.GEN_AI_OPERATION_NAME: self.operation.name,
            semconv.GEN_AI_PROVIDER_NAME: self.operation.provider,
            **self.operation.attributes,
            **answered,
        }
        for content in (self.operation.content, self._answer.content):
            if content is not None:
                told |= {key: policy.plain(value) for key, value in content().items()}
        logger.emit(
            LogRecord(
                timestamp=time.time_ns(),
                context=set_span_in_context(self.span),
                severity_number=SeverityNumber.DEBUG,
                event_name=semconv.GEN_AI_INFERENCE_DETAILS,
                attributes={key: value for key, value in told.items() if value is not None},
            )
        )

    def _write(self, content: Content | None) -> None:
        """Write what `content` gives as attributes; what cannot be read is left out and told in the log."""
        policy = self.telemetry.content
        if content is None or not policy.spans or not self.span.is_recording():
            return
        with guarded(f"reading the content of {self.operation.name}"):
            written = {
                key: policy.text(value) if isinstance(value, str) else policy.json(value)
                for key, value in content().items()
                if value is not None
            }
            self.span.set_attributes(written)


def _add(to: dict[str, AttributeValue], attributes: Attributes) -> None:
    for key, value in attributes.items():
        if value is not None:
            to[key] = value


def error_type(error: BaseException) -> str:
    """`error.type` of an exception: its class, with its module unless built in."""
    kind = type(error)
    return (
        kind.__qualname__
        if kind.__module__ == "builtins"
        else f"{kind.__module__}.{kind.__qualname__}"
    )
