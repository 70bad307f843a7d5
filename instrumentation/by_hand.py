"""Spans of the program's own code: `@trace`, `span()`, and `feedback()` on what a span did.

They work without `instrument()` too: then they write to the provider the program has set, if any.
"""

from __future__ import annotations

import functools
import inspect
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar, cast, overload

from opentelemetry import _logs
from opentelemetry import context as otel
from opentelemetry import trace as otel_trace
from opentelemetry._logs import LogRecord, SeverityNumber
from opentelemetry.trace import (
    NonRecordingSpan,
    Span,
    SpanContext,
    SpanKind,
    Status,
    StatusCode,
    TraceFlags,
)

from . import semconv, telemetry
from .content import ContentPolicy
from .errors import guarded
from .operation import error_type
from .streams import NoFold, follow_stream, is_awaitable, is_stream
from .telemetry import SCHEMA_URL, SCOPE

if TYPE_CHECKING:
    from opentelemetry.context import Context
    from opentelemetry.util.types import AttributeValue

    from .operation import Answer

Function = TypeVar("Function", bound=Callable[..., Any])
Operation = Literal[
    "invoke_agent", "invoke_workflow", "execute_tool", "retrieval", "chat", "embeddings", "plan"
]

_SUBJECTS: Final[Mapping[str, str]] = {
    "invoke_agent": semconv.GEN_AI_AGENT_NAME,
    "invoke_workflow": semconv.GEN_AI_WORKFLOW_NAME,
    "execute_tool": semconv.GEN_AI_TOOL_NAME,
    "retrieval": semconv.GEN_AI_DATA_SOURCE_ID,
    "chat": semconv.GEN_AI_REQUEST_MODEL,
    "embeddings": semconv.GEN_AI_REQUEST_MODEL,
}


def _tracer() -> otel_trace.Tracer:
    current = telemetry.current()
    return (
        current.tracer
        if current is not None
        else otel_trace.get_tracer(SCOPE, schema_url=SCHEMA_URL)
    )


def _policy() -> ContentPolicy:
    current = telemetry.current()
    return current.content if current is not None else ContentPolicy()


@contextmanager
def span(
    name: str,
    attributes: Mapping[str, AttributeValue] | None = None,
    *,
    kind: SpanKind = SpanKind.INTERNAL,
) -> Iterator[Span]:
    """A span called `name` around the block. An exception of the block marks it as failed and goes on."""
    with _tracer().start_as_current_span(
        name,
        kind=kind,
        attributes=attributes,
        record_exception=False,
        set_status_on_exception=False,
    ) as opened:
        try:
            yield opened
        except BaseException as error:
            _failed(opened, error)
            raise


@overload
def trace(function: Function, /) -> Function: ...
@overload
def trace(
    name: str | None = None,
    *,
    operation: Operation | None = None,
    attributes: Mapping[str, AttributeValue] | None = None,
    arguments: bool = True,
    result: bool = True,
) -> Callable[[Function], Function]: ...
def trace(
    name: Any = None,
    *,
    operation: Operation | None = None,
    attributes: Mapping[str, AttributeValue] | None = None,
    arguments: bool = True,
    result: bool = True,
) -> Any:
    """A span around each call of a function: sync, async, generator or async generator; `@trace` or
    `@trace("name", ...)`.

    Arguments and result are written as JSON under the policy for content (`instrument(content=)`), unless
    switched off here. `operation` makes it an agent, tool, retrieval ... of OpenTelemetry's GenAI conventions:
    the span is `{operation} {name}`, and a tool's arguments and result are where a tool's are."""
    if callable(name):
        return _Decorator(None, None, None, True, True)(name)
    return _Decorator(name, operation, attributes, arguments, result)


