"""A result that arrives in parts is followed to its end, whatever ends it: drained, closed, broken or dropped.

The program gets an object that passes for the library's own (`isinstance`, attributes, `with`); each step of it
runs in the span's context, so that what the library does then belongs to the span, and what the program does
between two steps does not."""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol, cast

import wrapt
from opentelemetry import context as otel

from .errors import guarded
from .operation import Answer

if TYPE_CHECKING:
    from .operation import Invocation


class Fold(Protocol):
    """What a library makes of a stream's chunks."""

    def add(self, chunk: Any) -> None:
        """Take the next chunk."""

    def answer(self) -> Answer:
        """What came back so far."""


class NoFold:
    """For a stream whose chunks say nothing of the answer."""

    def add(self, chunk: Any) -> None:
        """Nothing to keep."""

    def answer(self) -> Answer:
        """Nothing is known."""
        return Answer()


def is_stream(result: object) -> bool:
    """Whether `result` gives its parts one after the other."""
    kind = type(result)
    return hasattr(kind, "__next__") or hasattr(kind, "__anext__")


def is_awaitable(result: object) -> bool:
    """Whether `result` is to be awaited; many functions that are not `async def` return such."""
    return inspect.isawaitable(result)


class _Followed(wrapt.ObjectProxy):  # type: ignore[type-arg]
    """What streams and context managers share."""

    def __init__(
        self,
        wrapped: object,
        invocation: Invocation,
        fold: Fold,
        chunks: Callable[[Any], Any] | None = None,
    ) -> None:
        super().__init__(wrapped)
        self._self_invocation = invocation
        self._self_fold = fold

    def _self_add(self, chunk: object) -> None:
        with guarded("reading a chunk"):
            self._self_invocation.chunk()
            self._self_fold.add(chunk)

    def _self_end(self, error: BaseException | None = None) -> None:
        invocation = self._self_invocation
        if invocation.ended:
            return
        with guarded("reading a stream's answer"):
            invocation.answer(self._self_fold.answer())
        invocation.end(error)

    def __del__(self) -> None:
        # A proxy whose __init__ failed has no invocation.
        if getattr(self, "_self_invocation", None) is not None:
            self._self_end()


class FollowedStream(_Followed):
    """A generator, or a library's stream with `__next__`."""

    def __iter__(self) -> Iterator[Any]:
        return self

    def __next__(self) -> Any:
        return self._self_step(self.__wrapped__.__next__)

    def send(self, value: Any) -> Any:
        return self._self_step(self.__wrapped__.send, value)

    def throw(self, *error: Any) -> Any:
        return self._self_step(self.__wrapped__.throw, *error)

    def close(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return self.__wrapped__.close(*args, **kwargs)
        finally:
            self._self_end()

    def _self_step(self, step: Callable[..., Any], *args: Any) -> Any:
        token = otel.attach(self._self_invocation.context)
        try:
            chunk = step(*args)
        except StopIteration:
            self._self_end()
            raise
        except BaseException as error:
            self._self_end(error)
            raise
        finally:
            otel.detach(token)
        self._self_add(chunk)
        return chunk

    def __enter__(self) -> Any:
        entered = self.__wrapped__.__enter__()
        return self if entered is self.__wrapped__ else entered

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> Any:
        try:
            return self.__wrapped__.__exit__(kind, error, traceback)
        finally:
            self._self_end(error)


class FollowedAsyncStream(_Followed):
    """An asynchronous generator, or a library's stream with `__anext__`."""

    def __aiter__(self) -> AsyncIterator[Any]:
        return cast("AsyncIterator[Any]", self)

    async def __anext__(self) -> Any:
        return await self._self_step_later(self.__wrapped__.__anext__)

    async def asend(self, value: Any) -> Any:
        return await self._self_step_later(self.__wrapped__.asend, value)

    async def athrow(self, *error: Any) -> Any:
        return await self._self_step_later(self.__wrapped__.athrow, *error)

    async def aclose(self) -> None:
        try:
            await self.__wrapped__.aclose()
        finally:
            self._self_end()

    async def close(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return await self.__wrapped__.close(*args, **kwargs)
        finally:
            self._self_end()

    async def _self_step_later(self, step: Callable[..., Awaitable[Any]], *args: Any) -> Any:
        token = otel.attach(self._self_invocation.context)
        try:
            chunk = await step(*args)
        except StopAsyncIteration:
            self._self_end()
            raise
        except BaseException as error:
            self._self_end(error)
            raise
        finally:
            otel.detach(token)
        self._self_add(chunk)
        return chunk

    async def __aenter__(self) -> Any:
        entered = await self.__wrapped__.__aenter__()
        return self if entered is self.__wrapped__ else entered

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> Any:
        try:
            return await self.__wrapped__.__aexit__(kind, error, traceback)
        finally:
            self._self_end(error)


class FollowedEitherWay(FollowedStream, FollowedAsyncStream):
    """A stream that may be read both ways."""


class FollowedIterable(FollowedStream):
    """What is iterable but no iterator, read once: botocore's event streams. A second loop over it goes on where
    the first stopped."""

    def __init__(self, wrapped: Any, invocation: Invocation, fold: Fold) -> None:
        super().__init__(wrapped, invocation, fold)
        self._self_chunks = iter(wrapped)

    def __next__(self) -> Any:
        return self._self_step(self._self_chunks.__next__)


def follow_stream(result: object, invocation: Invocation, fold: Fold) -> object:
    """`result`, a stream, as one whose end ends `invocation` with the answer of `fold`."""
    if hasattr(type(result), "__anext__") and hasattr(type(result), "__next__"):
        return FollowedEitherWay(result, invocation, fold)
    if hasattr(type(result), "__anext__"):
        return FollowedAsyncStream(result, invocation, fold)
    return FollowedStream(result, invocation, fold)
