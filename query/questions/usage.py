"""What traces used and what it cost: of one trace span by span, of a page of the list in sum, and as an explanation."""

from __future__ import annotations

from typing import Any

from spanhouse.collector.store.usage import UNITS

from ..reader import Reader, column_list
from ..time_range import slots
from ..views.usage import Charged, Price, PriceKey, cost, may_repeat, price, repeated, used

# Slots of the sort key, in seconds: the slots of a trace that runs longer than a day are not listed one by one.
_SLOT, _DAY = 300, 86_400
_MOST_SPANS = 2_000_000


def prices(reader: Reader, project: str) -> dict[PriceKey, Price]:
    """Every price a project's spans have; a name without a price has no rules."""
    units = ", ".join(f"toString(r.{unit})" for unit in UNITS)
    return dict(
        price(row) for row in reader.rows("gen_ai_prices", {"project": project}, units=units)
    )


def of_trace(
    reader: Reader, parameters: dict[str, Any], parents: dict[tuple[str, str], str] | None = None
) -> list[Charged]:
    """The GenAI spans of one trace, by start.

    Args:
        reader: of the operation.
        parameters: of questions about one trace.
        parents: of every span by trace id and span id, where they are known already.
    """
    condition = column_list("of_trace")
    return _charged(reader, condition, parameters, parents)


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
    if not bounds:
        return found
    lie_in = [slots(first, last) for first, last in bounds.values()]
    parameters: dict[str, Any] = {"project": project, "trace_ids": list(bounds)}
    if all(last - first <= _DAY for first, last in lie_in):
        condition = column_list("of_traces")
        parameters["trace_slots"] = [list(range(first, last + 1, _SLOT)) for first, last in lie_in]
    else:
        condition = column_list("of_long_traces")
        parameters["first_slot"] = min(first for first, _ in lie_in)
        parameters["last_slot"] = max(last for _, last in lie_in)
    for charged in _charged(reader, condition, parameters, None):
        found[charged.used.trace_id].append(charged)
    return found


def _charged(
    reader: Reader,
    condition: str,
    parameters: dict[str, Any],
    parents: dict[tuple[str, str], str] | None,
) -> list[Charged]:
    rows = reader.rows("gen_ai_spans", parameters | {"limit": _MOST_SPANS}, of=condition)
    spans = [used(row) for row in rows]
    if not spans:
        return []
    if parents is None:
        parents = _parents(reader, condition, parameters) if may_repeat(spans) else {}
    again = repeated(spans, parents)
    known = prices(reader, parameters["project"])
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
