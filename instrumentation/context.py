"""What a span inherits from the code around it: session, user, tags; and whether a model call is already being told.

All of it lives in OpenTelemetry's context, so it follows threads and tasks as that does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, cast

from opentelemetry import context as otel
from opentelemetry.context import Context
from opentelemetry.trace import get_current_span

from . import semconv

if TYPE_CHECKING:
    from opentelemetry.trace import Span
    from opentelemetry.util.types import AttributeValue

_INHERITED: Final = otel.create_key("spanhouse-inherited")
_CALL: Final = otel.create_key("spanhouse-model-call")
_RUN: Final = otel.create_key("spanhouse-run")
# By value, so that opentelemetry-instrumentation, which defines the same, need not be installed.
_SUPPRESSED: Final = ("suppress_instrumentation", otel._SUPPRESS_INSTRUMENTATION_KEY)
SUPPRESS_HTTP: Final = otel._SUPPRESS_HTTP_INSTRUMENTATION_KEY


def is_suppressed() -> bool:
    """Whether the code around asked for no telemetry (`suppress_instrumentation()` of
    opentelemetry-instrumentation)."""
    current = otel.get_current()
    return any(current.get(key) for key in _SUPPRESSED)


class ModelCall:
    """A model call that is under way; in the context of what runs inside it.

    `framework`: of a layer above the provider's SDK, which has a span only if no layer inside it did. `around`: the one
    it is inside. `told`: whether some layer has a span for it.
    """

    __slots__ = ("around", "framework", "told")

    def __init__(self, framework: bool, around: ModelCall | None = None) -> None:
        self.framework = framework
        self.around = around
        self.told = not framework

    def tell(self) -> None:
        """Some layer has a span for it, and so for each framework's call around it."""
        call: ModelCall | None = self
        while call is not None and not call.told:
            call.told = True
            call = call.around


class Run:
    """A run that a library tells by callbacks; in the context of what runs inside it.

    `span`: what is current inside it. `before`: the context it began in.
    """

    __slots__ = ("before", "ended", "span")

    def __init__(self, span: Span, before: Context) -> None:
        self.span = span
        self.before = before
        self.ended = False


def inside_run(run: Run, context: Context) -> Context:
    """`context` as the one inside `run`."""
    return otel.set_value(_RUN, run, context)


def living(context: Context) -> Context:
    """`context`, or the one before it where it is that of a run that has ended.

    An asynchronous stream that its reader leaves ends in a task of the event loop's, which cannot restore the
    reader's context.
    """
    while (
        isinstance(run := context.get(_RUN), Run)
        and run.ended
        and get_current_span(context) is run.span
    ):
        context = run.before
    return context


def model_call(context: Context | None = None) -> ModelCall | None:
    """The innermost model call under way in `context` (the current one)."""
    return cast("ModelCall | None", otel.get_value(_CALL, context))


def inside_model_call(call: ModelCall, context: Context | None = None) -> Context:
    return otel.set_value(_CALL, call, context)


def inherited(context: Context | None = None) -> Mapping[str, AttributeValue]:
    """Attributes that each span started in `context` gets."""
    return cast("Mapping[str, AttributeValue]", otel.get_value(_INHERITED, context) or {})


@contextmanager
def attributes(values: Mapping[str, AttributeValue]) -> Iterator[None]:
    """Each span started in the block, in whatever library, gets `values`."""
    token = otel.attach(otel.set_value(_INHERITED, {**inherited(), **values}))
    try:
        yield
    finally:
        otel.detach(token)


@contextmanager
def session(session_id: str) -> Iterator[None]:
    """Spans started in the block belong to the session (conversation) `session_id`: `session.id`,
    `gen_ai.conversation.id`."""
    with attributes({semconv.SESSION_ID: session_id, semconv.GEN_AI_CONVERSATION_ID: session_id}):
        yield


@contextmanager
def user(user_id: str) -> Iterator[None]:
    """Spans started in the block are of the user `user_id`: `user.id`."""
    with attributes({semconv.USER_ID: user_id}):
        yield


@contextmanager
def tags(*names: str, **values: AttributeValue) -> Iterator[None]:
    """Spans started in the block carry `spanhouse.tags` (names, added to those around) and `values` as
    attributes of their own."""
    before = cast("tuple[str, ...]", inherited().get(semconv.SPANHOUSE_TAGS, ()))
    both = tuple(dict.fromkeys((*before, *names)))
    with attributes({**({semconv.SPANHOUSE_TAGS: both} if both else {}), **values}):
        yield
