"""The spans of one trace by column: the one row model that every analysis works on.

Index i is one span in every column, in the order of the skeleton (start, then span id), so a parent's index may be
larger than its child's. Columns rather than objects: 100,000 spans must not cost a Python object each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..views.skeleton import Totals, parents
from ..views.usage import Charged


@dataclass(frozen=True)
class TraceRows:
    """`start` in Unix nanoseconds, `duration` and `first_chunk` in nanoseconds, `parent` as in the skeleton."""

    trace_id: str
    total: Totals
    span_id: Sequence[str]
    parent: Sequence[int]
    name: Sequence[str]
    service: Sequence[str]
    start: Sequence[int]
    duration: Sequence[int]
    status: Sequence[str]
    kind: Sequence[str]
    operation: Sequence[str]
    model: Sequence[str]
    agent: Sequence[str]
    tool: Sequence[str]
    input_tokens: Sequence[int]
    output_tokens: Sequence[int]
    cost: Sequence[int | None]
    """In 10^-24 US dollars; None where it is not known, or the span calls no model."""
    counted: Sequence[bool]
    """Whether the span's tokens and cost are part of the trace's: what repeats another's is not."""
    protocol: Sequence[str]
    """http, database or "": what the attributes say the span talks."""
    first_chunk: Sequence[int]
    """After the span's start; 0 where it is not known."""

    @classmethod
    def of(
        cls,
        trace_id: str,
        columns: Mapping[str, Sequence[Any]],
        total: Totals,
        charged: Sequence[Charged | None],
    ) -> TraceRows:
        """The rows of an answer to trace_rows.sql, and for each span what it used, None of one that is not GenAI."""
        return cls(
            trace_id=trace_id,
            total=total,
            span_id=columns["SpanId"],
            parent=parents(columns["SpanId"], columns["ParentSpanId"]),
            name=columns["Name"],
            service=columns["Service"],
            start=columns["StartNano"],
            duration=columns["Duration"],
            status=columns["StatusCode"],
            kind=columns["SpanKind"],
            operation=columns["Operation"],
            model=columns["Model"],
            agent=columns["Agent"],
            tool=columns["Tool"],
            input_tokens=[0 if span is None else span.used.input_tokens for span in charged],
            output_tokens=[0 if span is None else span.used.output_tokens for span in charged],
            cost=[None if span is None else span.cost for span in charged],
            counted=[span is not None and span.counted for span in charged],
            protocol=columns["Protocol"],
            first_chunk=columns["FirstChunkNano"],
        )

    def __len__(self) -> int:
        return len(self.span_id)

    @cached_property
    def children(self) -> Mapping[int, list[int]]:
        """The children of each span that has some, by start; those of no span, of a span that is not here and of a
        cut cycle under the negative numbers of the skeleton."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        for index, parent in enumerate(self.parent):
            found[parent].append(index)
        return dict(found)

    @cached_property
    def roots(self) -> list[int]:
        """Every span without a parent here, by start."""
        return [index for index, parent in enumerate(self.parent) if parent < 0]

    def subtree(self, top: int) -> list[int]:
        """`top` and all below it, a parent before its children, siblings by start."""
        return self._pre_order([top])

    @cached_property
    def pre_order(self) -> list[int]:
        """Every span, a parent before its children, siblings by start."""
        return self._pre_order(self.roots)

    def _pre_order(self, tops: list[int]) -> list[int]:
        children, found, pending = self.children, [], tops[::-1]
        while pending:
            index = pending.pop()
            found.append(index)
            if index in children:
                pending += children[index][::-1]
        return found
