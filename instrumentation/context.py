"""What a span inherits from the code around it: session, user, tags; and whether a model call is already being told.

All of it lives in OpenTelemetry's context, so it follows threads and tasks as that does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, cast

from opentelemetry import context as otel
from opentelemetry.context import Context

from . import semconv

if TYPE_CHECKING:
    from opentelemetry.util.types import AttributeValue

_INHERITED: Final = otel.create_key("spanhouse-inherited")
_CALL: Final = otel.create_key("spanhouse-model-call")
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

    `framework`: of a layer above the provider's SDK, which has a span only if no layer inside it did. `told`:
    whether some layer has a span for it."""

    __slots__ = ("framework", "told")

    def __init__(self, framework: bool) -> None:
        self.framework = framework
        self.told = not framework


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
