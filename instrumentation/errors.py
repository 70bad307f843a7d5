"""An error of ours never reaches the program: it is logged once per place, and the program goes on with less
telemetry."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

logger: Final = logging.getLogger("spanhouse")

_told: set[tuple[str, int]] = set()
_listeners: list[Callable[[str, BaseException], None]] = []


@contextmanager
def guarded(doing: str) -> Iterator[None]:
    """Keep an exception of the block from the program; `doing` says in a few words what was tried."""
    try:
        yield
    except Exception as error:
        swallow(doing, error)


def swallow(doing: str, error: BaseException) -> None:
    """Log `error` unless its place did before, and tell the listeners (tests fail on one: testing.py)."""
    for listener in _listeners:
        listener(doing, error)
    traceback = error.__traceback__
    while traceback is not None and traceback.tb_next is not None:
        traceback = traceback.tb_next
    place = (
        ("", 0)
        if traceback is None
        else (traceback.tb_frame.f_code.co_filename, traceback.tb_lineno)
    )
    if place in _told or sys.is_finalizing():
        return
    _told.add(place)
    logger.warning(
        "%s: %s: %s; the program goes on, with less telemetry. This place is not told again.",
        doing, type(error).__name__, error, exc_info=error,
    )  # fmt: skip


def listen(listener: Callable[[str, BaseException], None]) -> Callable[[], None]:
    """Call `listener(doing, error)` for each error from now on; returns how to stop that."""
    _listeners.append(listener)
    return lambda: _listeners.remove(listener)
