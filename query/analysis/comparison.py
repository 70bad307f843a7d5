"""Two aligned traces as a list of steps, in the order of the right one; what only the left has stands where it stood.

Latency and tokens always differ a little: they are told for every pair and make none `changed`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Literal, NamedTuple

from ..answers.comparison import (
    ComparedStep,
    ComparedTrace,
    StepContent,
    StepPair,
    ValueDifference,
)
from ..views.span import STATUS_CODES
from .alignment import Aligned
from .outline import Outline, dollars_of
from .rows import TraceRows

Match = Literal["same", "changed", "moved", "left_only", "right_only"]
ContentDifference = Callable[[int, int], StepContent | None]

_COMPARED = ("name", "service", "operation", "model", "agent", "tool", "status")


class Pair(NamedTuple):
    """A step of each trace, or of one; None where the other has none. `folded`: steps below that are not listed."""

    left: int | None
    right: int | None
    depth: int
    folded: int


def pairs(left: Outline, right: Outline, aligned: Aligned) -> list[Pair]:
    """All steps, a parent before its children."""
    return list(_Listing(left, right, aligned))


class _Listing:
    def __init__(self, left: Outline, right: Outline, aligned: Aligned) -> None:
        self._left = left.trace
        self._right = right.trace
        self._aligned = aligned
        self._kept_left = _with_matches_below(self._left, aligned.right_of)
        self._kept_right = _with_matches_below(self._right, aligned.left_of)

    def __iter__(self) -> Iterator[Pair]:
        pending = self._merged(list(self._left.roots), list(self._right.roots), 0)[::-1]
        while pending:
            left, right, depth = pending.pop()
            yield Pair(left, right, depth, self._folded(left, right))
            left_below = self._left.children.get(left, []) if left is not None else []
            right_below = self._right.children.get(right, []) if right is not None else []
            if right is None and left not in self._kept_left:
                continue
            if left is None and right not in self._kept_right:
                continue
            pending += self._merged(left_below, right_below, depth + 1)[::-1]

    def _merged(
        self, left: list[int], right: list[int], depth: int
    ) -> list[tuple[int | None, int | None, int]]:
        """The children of both in the order of the right; of the left only those without a match elsewhere."""
        right_of, left_of = self._aligned.right_of, self._aligned.left_of
        in_order = {span for span in left if span in right_of} - self._aligned.moved
        only_left: list[list[int]] = [[]]
        for span in left:
            if span in in_order:
                only_left.append([])
            elif span not in right_of:
                only_left[-1].append(span)
        found: list[tuple[int | None, int | None, int]] = []
        gap: list[tuple[int | None, int | None, int]] = []
        gaps = iter(only_left)
        for span in right:
            other = left_of.get(span)
            if other not in in_order:
                gap.append((other, span, depth))
                continue
            # Between two steps that both have, what was removed comes before what was added.
            found += [(removed, None, depth) for removed in next(gaps)]
            found += [*gap, (other, span, depth)]
            gap = []
        return [*found, *((removed, None, depth) for removed in next(gaps)), *gap]

    def _folded(self, left: int | None, right: int | None) -> int:
        if right is None and left is not None and left not in self._kept_left:
            return len(self._left.subtree(left)) - 1
        if left is None and right is not None and right not in self._kept_right:
            return len(self._right.subtree(right)) - 1
        return 0


def _with_matches_below(trace: TraceRows, matched: Iterable[int]) -> set[int]:
    """Spans that are matched or have a matched one below."""
    found: set[int] = set()
    for span in matched:
        at = span
        while at >= 0 and at not in found:
            found.add(at)
            at = trace.parent[at]
    return found


class Comparing:
    """Says how the steps of pairs differ."""

    def __init__(
        self, left: Outline, right: Outline, aligned: Aligned, content: ContentDifference
    ) -> None:
        self._left = left
        self._right = right
        self._aligned = aligned
        self._content = content

    def match(self, pair: Pair, content: StepContent | None = None) -> Match:
        """What kind of pair it is."""
        if pair.left is None:
            return "right_only"
        if pair.right is None:
            return "left_only"
        if pair.left in self._aligned.moved:
            return "moved"
        has_other_content = content is not None and bool(
            content.messages or content.tools or content.parameters
        )
        return "changed" if has_other_content or self.differences(pair) else "same"

    def content(self, pair: Pair) -> StepContent | None:
        """How the contents differ."""
        if pair.left is None or pair.right is None:
            return None
        return self._content(pair.left, pair.right)

    def differences(self, pair: Pair) -> list[ValueDifference]:
        """The values that differ, apart from time and tokens."""
        if pair.left is None or pair.right is None:
            return []
        before, after = _values(self._left, pair.left), _values(self._right, pair.right)
        return [
            ValueDifference(key=key, left=one, right=other)
            for key, one, other in zip(_COMPARED, before, after, strict=True)
            if one != other
        ]

    def _cost_difference(self, pair: Pair) -> float | None:
        if pair.left is None or pair.right is None:
            return None
        before, after = self._left.trace.cost[pair.left], self._right.trace.cost[pair.right]
        return None if before is None or after is None else dollars_of([after, -before])

    def step(self, pair: Pair, match: Match, content: StepContent | None) -> StepPair:
        """The pair as the answer has it."""
        left = None if pair.left is None else _step(self._left, pair.left)
        right = None if pair.right is None else _step(self._right, pair.right)
        is_pair = left is not None and right is not None
        before, after = (left, right) if is_pair else (right or left, right or left)
        assert before is not None
        assert after is not None
        return StepPair(
            depth=pair.depth,
            match=match,
            left=left,
            right=right,
            duration_difference=after.duration - before.duration,
            input_tokens_difference=after.input_tokens - before.input_tokens,
            output_tokens_difference=after.output_tokens - before.output_tokens,
            cost_difference=self._cost_difference(pair),
            differences=self.differences(pair),
            content=content,
            folded=pair.folded,
        )


def counts(matches: list[tuple[Pair, Match]]) -> Counter[str]:
    """How many steps of each kind there are, folded ones included."""
    found: Counter[str] = Counter()
    for pair, match in matches:
        found[match] += 1 + pair.folded
    return found


def summary(outline: Outline) -> ComparedTrace:
    """One of the two as a whole."""
    trace, usage = outline.trace, outline.usage(outline.trace.pre_order)
    return ComparedTrace(
        trace_id=trace.trace_id,
        start_time_unix_nano=str(trace.total.start_nano),
        duration_nano=trace.total.end_nano - trace.total.start_nano,
        span_count=trace.total.span_count,
        shown_span_count=len(trace),
        error_count=trace.total.error_count,
        model_calls=usage.model_calls,
        input_tokens=usage.input_tokens,
        output_tokens=usage.output_tokens,
        cost=usage.cost,
    )


def _values(outline: Outline, span: int) -> tuple[str, ...]:
    trace = outline.trace
    return (
        trace.name[span],
        trace.service[span],
        trace.operation[span],
        trace.model[span],
        trace.agent[span],
        trace.tool[span],
        # Most spans set no status, which is no difference from saying that all is well.
        "ERROR" if trace.status[span] == "Error" else "OK",
    )


def _step(outline: Outline, span: int) -> ComparedStep:
    trace = outline.trace
    parent = trace.parent[span]
    return ComparedStep(
        span_id=trace.span_id[span],
        parent_span_id=trace.span_id[parent] if parent >= 0 else "",
        name=trace.name[span],
        service=trace.service[span],
        operation=trace.operation[span],
        model=trace.model[span],
        agent=outline.agent_name(span),
        tool=trace.tool[span],
        start=trace.start[span] - trace.total.start_nano,
        duration=trace.duration[span],
        status=STATUS_CODES.get(trace.status[span], "UNSET"),
        input_tokens=trace.input_tokens[span],
        output_tokens=trace.output_tokens[span],
        cost=dollars_of([trace.cost[span]]),
    )
