"""A digest of a trace within a budget of characters, and the same digest for every reader of the same trace.

What a reader needs first comes first and is never left out: what the trace is, what it was asked and answered,
what its time went to. The rest of the budget goes to errors, critical path, spans and transcript, to each its share
and what the ones before left over.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from pydantic import BaseModel

from ..answers.critical_path import CategoryTime
from ..answers.digest import Digest, DigestCard, DigestError, DigestSpans, DigestStep
from ..answers.shown import ShownText
from .attribution import segments
from .critical_path import critical_path
from .folded import folds
from .outline import Outline
from .shown import cut, shown

MIN_CHARS = 2000
_MAX_NAMES = 8
# Of what is left after the sections before: errors, critical path, spans; the transcript takes the rest.
_SHARES = (0.25, 0.25, 0.4)

_Item = TypeVar("_Item", bound=BaseModel)
Measure = Callable[[BaseModel], int]
"""How many characters an item of a section, or the digest without its sections, comes to."""


@dataclass(frozen=True)
class Material:
    """What a digest is chosen from."""

    outline: Outline
    asked: str
    answered: str
    errors: Sequence[DigestError]
    errors_count: int
    cards: Sequence[DigestCard]


def digest(material: Material, max_chars: int, measure: Measure) -> Digest:
    """A digest of at most `max_chars` characters, as `measure` counts them."""
    outline = material.outline
    steps = _steps(outline)
    found = _head(material, steps, max_chars)
    left = max_chars - measure(found)

    def spend(items: Iterable[_Item], share: float) -> list[_Item]:
        nonlocal left
        taken, used = _taken(items, int(left * share), measure)
        left -= used
        return taken

    errors = spend(material.errors, _SHARES[0])
    path = spend(steps, _SHARES[1])
    budget = int(left * _SHARES[2])

    def takes(line: DigestSpans) -> bool:
        nonlocal budget, left
        size = measure(line)
        if size > budget:
            return False
        budget -= size
        left -= size
        return True

    lines, lines_count = folds(outline, takes)
    return found.model_copy(
        update={
            "errors": errors,
            "critical_path": path,
            "spans": lines,
            "spans_count": lines_count,
            "transcript": spend(material.cards, 1.0),
        }
    )


def _taken(items: Iterable[_Item], budget: int, measure: Measure) -> tuple[list[_Item], int]:
    """The first items that fit, and what they come to."""
    taken, used = [], 0
    for item in items:
        size = measure(item)
        if used + size > budget:
            break
        taken.append(item)
        used += size
    return taken, used


def _head(material: Material, steps: Sequence[DigestStep], max_chars: int) -> Digest:
    outline = material.outline
    trace = outline.trace
    root = next((root for root in trace.roots if trace.parent[root] == -1), trace.roots[0])
    services = list(dict.fromkeys(trace.service))
    models = list(dict.fromkeys(trace.model[call] for call in outline.calls))
    return Digest(
        trace_id=trace.trace_id,
        name=cut(trace.name[root]),
        service=cut(trace.service[root]),
        start_time_unix_nano=str(trace.total.start_nano),
        duration_nano=trace.total.end_nano - trace.total.start_nano,
        span_count=trace.total.span_count,
        shown_span_count=len(trace),
        error_count=trace.total.error_count,
        services=[cut(service) for service in services[:_MAX_NAMES]],
        service_count=len(services),
        models=[cut(model) for model in models[:_MAX_NAMES]],
        model_count=len(models),
        usage=outline.usage(trace.pre_order),
        attribution=_attribution(outline),
        asked=_opening(material.asked, max_chars),
        answered=_opening(material.answered, max_chars),
        errors=[],
        errors_count=material.errors_count,
        critical_path=[],
        critical_path_count=len(steps),
        spans=[],
        # Its digits are part of the budget before the lines are counted.
        spans_count=trace.total.span_count,
        transcript=[],
        transcript_count=len(outline.places),
    )


def _opening(text: str, max_chars: int) -> ShownText | None:
    return shown(text, max_chars // 10) if text else None


def _attribution(outline: Outline) -> list[CategoryTime]:
    trace = outline.trace
    found: Counter[str] = Counter()
    for segment in segments(trace, critical_path(trace)):
        found[segment.category] += segment.end - segment.start
    largest = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return [
        CategoryTime.model_validate({"category": category, "duration_nano": nano})
        for category, nano in largest
    ]


def _steps(outline: Outline) -> list[DigestStep]:
    """The spans of one name on the critical path together, what owns most first."""
    trace = outline.trace
    owned: Counter[int] = Counter()
    for stretch in critical_path(trace):
        if stretch.span >= 0:
            owned[stretch.span] += stretch.end - stretch.start
    alike: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for span in sorted(owned):
        alike[trace.service[span], trace.name[span]].append(span)
    steps = [
        DigestStep(
            name=cut(name),
            service=cut(service),
            count=len(spans),
            duration_nano=sum(owned[span] for span in spans),
            span_id=trace.span_id[max(spans, key=lambda span: owned[span])],
        )
        for (service, name), spans in alike.items()
    ]
    return sorted(steps, key=lambda step: (-step.duration_nano, step.service, step.name))


def failures(outline: Outline) -> list[list[int]]:
    """The spans that failed by service and name: first those below which nothing failed, each by the first to begin."""
    trace = outline.trace
    passed_on: set[int] = set()
    found: defaultdict[tuple[bool, str, str], list[int]] = defaultdict(list)
    failed = [span for span, status in enumerate(trace.status) if status == "Error"]
    for span in failed:
        at = trace.parent[span]
        while at >= 0 and at not in passed_on:
            passed_on.add(at)
            at = trace.parent[at]
    for span in failed:
        found[span in passed_on, trace.service[span], trace.name[span]].append(span)
    return [spans for _, spans in sorted(found.items(), key=lambda item: (item[0][0], item[1][0]))]
