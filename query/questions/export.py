"""Everything of a signal in a window as OTLP JSON lines, in batches: neither side ever holds it whole.

Each batch is a query of its own, so a slow reader holds no query open. A batch is a slice of time of the sort key:
five-minute slots are put together up to a batch, and a slot over a batch is read in turns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal, NamedTuple

import orjson

from ..reader import Reader, column_list
from ..time_range import unix_nano
from ..views.otlp.logs import logs
from ..views.otlp.metrics import Kind, metrics
from ..views.otlp.traces import traces

Signal = Literal["traces", "logs", "metrics"]

# A line of some megabytes: large enough that planning the query does not count.
BATCH = 2000
_SLOT_NANO = 300 * 10**9


class _Source(NamedTuple):
    """A table and how its rows become a request."""

    table: str
    time: str
    columns: str
    to_request: Callable[[list[dict[str, Any]]], dict[str, Any]]


class _Slice(NamedTuple):
    """A range of time, both ends included."""

    first: int
    last: int


def export(
    reader: Reader, signal: Signal, project: str, start: int, end: int, limit: int
) -> Iterator[bytes]:
    """Lines, each an export request; at most `limit` items in all.

    The first question is asked before this returns, so that a store that fails is told by a status.
    """
    plans = [(source, _slices(reader, source, project, start, end)) for source in _SOURCES[signal]]
    return _lines(reader, project, plans, limit)


def _lines(
    reader: Reader, project: str, plans: list[tuple[_Source, list[_Slice]]], limit: int
) -> Iterator[bytes]:
    left = limit
    for source, slices in plans:
        for part in slices:
            for rows in _batches(reader, source, project, part):
                rows = rows[:left]
                left -= len(rows)
                yield orjson.dumps(source.to_request(rows), option=orjson.OPT_APPEND_NEWLINE)
                if not left:
                    return


def _slices(reader: Reader, source: _Source, project: str, start: int, end: int) -> list[_Slice]:
    parameters = {"project": project, "first": start, "last": end}
    slots = reader.columns("export_slots", parameters, table=source.table, time=source.time)
    together = put_together(zip(slots["Slot"], slots["Items"], strict=True), BATCH)
    return [
        _Slice(max(start, first * _SLOT_NANO), min(end, (last + 1) * _SLOT_NANO - 1))
        for first, last in together
    ]


def put_together(slots: Iterable[tuple[int, int]], batch: int) -> list[tuple[int, int]]:
    """The first and last of runs of (slot, items) that hold at most `batch` items, or are one slot."""
    runs: list[tuple[int, int]] = []
    held = 0
    for slot, items in slots:
        if runs and held + items <= batch:
            runs[-1] = (runs[-1][0], slot)
            held += items
        else:
            runs.append((slot, slot))
            held = items
    return runs


def _batches(
    reader: Reader, source: _Source, project: str, part: _Slice
) -> Iterator[list[dict[str, Any]]]:
    first = part.first
    while first <= part.last:
        rows = reader.rows(
            "export",
            {"project": project, "first": first, "last": part.last, "limit": BATCH},
            table=source.table,
            time=source.time,
            columns=column_list(source.columns),
        )
        if rows:
            yield rows
        if len(rows) < BATCH:
            return
        first = unix_nano(rows[-1][source.time]) + 1


def _points(kind: Kind) -> _Source:
    return _Source(
        f"otel_metrics_{kind}", "TimeUnix", f"{kind}_columns", lambda rows: metrics(kind, rows)
    )


_SOURCES: dict[Signal, tuple[_Source, ...]] = {
    "traces": (_Source("otel_traces", "Timestamp", "span_columns", traces),),
    "logs": (_Source("otel_logs", "Timestamp", "log_columns", logs),),
    "metrics": (
        _points("gauge"),
        _points("sum"),
        _points("histogram"),
        _points("exponential_histogram"),
        _points("summary"),
    ),
}