class _Decorator:
    def __init__(
        self,
        name: str | None,
        operation: str | None,
        attributes: Mapping[str, AttributeValue] | None,
        arguments: bool,
        result: bool,
    ) -> None:
        self._name, self._operation, self._attributes = name, operation, attributes
        self._arguments, self._result = arguments, result

    def __call__(self, function: Any) -> Any:
        signature = inspect.signature(function)

        def begin(args: tuple[Any, ...], kwargs: dict[str, Any]) -> _Traced:
            return _Traced(self, function, signature, args, kwargs)

        if (
            inspect.isasyncgenfunction(function)
            or inspect.isgeneratorfunction(function)
            or not inspect.iscoroutinefunction(function)
        ):

            @functools.wraps(function)
            def traced(*args: Any, **kwargs: Any) -> Any:
                return begin(args, kwargs).run(function, args, kwargs)

            return traced

        @functools.wraps(function)
        async def traced_coroutine(*args: Any, **kwargs: Any) -> Any:
            return await begin(args, kwargs).run(function, args, kwargs)

        return traced_coroutine

    def open(
        self,
        function: Any,
        signature: inspect.Signature,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> Span:
        name = self._name or str(function.__qualname__).replace("<locals>.", "")
        attributes: dict[str, AttributeValue] = dict(self._attributes or {})
        if (code := getattr(inspect.unwrap(function), "__code__", None)) is not None:
            attributes[semconv.CODE_FUNCTION_NAME] = (
                f"{function.__module__}.{function.__qualname__}"
            )
            attributes[semconv.CODE_FILE_PATH] = code.co_filename
            attributes[semconv.CODE_LINE_NUMBER] = code.co_firstlineno
        if self._operation is not None:
            attributes[semconv.GEN_AI_OPERATION_NAME] = self._operation
            if (subject := _SUBJECTS.get(self._operation)) is not None:
                attributes[subject] = name
            name = f"{self._operation} {name}"
        opened = _tracer().start_span(name, attributes=attributes)
        if self._arguments and opened.is_recording() and (policy := _policy()).spans:
            with guarded("reading a function's arguments"):
                bound = signature.bind(*args, **kwargs).arguments
                given = {key: value for key, value in bound.items() if key not in ("self", "cls")}
                opened.set_attribute(
                    self._key(semconv.GEN_AI_TOOL_CALL_ARGUMENTS, semconv.FUNCTION_ARGUMENTS),
                    policy.json(given),
                )
        return opened

    def returned(self, opened: Span, value: object) -> None:
        policy = _policy()
        if self._result and value is not None and opened.is_recording() and policy.spans:
            with guarded("reading a function's result"):
                text = policy.text(value) if isinstance(value, str) else policy.json(value)
                opened.set_attribute(
                    self._key(semconv.GEN_AI_TOOL_CALL_RESULT, semconv.FUNCTION_RESULT), text
                )

    def _key(self, tool: str, function: str) -> str:
        return tool if self._operation == "execute_tool" else function


class _Traced:
    """One call; has what a stream's follower asks of an invocation."""

    def __init__(
        self,
        decorator: _Decorator,
        function: Any,
        signature: inspect.Signature,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> None:
        self._decorator = decorator
        self._items: list[object] | None = None
        self.span = decorator.open(function, signature, args, kwargs)
        self.context: Context = otel_trace.set_span_in_context(self.span)
        self.ended = False

    def run(self, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        token = otel.attach(self.context)
        try:
            value = function(*args, **kwargs)
        except BaseException as error:
            self.end(error)
            raise
        finally:
            otel.detach(token)
        return self._followed(value)

    def _followed(self, value: Any) -> Any:
        if is_awaitable(value):
            return self._awaited(value)
        if is_stream(value) and (inspect.isgenerator(value) or inspect.isasyncgen(value)):
            return follow_stream(value, cast("Any", self), _Items(self))
        self._decorator.returned(self.span, value)
        self.end()
        return value

    async def _awaited(self, value: Any) -> Any:
        token = otel.attach(self.context)
        try:
            result = await value
        except BaseException as error:
            self.end(error)
            raise
        finally:
            otel.detach(token)
        return self._followed(result)

    def chunk(self) -> None:
        """A generator gave an item."""

    def answer(self, answer: Answer) -> None:
        """What the generator gave was kept by its fold."""

    def items(self, items: list[object]) -> None:
        self._items = items

    def end(self, error: BaseException | None = None) -> None:
        if self.ended:
            return
        self.ended = True
        if self._items:
            self._decorator.returned(self.span, self._items)
        if error is not None:
            _failed(self.span, error)
        self.span.end()


class _Items(NoFold):
    """The items a generator gave, the first thousand of them."""

    def __init__(self, call: _Traced) -> None:
        self._kept: list[object] = []
        call.items(self._kept)

    def add(self, chunk: Any) -> None:
        if len(self._kept) < 1_000:
            self._kept.append(chunk)


def _failed(opened: Span, error: BaseException) -> None:
    if isinstance(error, GeneratorExit):
        return
    opened.record_exception(error)
    opened.set_attribute(semconv.ERROR_TYPE, error_type(error))
    opened.set_status(Status(StatusCode.ERROR, str(error)))


def feedback(
    name: str,
    value: float | bool | str,
    *,
    span: Span | SpanContext | None = None,
    explanation: str | None = None,
    source: Literal["human", "code", "llm"] = "human",
    author: str | None = None,
) -> str:
    """Score a span: a number, True or False, or a category; `span` is the current one, or any whose context was kept.

    Sent as OpenTelemetry's event `gen_ai.evaluation.result`. Returns the annotation's id; the same id again
    replaces it. Raises ValueError without a span."""
    context = (
        otel_trace.get_current_span().get_span_context()
        if span is None
        else span
        if isinstance(span, SpanContext)
        else span.get_span_context()
    )
    if not context.is_valid:
        raise ValueError(f"feedback {name!r} has no span: call it inside a span, or give span=")
    annotation = uuid.uuid4().hex
    attributes: dict[str, Any] = {
        semconv.LOG_RECORD_UID: annotation,
        semconv.ANNOTATION_ID: annotation,
        semconv.ANNOTATION_SOURCE: source,
        semconv.EVALUATION_NAME: name,
    }
    if isinstance(value, str):
        attributes[semconv.EVALUATION_SCORE_LABEL] = value
    else:
        attributes[semconv.EVALUATION_SCORE_VALUE] = float(value)
        if isinstance(value, bool):
            attributes[semconv.EVALUATION_SCORE_LABEL] = str(value).lower()
    if explanation is not None:
        attributes[semconv.EVALUATION_EXPLANATION] = explanation
    if author is not None:
        attributes[semconv.ANNOTATION_AUTHOR] = author
    flagged = SpanContext(
        context.trace_id,
        context.span_id,
        context.is_remote,
        TraceFlags(context.trace_flags),
        context.trace_state,
    )
    _logs.get_logger(SCOPE).emit(
        LogRecord(
            timestamp=time.time_ns(),
            context=otel_trace.set_span_in_context(NonRecordingSpan(flagged)),
            severity_number=SeverityNumber.INFO,
            event_name=semconv.EVALUATION_RESULT,
            attributes=attributes,
        )
    )
    return annotation
