"""What traces used and what it cost: of one trace span by span, of a page of the list in sum, and as an explanation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from spanhouse.collector.store.usage import BUCKETS, LEAVES_LIST

from ..reader import Reader, column_list
from ..time_range import slots
from ..views.usage import (
    Charged,
    Price,
    PriceKey,
    UsageTotal,
    Used,
    cost,
    grouped_total,
    may_repeat,
    price,
    repeated,
    usage_total,
    used,
)

# Slots of the sort key, in seconds: the slots of a trace that runs longer than a day are not listed one by one.
_SLOT, _DAY = 300, 86_400
_MOST_SPANS = 2_000_000
# Sums take 11 ms longer to plan than their spans, and a span 17 µs to be read and priced.
_FEW_SPANS = 500

COLUMNS = f",\n    {column_list('usage_columns')}"
"""What a question about spans by column is asked for besides, so that `used_columns` can read them."""
_SUMS = ",\n    ".join(f"sum({sql}) AS {bucket}_bucket" for bucket, sql in BUCKETS.items())
_USAGE = tuple(line.rsplit(" AS ", 1)[1].rstrip(",") for line in COLUMNS.splitlines()[1:])


def prices(reader: Reader, project: str) -> dict[PriceKey, Price]:
    """Every price a project's spans have; a name without a price has no rules."""
    return dict(price(row) for row in reader.rows("gen_ai_prices", {"project": project}))


def of_trace(reader: Reader, parameters: dict[str, Any]) -> list[Charged]:
    """The GenAI spans of one trace, by start.

    Args:
        reader: of the operation.
        parameters: of questions about one trace.
    """
    return _asked(reader, column_list("of_trace"), parameters)


def of_traces(
    reader: Reader, project: str, bounds: dict[str, tuple[int, int]]
) -> dict[str, list[Charged]]:
    """The GenAI spans of some traces, by trace.

    Args:
        reader: of the operation.
        project: of the traces.
        bounds: when the first and the last span of each began, in Unix nanoseconds.
    """
    found: dict[str, list[Charged]] = {trace_id: [] for trace_id in bounds}
    if bounds:
        for charged in _asked(reader, *_of(project, bounds)):
            found[charged.used.trace_id].append(charged)
    return found


def totals_of_traces(
    reader: Reader, project: str, bounds: dict[str, tuple[int, int]], span_count: int
) -> dict[str, UsageTotal]:
    """What some traces used and cost in sum, by trace.

    The store makes the sums where they have one price; of other traces (a call may be told twice, a price changed
    between the calls) every span is read.

    Args:
        reader: of the operation.
        project: of the traces.
        bounds: when the first and the last span of each began, in Unix nanoseconds.
        span_count: of the GenAI spans of all of them.
    """
    if span_count <= _FEW_SPANS:
        return {t: usage_total(of) for t, of in of_traces(reader, project, bounds).items()}
    condition, parameters = _of(project, bounds)
    rows: dict[str, list[dict[str, Any]]] = {trace_id: [] for trace_id in bounds}
    for row in reader.rows(
        "gen_ai_totals", parameters, of=condition, buckets=_SUMS, leaves=LEAVES_LIST
    ):
        rows[row["TraceId"]].append(row)
    known = prices(reader, project) if any(rows.values()) else {}
    totals = {trace_id: grouped_total(of, known) for trace_id, of in rows.items()}
    unknown = {trace_id: bounds[trace_id] for trace_id, total in totals.items() if total is None}
    charged = of_traces(reader, project, unknown)
    return {
        trace_id: usage_total(charged[trace_id]) if total is None else total
        for trace_id, total in totals.items()
    }


def _of(project: str, bounds: dict[str, tuple[int, int]]) -> tuple[str, dict[str, Any]]:
    """Where the spans of some traces lie, as a condition and its parameters."""
    lie_in = [slots(first, last) for first, last in bounds.values()]
    parameters: dict[str, Any] = {"project": project, "trace_ids": list(bounds)}
    if all(last - first <= _DAY for first, last in lie_in):
        parameters["trace_slots"] = [list(range(first, last + 1, _SLOT)) for first, last in lie_in]
        return column_list("of_traces"), parameters
    parameters["first_slot"] = min(first for first, _ in lie_in)
    parameters["last_slot"] = max(last for _, last in lie_in)
    return column_list("of_long_traces"), parameters


def _asked(reader: Reader, condition: str, parameters: dict[str, Any]) -> list[Charged]:
    rows = reader.rows("gen_ai_spans", parameters | {"limit": _MOST_SPANS}, of=condition)
    spans = [used(row) for row in rows]
    parents = _parents(reader, condition, parameters) if may_repeat(spans) else {}
    return charge(reader, parameters["project"], spans, parents)


def used_columns(trace_id: str, columns: Mapping[str, Sequence[Any]]) -> list[Used]:
    """What the GenAI spans of a trace used, in the order of its columns."""
    names = ("SpanId", "ParentSpanId", "StartNano", "Operation", *_USAGE)
    rows = zip(*(columns[name] for name in names), strict=True)
    return [
        used({"TraceId": trace_id, **dict(zip(names, row, strict=True))}) for row in rows if row[3]
    ]


def charge(
    reader: Reader, project: str, spans: list[Used], parents: dict[tuple[str, str], str]
) -> list[Charged]:
    """Spans with their prices, and which of them count.

    Args:
        reader: of the operation.
        project: of the spans.
        spans: all GenAI spans of some traces.
        parents: of every span of the traces by trace id and span id; may be empty where none `may_repeat`.
    """
    if not spans:
        return []
    again = repeated(spans, parents)
    known = prices(reader, project)
    charged = []
    for span in spans:
        found = known.get(span.key)
        counts = span.is_call and (span.trace_id, span.span_id) not in again
        charged.append(Charged(span, found, cost(span, found), counts))
    return charged


def _parents(
    reader: Reader, condition: str, parameters: dict[str, Any]
) -> dict[tuple[str, str], str]:
    columns = reader.columns("span_parents", parameters, of=condition)
    keys = zip(columns["TraceId"], columns["SpanId"], strict=True)
    found: dict[tuple[str, str], str] = {}
    for key, parent in zip(keys, columns["ParentSpanId"], strict=True):
        found.setdefault(key, parent)
    return found
