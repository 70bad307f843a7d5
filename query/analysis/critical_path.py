"""The critical path: for every moment of a trace the one span that was being waited for.

A span is walked back from its end. The child that ended last before the current moment was being waited for; between
children the span itself was at work. So, in every span:

- a child that still runs at the current moment was not waited for there: parallel children count once, the one that
  ended last, and a child that overlaps the start of the one waited for does not count;
- a child counts only inside its parent's time: one that outlives it counts up to the parent's end, one that began
  before it from the parent's start, one wholly outside not at all;
- of children that end together the one that began last is taken; a span of no duration owns no time.

The whole trace is walked the same way, as if it were the parent of what has no parent here: roots, spans whose parent
has not arrived, the first span of a cycle, and of each child the time outside its parent's (work that outlives
its caller, a clock that is off). As nothing is at work between those, what runs is preferred to nothing: of those
running at a moment the one that began first is taken, cut at that moment. Where no span runs, the trace is idle.

The stretches never overlap and, in integer nanoseconds, add up to the trace's duration, or the span's.
"""

from __future__ import annotations

from collections.abc import Iterator
from heapq import heappop, heappush
from operator import itemgetter
from typing import NamedTuple

from .rows import TraceRows

IDLE = -1


class Stretch(NamedTuple):
    """From `start` to `end`, in Unix nanoseconds, the trace waited for `span`; IDLE: for nothing it knows."""

    span: int
    start: int
    end: int


def critical_path(trace: TraceRows, top: int | None = None) -> list[Stretch]:
    """The path of the trace, or of the subtree below `top`, by time; empty where that has no duration."""
    if top is None:
        visits = list(_of_the_trace(trace))
    else:
        start = trace.start[top]
        visits = [Stretch(top, start, start + trace.duration[top])]
    found = [visit for visit in visits if visit.span == IDLE]
    pending = [visit for visit in visits if visit.span != IDLE]
    while pending:
        _walk(trace, pending.pop(), found, pending)
    found.sort(key=itemgetter(1))
    return list(_joined(found))


def _walk(trace: TraceRows, visit: Stretch, found: list[Stretch], pending: list[Stretch]) -> None:
    """Split a visited stretch into what its span owns and the children it waited for."""
    span, start, now = visit
    for end, child_start, child in _last_to_end_first(trace, visit):
        if now <= start:
            break
        if end > now:
            continue
        if now > end:
            found.append(Stretch(span, end, now))
        pending.append(Stretch(child, child_start, end))
        now = child_start
    if now > start:
        found.append(Stretch(span, start, now))


def _last_to_end_first(trace: TraceRows, visit: Stretch) -> list[tuple[int, int, int]]:
    """The children (end, start, span) of the visited span, cut to the visited stretch."""
    children = trace.children.get(visit.span)
    if children is None:
        return []
    _, first, last = visit
    starts, durations = trace.start, trace.duration
    cut = []
    for child in children:
        start = starts[child]
        end = min(start + durations[child], last)
        start = max(start, first)
        if end > start:
            cut.append((end, start, child))
    # Of children alike in both the first, so the sort keeps their order.
    cut.sort(key=itemgetter(0, 1), reverse=True)
    return cut


def _of_the_trace(trace: TraceRows) -> Iterator[Stretch]:
    """Which tops the trace waited for, from its end to its start."""
    tops = sorted(_tops(trace), key=itemgetter(2), reverse=True)
    if not tops:
        return
    running: list[tuple[int, int]] = []
    now, first = tops[0][2], min(start for _, start, _ in tops)
    following = 0
    while now > first:
        while following < len(tops) and tops[following][2] >= now:
            span, start, _ = tops[following]
            heappush(running, (start, span))
            following += 1
        if running and running[0][0] < now:
            start, span = heappop(running)
            yield Stretch(span, start, now)
            now = start
        else:
            running.clear()
            yield Stretch(IDLE, tops[following][2], now)
            now = tops[following][2]


def _tops(trace: TraceRows) -> list[tuple[int, int, int]]:
    """The time (span, start, end) of spans that no parent's time covers.

    What lies inside the longest root is left out, as that root would be preferred to it: of 100,000 spans few are left.
    """
    starts, parents = trace.start, trace.parent
    ends = list(map(int.__add__, starts, trace.duration))
    longest = max(trace.roots, key=lambda root: ends[root] - starts[root])
    first, last = starts[longest], ends[longest]
    found = [(longest, first, last)]
    for span, (parent, start, end) in enumerate(zip(parents, starts, ends, strict=True)):
        if start >= first and end <= last:
            continue
        if parent < 0:
            found.append((span, start, end))
            continue
        if start < starts[parent]:
            found.append((span, start, min(end, starts[parent])))
        if end > ends[parent]:
            found.append((span, max(start, ends[parent]), end))
    return found


def _joined(stretches: list[Stretch]) -> Iterator[Stretch]:
    """Neighbours of one span become one."""
    before: Stretch | None = None
    for stretch in stretches:
        if before is not None and before.span == stretch.span and before.end == stretch.start:
            before = Stretch(before.span, before.start, stretch.end)
            continue
        if before is not None:
            yield before
        before = stretch
    if before is not None:
        yield before
