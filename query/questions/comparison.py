"""Two traces compared: the rows of both, the contents of their model calls and tools up to a bound, then steps."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

from ..analysis.alignment import Steps, align
from ..analysis.comparison import Comparing, Match, Pair, counts, pairs, summary
from ..analysis.content import Content
from ..analysis.content_difference import content_difference
from ..analysis.messages import Said
from ..analysis.outline import Outline
from ..answers.comparison import Alignment, Comparison, StepContent
from ..reader import Reader
from .analysis import rows_of
from .trace import trace_parameters
from .transcript import span_contents

# Of each trace: as many conversations as are in memory at a time, and as may take a second to compare.
_MAX_CONTENTS = 300
_SPOKEN = ("turn", "tool", "agent")


class _Side:
    """One of the two traces, with the contents that are compared."""

    def __init__(self, reader: Reader, project: str, trace_id: str) -> None:
        parameters = trace_parameters(reader, project, trace_id)
        self.outline = Outline(rows_of(reader, parameters))
        spoken = [place.span for place in self.outline.places if place.type in _SPOKEN]
        self.spoken = len(spoken)
        self.contents: dict[int, Content] = span_contents(
            reader, parameters, self.outline.trace, spoken[:_MAX_CONTENTS]
        )

    def steps(self) -> Steps:
        """The spans, calls of a model with what they were told."""
        told: dict[int, Hashable] = {}
        for span, content in self.contents.items():
            if content.gen_ai is not None:
                said = Said.of(content.gen_ai)
                told[span] = (said.system, said.input)
        return Steps(self.outline, told)


def compare_traces(
    reader: Reader, project: str, left_id: str, right_id: str, limit: int, max_chars: int
) -> Comparison:
    """The answer `Comparison`; of more steps than `limit` those that differ most."""
    left, right = _Side(reader, project, left_id), _Side(reader, project, right_id)
    aligned = align(left.steps(), right.steps())

    def difference(one: int, other: int) -> StepContent | None:
        return content_difference(left.contents.get(one), right.contents.get(other), max_chars)

    comparing = Comparing(left.outline, right.outline, aligned, difference)
    listed = pairs(left.outline, right.outline, aligned)
    contents = {pair: comparing.content(pair) for pair in listed if pair.left in left.contents}
    matches = [(pair, comparing.match(pair, contents.get(pair))) for pair in listed]
    number = counts(matches)
    shown = _most_different(left.outline, right.outline, matches, limit)
    return Comparison(
        left=summary(left.outline),
        right=summary(right.outline),
        same=number["same"],
        changed=number["changed"],
        moved=number["moved"],
        left_only=number["left_only"],
        right_only=number["right_only"],
        alignment=Alignment(
            sibling_lists=aligned.sibling_lists,
            by_occurrence=aligned.by_occurrence,
            contents_compared=len(left.contents) + len(right.contents),
            contents=left.spoken + right.spoken,
        ),
        steps=[comparing.step(pair, match, contents.get(pair)) for pair, match in shown],
        step_count=len(matches),
    )


def _most_different(
    left: Outline, right: Outline, matches: Sequence[tuple[Pair, Match]], limit: int
) -> list[tuple[Pair, Match]]:
    """At most `limit` steps in their order: what is not the same first, then GenAI's, then by difference in time."""
    if len(matches) <= limit:
        return list(matches)

    def rank(place: int) -> tuple[Any, ...]:
        pair, match = matches[place]
        if pair.left is None or pair.right is None:
            return (False, False, 0, place)
        is_gen_ai = bool(right.trace.operation[pair.right])
        took = right.trace.duration[pair.right] - left.trace.duration[pair.left]
        return (match == "same", not is_gen_ai, -abs(took), place)

    kept = sorted(range(len(matches)), key=rank)[:limit]
    return [matches[place] for place in sorted(kept)]
