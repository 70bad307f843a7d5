"""Which span of one trace is which of another: by what they are, never by their position.

Siblings are aligned by the longest common subsequence, weighted: two spans that are the same step (service, name,
operation, model, agent, tool) weigh 3, one more if all below them is the same too and one more if a model was told the
same; spans that are alike (a call of another model, a path with another number in it) weigh 1. The roots of
traces that have one each are aligned in any case. What is left
over among siblings and is the same step was reordered. What is left over elsewhere was moved where the whole subtree
is found again, or a step that each side has left over once.

The subsequence costs n·m. Ends that are equal are taken off first; a list that is still over MAX_CELLS, or
comes when TOTAL_CELLS are used up, is aligned by the nth occurrence of each step instead, of which the longest run in
order is kept in place and the rest counts as reordered.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field

from .outline import Outline

# 500 siblings against 500: 0.1 s.
MAX_CELLS = 250_000
TOTAL_CELLS = 1_000_000

_CHANGING = re.compile(r"[0-9a-fA-F]{8,}|[0-9]+")
_SAME = 3


class Steps:
    """The spans of one trace as steps that can be compared with another trace's.

    Args:
        outline: of the trace.
        told: what some calls of a model were told, as a value that is equal where that is.
    """

    def __init__(self, outline: Outline, told: Mapping[int, Hashable]) -> None:
        trace = outline.trace
        self.trace = trace
        self.told = told
        columns = (trace.service, trace.name, trace.operation, trace.model, trace.agent, trace.tool)
        self.step: list[int] = list(map(hash, zip(*columns, strict=True)))
        self.alike: list[int] = list(
            map(hash, map(_alike, trace.operation, trace.name, trace.service, trace.tool))
        )
        self.below: list[int] = self._below()

    def _below(self) -> list[int]:
        """Of each span a number that is the same for subtrees of the same steps in the same order."""
        children, step = self.trace.children, self.step
        found = list(step)
        for span in reversed(self.trace.pre_order):
            if span in children:
                found[span] = hash((step[span], *[found[child] for child in children[span]]))
        return found


def _alike(operation: str, name: str, service: str, tool: str) -> tuple[str, str]:
    return (operation, tool) if operation else (service, _CHANGING.sub("#", name))


@dataclass
class Aligned:
    """The span of the right trace for spans of the left, and the other way round."""

    right_of: dict[int, int] = field(default_factory=dict)
    left_of: dict[int, int] = field(default_factory=dict)
    moved: set[int] = field(default_factory=set)
    """Of the left trace."""
    sibling_lists: int = 0
    by_occurrence: int = 0


def align(left: Steps, right: Steps) -> Aligned:
    """Align two traces."""
    found = _Alignment(left, right)
    found.siblings(left.trace.roots, right.trace.roots)
    found.lone_roots()
    found.moved_subtrees()
    return found.aligned


class _Alignment:
    def __init__(self, left: Steps, right: Steps) -> None:
        self._left = left
        self._right = right
        self._cells = 0
        self.aligned = Aligned()

    def siblings(self, left: Sequence[int], right: Sequence[int]) -> None:
        """Align two lists of siblings, and all below the spans that are found to be the same."""
        pending = [(left, right)]
        while pending:
            of_left, of_right = pending.pop()
            free_left = [span for span in of_left if span not in self.aligned.right_of]
            free_right = [span for span in of_right if span not in self.aligned.left_of]
            if not free_left or not free_right:
                continue
            self.aligned.sibling_lists += 1
            pairs = self._in_order(free_left, free_right)
            pairs += self._reordered(free_left, free_right)
            left_children, right_children = self._left.trace.children, self._right.trace.children
            pending += [
                (left_children[one], right_children[other])
                for one, other in pairs
                if one in left_children and other in right_children
            ]

    def lone_roots(self) -> None:
        """The root of a trace is that of the other under another name, where each has one."""
        left, right = self._left.trace, self._right.trace
        if len(left.roots) != 1 or len(right.roots) != 1 or self.aligned.right_of:
            return
        one, other = self._pair(left.roots[0], right.roots[0])
        self.siblings(left.children.get(one, []), right.children.get(other, []))

    def moved_subtrees(self) -> None:
        """Find what is left over on both sides and sits elsewhere: whole subtrees first, then single steps."""
        self._move(self._left.below, self._right.below, only_single=False)
        self._move(self._left.step, self._right.step, only_single=True)

    def _move(self, left: Sequence[int], right: Sequence[int], *, only_single: bool) -> None:
        free: defaultdict[int, deque[int]] = defaultdict(deque)
        for span in self._right.trace.pre_order:
            if span not in self.aligned.left_of:
                free[right[span]].append(span)
        times: defaultdict[int, int] = defaultdict(int)
        of_left = [s for s in self._left.trace.pre_order if s not in self.aligned.right_of]
        for span in of_left:
            times[left[span]] += 1
        for span in of_left:
            others = free.get(left[span])
            if not others or span in self.aligned.right_of:
                continue
            if only_single and (times[left[span]] > 1 or len(others) > 1):
                continue
            while others and others[0] in self.aligned.left_of:
                others.popleft()
            if not others:
                continue
            other = others.popleft()
            self._pair(span, other)
            self.aligned.moved.add(span)
            children = self._left.trace.children.get(span, [])
            self.siblings(children, self._right.trace.children.get(other, []))

    def _pair(self, left: int, right: int) -> tuple[int, int]:
        self.aligned.right_of[left] = right
        self.aligned.left_of[right] = left
        return left, right

    def _weight(self, left: int, right: int) -> int:
        if self._left.step[left] != self._right.step[right]:
            return int(self._left.alike[left] == self._right.alike[right])
        told = self._left.told.get(left)
        return (
            _SAME
            + (self._left.below[left] == self._right.below[right])
            + (told is not None and told == self._right.told.get(right))
        )

    def _is_equal(self, left: int, right: int) -> bool:
        return self._left.below[left] == self._right.below[right] and self._left.told.get(
            left
        ) == self._right.told.get(right)

    def _in_order(self, left: list[int], right: list[int]) -> list[tuple[int, int]]:
        """Pairs that keep the order of both lists."""
        first, shorter = 0, min(len(left), len(right))
        while first < shorter and self._is_equal(left[first], right[first]):
            first += 1
        last = 0
        while last < shorter - first and self._is_equal(left[-1 - last], right[-1 - last]):
            last += 1
        pairs = list(zip(left[:first], right[:first], strict=True))
        if last:
            pairs += zip(left[-last:], right[-last:], strict=True)
        inner_left = left[first : len(left) - last]
        inner_right = right[first : len(right) - last]
        cells = len(inner_left) * len(inner_right)
        if cells > MAX_CELLS or self._cells + cells > TOTAL_CELLS:
            self.aligned.by_occurrence += 1
            pairs += self._by_occurrence(inner_left, inner_right)
        elif cells:
            self._cells += cells
            pairs += self._common_subsequence(inner_left, inner_right)
        return [self._pair(one, other) for one, other in pairs]

    def _common_subsequence(self, left: list[int], right: list[int]) -> list[tuple[int, int]]:
        # best[i][j]: the weight of left[i:] against right[j:], so that reading it forwards takes earlier spans first.
        width = len(right)
        best = [[0] * (width + 1) for _ in range(len(left) + 1)]
        for i in range(len(left) - 1, -1, -1):
            row, below = best[i], best[i + 1]
            for j in range(width - 1, -1, -1):
                value = max(below[j], row[j + 1])
                weight = self._weight(left[i], right[j])
                if weight and below[j + 1] + weight > value:
                    value = below[j + 1] + weight
                row[j] = value
        pairs, i, j = [], 0, 0
        while i < len(left) and j < width:
            weight = self._weight(left[i], right[j])
            if weight and best[i][j] == best[i + 1][j + 1] + weight:
                pairs.append((left[i], right[j]))
                i, j = i + 1, j + 1
            elif best[i][j] == best[i + 1][j]:
                i += 1
            else:
                j += 1
        return pairs

    def _by_occurrence(self, left: list[int], right: list[int]) -> list[tuple[int, int]]:
        nth: defaultdict[int, deque[int]] = defaultdict(deque)
        for place, span in enumerate(right):
            nth[self._right.step[span]].append(place)
        found = [
            (span, nth[self._left.step[span]].popleft())
            for span in left
            if nth.get(self._left.step[span])
        ]
        kept = longest_increasing([place for _, place in found])
        return [(found[index][0], right[found[index][1]]) for index in kept]

    def _reordered(self, left: list[int], right: list[int]) -> list[tuple[int, int]]:
        """Siblings that are the same step and not in order."""
        free: defaultdict[int, deque[int]] = defaultdict(deque)
        for span in right:
            if span not in self.aligned.left_of:
                free[self._right.step[span]].append(span)
        pairs = []
        for span in left:
            if span not in self.aligned.right_of and free.get(self._left.step[span]):
                self.aligned.moved.add(span)
                pairs.append(self._pair(span, free[self._left.step[span]].popleft()))
        return pairs


def longest_increasing(values: Sequence[int]) -> list[int]:
    """The indexes of a longest run of values that increases, in O(n log n)."""
    tails: list[int] = []
    tail_values: list[int] = []
    before: list[int] = []
    for index, value in enumerate(values):
        place = bisect_left(tail_values, value)
        before.append(tails[place - 1] if place else -1)
        if place == len(tails):
            tails.append(index)
            tail_values.append(value)
        else:
            tails[place] = index
            tail_values[place] = value
    found = []
    at = tails[-1] if tails else -1
    while at >= 0:
        found.append(at)
        at = before[at]
    return found[::-1]
