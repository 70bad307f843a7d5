"""What a trace's wall clock was spent on: every stretch of the critical path has one category.

A stretch counts as what its span itself is, not as what the span belongs to: a tool's call to a database is database.
The exception is a call of a model: whatever is below it and is no GenAI span of its own (the HTTP client, a
server that answers it) is how the call was carried, and counts as the call. Where the moment of a call's first chunk is
known, the stretch is split there into waiting and decoding.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..answers.critical_path import Category
from .critical_path import IDLE, Stretch
from .rows import TraceRows

MODEL_CALLS = frozenset(
    {
        "chat",
        "generate_content",
        "text_completion",
        "fetch_response",
        "image_generation",
        "speech",
        "transcription",
    }
)
"""Operations that make a model generate."""
AGENTS = frozenset({"invoke_agent", "invoke_workflow", "create_agent", "plan"})
RETRIEVALS = frozenset({"retrieval", "rerank", "search_memory"})

_CATEGORIES: dict[str, Category] = {
    **dict.fromkeys(MODEL_CALLS, "llm"),
    **dict.fromkeys(AGENTS, "agent"),
    **dict.fromkeys(RETRIEVALS, "retrieval"),
    "embeddings": "embedding",
    "execute_tool": "tool",
}
_PROTOCOLS: dict[str, Category] = {"http": "http", "database": "database"}
_CARRIED = MODEL_CALLS | {"embeddings"}


class Segment(NamedTuple):
    """A stretch, or a part of one, of one category; Unix nanoseconds."""

    span: int
    start: int
    end: int
    category: Category


def segments(trace: TraceRows, stretches: Iterable[Stretch]) -> Iterator[Segment]:
    """The stretches with their categories, in their order."""
    calls = _Calls(trace)
    for span, start, end in stretches:
        if span == IDLE:
            yield Segment(span, start, end, "idle")
            continue
        call = calls.of(span)
        category = category_of(trace, span if call is None else call)
        first = 0
        if category == "llm" and call is not None and trace.first_chunk[call]:
            first = trace.start[call] + trace.first_chunk[call]
        if not first:
            yield Segment(span, start, end, category)
            continue
        if start < first:
            yield Segment(span, start, min(end, first), "llm_wait")
        if end > first:
            yield Segment(span, max(start, first), end, "llm_decode")


def category_of(trace: TraceRows, span: int) -> Category:
    """What the span itself is."""
    operation = trace.operation[span]
    if operation:
        return _CATEGORIES.get(operation, "own")
    if trace.kind[span] in ("Client", "Producer"):
        return _PROTOCOLS.get(trace.protocol[span], "client")
    return "own"


class _Calls:
    """The call of a model that a span belongs to, asked for many spans of one trace."""

    def __init__(self, trace: TraceRows) -> None:
        self._trace = trace
        self._known: dict[int, int | None] = {}

    def of(self, span: int) -> int | None:
        """The nearest call at or above `span` with nothing of GenAI between; a loop, for traces are deep."""
        operation, parent, known = self._trace.operation, self._trace.parent, self._known
        passed: list[int] = []
        at = span
        while at >= 0 and at not in known and not operation[at]:
            passed.append(at)
            at = parent[at]
        if at < 0:
            call = None
        elif at in known:
            call = known[at]
        else:
            call = known[at] = at if operation[at] in _CARRIED else None
        for each in passed:
            known[each] = call
        return call
