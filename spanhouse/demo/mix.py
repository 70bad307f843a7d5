"""Which traces are sent and when: a few notable ones just now, ordinary ones over the last hour.

Pure: the same dice and the same `now` give the same mix.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from .agent import late_parcel, short_question
from .batch import index_catalog
from .plan import Step, nano
from .shop import add_to_cart, checkout, deadlock, declined, home, product, settlement

HOUR = 3_600_000_000_000
_SECOND = 1_000_000_000

Ordinary = Callable[[random.Random, float], Step]

_TRAFFIC: tuple[tuple[Ordinary, int], ...] = (
    (home, 30),
    (product, 30),
    (add_to_cart, 14),
    (checkout, 10),
    (short_question, 12),
    (declined, 4),
)
_SETTLED_ORDERS = 6


@dataclass(frozen=True)
class Trace:
    """A plan and its start in nanoseconds; notable ones have a title."""

    start: int
    root: Step
    title: str = ""


def mix(dice: random.Random, count: int, now: int) -> list[Trace]:
    """The whole mix, in the order of time: `count` ordinary traces, the notable ones, and a settlement."""
    ordinary = [_at(dice, now - offset, _slowness(offset)) for offset in _offsets(dice, count)]
    notable = [
        _ending(now - 95 * _SECOND, index_catalog(dice), "a batch job of 5,000 spans"),
        _ending(now - 30 * _SECOND, deadlock(dice), "a checkout that fails, with its stack trace"),
        _ending(now - 20 * _SECOND, checkout(dice, 1.3), "a checkout through four services"),
        _ending(
            now - 5 * _SECOND,
            late_parcel(dice),
            "an agent with tools, retrieval and a second agent",
        ),
    ]
    orders = tuple(
        step.key for trace in [*ordinary, notable[2]] for step in trace.root.walk() if step.key
    )
    settled = _ending(now - 2 * _SECOND, settlement(dice, orders[-_SETTLED_ORDERS:]))
    return sorted([*ordinary, *notable, settled], key=lambda trace: trace.start)


def ordinary_now(dice: random.Random, now: int) -> Trace:
    """One ordinary trace that has just ended."""
    return _ending(now, _draw(dice, 1.0))


def _offsets(dice: random.Random, count: int) -> list[int]:
    """How long ago, oldest first; the last two minutes are left to the notable ones."""
    return sorted(
        (round(dice.uniform(120 * _SECOND, HOUR - 60 * _SECOND)) for _ in range(count)),
        reverse=True,
    )


def _slowness(offset: int) -> float:
    """From 30 to 22 minutes ago the database was slow: a bump to find in the scatter."""
    minutes = offset / (60 * _SECOND)
    return 4.5 if 22 < minutes < 30 else 1.0


def _at(dice: random.Random, start: int, slow: float) -> Trace:
    if slow > 1 and dice.random() < 0.2:
        return Trace(start, deadlock(dice, slow))
    return Trace(start, _draw(dice, slow))


def _draw(dice: random.Random, slow: float) -> Step:
    draw = dice.choices([ordinary for ordinary, _ in _TRAFFIC], [weight for _, weight in _TRAFFIC])[
        0
    ]
    return draw(dice, slow * dice.lognormvariate(0, 0.3))


def _ending(end: int, root: Step, title: str = "") -> Trace:
    return Trace(end - max(root.took, nano(1)), root, title)
