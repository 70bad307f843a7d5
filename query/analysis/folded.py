"""The span tree with repetition folded: siblings of one name become one line, and so do their children.

The lines of a digest are chosen by the time they stand for, a parent always before its children, so that a few lines
show where a large trace spent it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from heapq import heappop, heappush
from typing import NamedTuple

from ..answers.digest import DigestSpans
from .outline import Outline
from .shown import cut


class Fold(NamedTuple):
    """Spans of one service and name whose parents are one fold."""

    spans: list[int]
    depth: int
    place: tuple[int, ...]
    """Sorts folds in pre-order."""


def folds(outline: Outline, takes: Callable[[DigestSpans], bool]) -> tuple[list[DigestSpans], int]:
    """The lines that are taken, in the order of the tree, and how many lines there are in all.

    Args:
        outline: of the trace.
        takes: asked for each line, the one that stands for most time first; below one that is not taken none is.
    """
    waiting: list[tuple[int, tuple[int, ...], Fold]] = []
    all_folds = 0

    def offer(spans: list[int], depth: int, above: tuple[int, ...]) -> None:
        nonlocal all_folds
        for number, alike in enumerate(_alike(outline, spans)):
            all_folds += 1
            took = sum(outline.trace.duration[span] for span in alike)
            place = (*above, number)
            heappush(waiting, (-took, place, Fold(alike, depth, place)))

    offer(outline.trace.roots, 0, ())
    found: list[tuple[tuple[int, ...], DigestSpans]] = []
    while waiting:
        fold = heappop(waiting)[2]
        line = _line(outline, fold)
        if fold.depth < _MAX_DEPTH and takes(line):
            found.append((fold.place, line))
            children = outline.trace.children
            offer(
                [child for span in fold.spans for child in children.get(span, ())],
                fold.depth + 1,
                fold.place,
            )
        else:
            all_folds += _folds_below(outline, fold.spans)
    return [line for _, line in sorted(found, key=lambda item: item[0])], all_folds


# A place is as long as its depth, and nobody reads deeper.
_MAX_DEPTH = 60


def _alike(outline: Outline, spans: list[int]) -> list[list[int]]:
    trace = outline.trace
    found: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for span in spans:
        found[trace.service[span], trace.name[span]].append(span)
    return sorted(found.values(), key=lambda alike: (trace.start[alike[0]], alike[0]))


def _folds_below(outline: Outline, spans: list[int]) -> int:
    """How many folds the descendants of a fold make."""
    found = 0
    pending = [spans]
    children = outline.trace.children
    while pending:
        below = [child for span in pending.pop() for child in children.get(span, ())]
        groups = _alike(outline, below)
        found += len(groups)
        pending += groups
    return found


def _line(outline: Outline, fold: Fold) -> DigestSpans:
    trace, spans = outline.trace, fold.spans
    durations = sorted(trace.duration[span] for span in spans)
    calls = [span for span in spans if trace.counted[span]]
    return DigestSpans(
        depth=fold.depth,
        name=cut(trace.name[spans[0]]),
        service=cut(trace.service[spans[0]]),
        count=len(spans),
        p50_duration_nano=durations[(len(durations) - 1) // 2],
        max_duration_nano=durations[-1],
        error_count=sum(trace.status[span] == "Error" for span in spans),
        input_tokens=sum(trace.input_tokens[span] for span in calls),
        output_tokens=sum(trace.output_tokens[span] for span in calls),
        span_id=trace.span_id[max(spans, key=lambda span: trace.duration[span])],
    )
