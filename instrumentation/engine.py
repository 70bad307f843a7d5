"""The table of targets per library, walked to wrap and to unwrap; and what a wrapped call does, whatever it returns.

A call is traced by its result: a value, an awaitable, a stream, or what only holds one of these. The library's
own exception passes through untouched; ours never leaves (errors.py)."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

import wrapt
from opentelemetry import context as otel
from opentelemetry.trace import get_current_span

from . import semconv, telemetry
from .context import is_suppressed, model_call
from .errors import guarded, swallow
from .operation import MODEL_CALLS, Answer, Invocation, Operation
from .streams import Fold, NoFold, follow_stream, is_awaitable, is_stream

if TYPE_CHECKING:
    from .content import ContentPolicy
    from .telemetry import Telemetry


@dataclass(slots=True)
class Call:
    """A call of a wrapped function. `args` and `kwargs` may be changed before the function is called."""

    function: Callable[..., Any]
    instance: Any
    args: tuple[Any, ...]
    kwargs: dict[str, Any]

    def argument(self, name: str, position: int | None = None, default: Any = None) -> Any:
        """The argument `name`, given by keyword or at `position`."""
        if name in self.kwargs:
            return self.kwargs[name]
        return (
            self.args[position] if position is not None and position < len(self.args) else default
        )


@dataclass(frozen=True, slots=True)
class Target:
    """A function to wrap: `path` ("Class.method" or "function") in `module`.

    `begin` says what is asked, or None for a call that is not traced. `answer` says what came back. `fold`
    makes of a stream's chunks what came back. `follow` replaces both for results that are neither value nor
    stream: it gets the result and the invocation, which it ends, and gives what the program gets. `optional`:
    some versions do not have it."""

    module: str
    path: str
    begin: Callable[[Call], Operation | None]
    answer: Callable[[Any], Answer] = lambda result: Answer()
    fold: Callable[[], Fold] = NoFold
    follow: Callable[[Any, Invocation], Any] | None = None
    optional: bool = False

    def __str__(self) -> str:
        return f"{self.module}.{self.path}"


Undo = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Library:
    """A library and how it is traced.

    `name`: in the report, in `include=` and `exclude=`. `distribution`: its name on PyPI. `module`: what
    programs import. `since`: the first version that works ("1.60"). `targets` are wrapped when their modules
    are imported. `switch` is called when `module` is imported and gives what undoes it: for libraries with
    hooks of their own. `environment`: variables set before the import, and restored by `uninstrument()`.
    `native`: it makes its spans itself."""

    name: str
    distribution: str
    module: str
    since: str = "0"
    targets: Sequence[Target] = ()
    switch: Callable[[Telemetry], Undo] | None = None
    environment: Callable[[ContentPolicy], Mapping[str, str]] | None = None
    native: bool = False


class Traced(wrapt.FunctionWrapper):  # type: ignore[type-arg]
    """A function of a library, wrapped by us; told from other suites' wrappers by its class."""


class Conflict(Exception):
    """A target is wrapped already, by somebody else."""


class Missing(Exception):
    """A target that each version of the library we know of has is not there."""


@dataclass(slots=True)
class Wrapped:
    """The targets of a library that are wrapped, so that they can be restored."""

    undo: list[Undo] = field(default_factory=list)

    def wrap(self, target: Target) -> None:
        """Wrap `target`, whose module is imported. Raises Conflict or Missing and then has changed nothing."""
        module = import_module(target.module)
        *parents, name = target.path.split(".")
        try:
            owner = functools.reduce(getattr, parents, module)
            # Not getattr: a static or class method must be wrapped as what it is.
            original = _raw(owner, name)
        except AttributeError as error:
            if target.optional:
                return
            raise Missing(f"{target} is not in this version") from error
        if isinstance(original, Traced):
            return
        if isinstance(original, wrapt.FunctionWrapper | wrapt.ObjectProxy):
            by = (
                getattr(getattr(original, "_self_wrapper", None), "__module__", None)
                or type(original).__module__
            )
            raise Conflict(f"{target} is wrapped already, by {by}")
        traced = Traced(original, functools.partial(_call, target))
        inherits = name not in vars(owner)
        setattr(owner, name, traced)
        self.undo.append(lambda: _restore(owner, name, traced, original, inherits))

    def unwrap(self) -> None:
        """Restore what was there, last wrapped first."""
        while self.undo:
            with guarded("restoring a library"):
                self.undo.pop()()


