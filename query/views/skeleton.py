"""A trace's columns as a skeleton: words become indexes into dictionaries, parents indexes into the arrays.

Works column by column in comprehensions: 100,000 spans must not cost a Python object each.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from .usage import Charged, dollars

ROOT = -1
ORPHAN = -2
CYCLE = -3

_KINDS = {"Unspecified": 0, "Internal": 1, "Server": 2, "Client": 3, "Producer": 4, "Consumer": 5}
_STATUS_CODES = {"Unset": 0, "Ok": 1, "Error": 2}


class Totals(NamedTuple):
    """What a trace holds in all, shown or not."""

    span_count: int
    error_count: int
    start_nano: int
    end_nano: int


def totals(columns: dict[str, Sequence[Any]]) -> Totals:
    """The totals of a trace of which every span is in `columns`, ordered by start; at least one."""
    starts, durations = columns["StartNano"], columns["Duration"]
    return Totals(
        span_count=len(starts),
        error_count=columns["StatusCode"].count("Error"),
        start_nano=starts[0],
        end_nano=max(map(int.__add__, starts, durations)),
    )


_COUNTS = {
    "cache_read_tokens": ("cache_read",),
    "cache_write_tokens": ("cache_write", "cache_write_1h"),
    "reasoning_tokens": ("reasoning",),
    "audio_tokens": ("input_audio", "output_audio"),
}
"""Column -> the buckets it adds up."""


def skeleton(
    trace_id: str,
    columns: dict[str, Sequence[Any]],
    total: Totals,
    charged: Sequence[Charged | None],
) -> dict[str, Any]:
    """The answer `Skeleton` as plain lists, which serialise without a model per span.

    Args:
        trace_id: of the trace.
        columns: of skeleton.sql, ordered by start and span id.
        total: of the whole trace, which may have more spans than `columns`.
        charged: for each span what it used, None of one that is not GenAI.
    """
    services, service = _dictionary(columns["Service"], [])
    names, name = _dictionary(columns["Name"], [])
    operations, operation = _dictionary(columns["Operation"], [""])
    models, model = _dictionary(columns["Model"], [""])
    agents, agent = _dictionary(columns["Agent"], [""])
    tools, tool = _dictionary(columns["Tool"], [""])
    start = total.start_nano
    return {
        "trace_id": trace_id,
        "start_time_unix_nano": str(start),
        "duration_nano": total.end_nano - start,
        "span_count": total.span_count,
        "shown_span_count": len(columns["SpanId"]),
        "error_count": total.error_count,
        "services": services,
        "names": names,
        "operations": operations,
        "models": models,
        "agents": agents,
        "tools": tools,
        "spans": {
            "span_id": columns["SpanId"],
            "parent": parents(columns["SpanId"], columns["ParentSpanId"]),
            "name": name,
            "service": service,
            "start": [nano - start for nano in columns["StartNano"]],
            "duration": columns["Duration"],
            "status": [_STATUS_CODES.get(code, 0) for code in columns["StatusCode"]],
            "kind": [_KINDS.get(kind, 0) for kind in columns["SpanKind"]],
            "event_count": columns["EventCount"],
            "operation": operation,
            "model": model,
            "agent": agent,
            "tool": tool,
            **_used(charged),
        },
    }


def _used(charged: Sequence[Charged | None]) -> dict[str, list[Any]]:
    used: dict[str, list[Any]] = {
        name: [
            0 if c is None else sum(c.used.buckets[bucket] for bucket in buckets) for c in charged
        ]
        for name, buckets in _COUNTS.items()
    }
    return used | {
        "input_tokens": [0 if c is None else c.used.input_tokens for c in charged],
        "output_tokens": [0 if c is None else c.used.output_tokens for c in charged],
        "cost": [None if c is None or c.cost is None else float(dollars(c.cost)) for c in charged],
        "counted": [c is not None and c.counted for c in charged],
    }


def parents(span_ids: Sequence[str], parent_ids: Sequence[str]) -> list[int]:
    """The index of each span's parent. Following them always ends: a cycle is cut at its first span.

    A span id that occurs twice (a sender's retry) is a parent by its first occurrence.
    """
    index = dict(zip(reversed(span_ids), range(len(span_ids) - 1, -1, -1), strict=True))
    index[""] = ROOT
    found = [index.get(parent, ORPHAN) for parent in parent_ids]
    _cut_cycles(found)
    return found


def _cut_cycles(parent: list[int]) -> None:
    # 0: not looked at; otherwise the walk that came by, so that meeting one's own walk again is a cycle.
    walk = [0] * len(parent)
    for first in range(len(parent)):
        at = first
        while at >= 0 and not walk[at]:
            walk[at] = first + 1
            at = parent[at]
        if at >= 0 and walk[at] == first + 1:
            parent[_first_of_cycle(parent, at)] = CYCLE


def _first_of_cycle(parent: list[int], member: int) -> int:
    first, at = member, parent[member]
    while at != member:
        first, at = min(first, at), parent[at]
    return first


def _dictionary(words: Sequence[str], first: list[str]) -> tuple[list[str], list[int]]:
    """The distinct words, `first` before all others, and each word's index among them."""
    distinct = list(dict.fromkeys([*first, *words]))
    index = {word: number for number, word in enumerate(distinct)}
    return distinct, [index[word] for word in words]