def _raw(owner: Any, name: str) -> Any:
    for kind in getattr(owner, "__mro__", ()):
        if name in kind.__dict__:
            return kind.__dict__[name]
    return getattr(owner, name)


def _restore(owner: Any, name: str, traced: Traced, original: Any, inherits: bool) -> None:
    if _raw(owner, name) is not traced:
        # Somebody wrapped ours since: it stays below theirs and passes calls through.
        return
    if inherits:
        delattr(owner, name)
    else:
        setattr(owner, name, original)


def _call(
    target: Target,
    wrapped: Callable[..., Any],
    instance: Any,
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
) -> Any:
    """What a wrapped function does."""
    writing = telemetry.current()
    if writing is None or is_suppressed():
        return wrapped(*args, **kwargs)
    call = Call(wrapped, instance, args, dict(kwargs))
    invocation = _begin(target, call, writing)
    if invocation is None:
        return wrapped(*call.args, **call.kwargs)
    token = otel.attach(invocation.context)
    try:
        result = wrapped(*call.args, **call.kwargs)
    except BaseException as error:
        invocation.fail(error)
        raise
    finally:
        otel.detach(token)
    return followed(result, invocation, target)


def traced(target: Target, function: Callable[..., Any], *args: Any, instance: Any = None) -> Any:
    """Call `function` as if it were wrapped as `target`: for hooks that a library calls around what it does."""
    return _call(target, function, instance, args, {})


def _begin(target: Target, call: Call, writing: Telemetry) -> Invocation | None:
    try:
        operation = target.begin(call)
        if operation is None:
            return None
        return start(operation, writing)
    except Exception as error:
        swallow(f"reading a call of {target}", error)
        return None


def start(operation: Operation, writing: Telemetry) -> Invocation | None:
    """Start `operation`; None for a model call inside one told already: by a provider's SDK, or a native span."""
    if operation.name in MODEL_CALLS:
        if (around := model_call()) is not None and not around.framework:
            return None
        around_span = get_current_span()
        attributes = getattr(around_span, "attributes", None)
        if attributes and attributes.get(semconv.GEN_AI_OPERATION_NAME) in MODEL_CALLS:
            if operation.provider is not None and not operation.framework:
                # A framework names itself, or what its model is called; the provider's SDK knows whom it asks.
                around_span.set_attribute(semconv.GEN_AI_PROVIDER_NAME, operation.provider)
            return None
    return Invocation(writing, operation)


def followed(result: Any, invocation: Invocation, target: Target) -> Any:
    """What the program gets for `result`; `invocation` ends when `result` has."""
    try:
        if isinstance(result, asyncio.Future):
            result.add_done_callback(lambda done: _settled(done, invocation, target))
            return result
        if is_awaitable(result):
            return _awaited(result, invocation, target)
        if target.follow is not None:
            return target.follow(result, invocation)
        if is_stream(result):
            return follow_stream(result, invocation, target.fold())
        invocation.answer(target.answer(result))
    except Exception as error:
        swallow(f"reading the result of {target}", error)
    invocation.end()
    return result


def _settled(done: asyncio.Future[Any], invocation: Invocation, target: Target) -> None:
    if done.cancelled():
        invocation.fail(asyncio.CancelledError())
    elif (error := done.exception()) is not None:
        invocation.fail(error)
    else:
        followed(done.result(), invocation, target)


async def _awaited(result: Any, invocation: Invocation, target: Target) -> Any:
    token = otel.attach(invocation.context)
    try:
        value = await result
    except BaseException as error:
        invocation.fail(error)
        raise
    finally:
        otel.detach(token)
    return followed(value, invocation, target)


NOTHING: Final[Undo] = lambda: None  # noqa: E731 - a name for "nothing to undo"
