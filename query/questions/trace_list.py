"""Many traces: a page of the list in two steps (which, then what of each), and the histogram of the same filter."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from ..answers.traces import Histogram, HistogramBucket, TracePage, TraceSummary
from ..cursor import cursor_fields, cursor_text
from ..errors import InvalidQuestion
from ..reader import Reader
from ..time_range import MAX_NANO, slots
from ..trace_filter import TraceFilter, clauses
from ..views.usage import UsageTotal, dollars
from . import usage
from .search import check_patterns
from .trace import bounds

_NOTHING = UsageTotal(input_tokens=0, output_tokens=0, cost=None, unpriced_models=[])

Sort = Literal["start", "-start", "duration", "-duration", "spans", "-spans", "errors", "-errors"]


class Cursor(NamedTuple):
    """The place of a trace in a sorted list: traces of one sort key follow each other by id."""

    sort: str
    key: int
    trace_id: str

    def encode(self) -> str:
        """As the client hands it back."""
        return cursor_text(self)

    @classmethod
    def decode(cls, text: str, sort: str) -> Cursor:
        """The cursor of a text that `encode` made.

        Raises:
            InvalidQuestion: it is none, or of another sort.
        """
        match cursor_fields(text):
            case [str(of_sort), int(key), str(trace_id)] if abs(key) <= MAX_NANO:
                cursor = cls(of_sort, key, trace_id)
            case _:
                raise InvalidQuestion(
                    f"cannot read the cursor {text!r}: it is not a next_cursor of this API; leave it out "
                    "for the first page"
                )
        if cursor.sort != sort:
            raise InvalidQuestion(
                f"cannot go on with the cursor {text!r}: it is of a list sorted by {cursor.sort!r}, this one is "
                f"sorted by {sort!r}; leave it out for the first page"
            )
        return cursor


def list_traces(
    reader: Reader, filter: TraceFilter, sort: Sort, limit: int, cursor: str | None
) -> TracePage:
    """One page of the traces that match."""
    if filter.search is not None:
        check_patterns(reader, filter.search)
    after = Cursor.decode(cursor, sort) if cursor else None
    matching, conditions, parameters = clauses(filter)
    parameters |= {
        "sort": sort.removeprefix("-"),
        "direction": -1 if sort.startswith("-") else 1,
        "after_key": after.key if after else -(2**63),
        "after_trace_id": after.trace_id if after else "",
        "limit": limit + 1,
    }
    found = reader.rows("list_traces", parameters, matching=matching, conditions=conditions)
    page = found[:limit]
    if found:
        total = found[0]["Total"]
    elif after:
        total = reader.rows("count_traces", parameters, matching=matching, conditions=conditions)[
            0
        ]["Total"]
    else:
        total = 0
    last = page[-1] if len(found) > limit else None
    return TracePage(
        traces=summaries(reader, filter.project, [row["TraceId"] for row in page]),
        next_cursor=Cursor(sort, last["SortKey"], last["TraceId"]).encode() if last else None,
        total=total,
        total_is_exact=True,
        start_time_unix_nano=str(filter.start),
        end_time_unix_nano=str(filter.end),
    )


def histogram(reader: Reader, filter: TraceFilter, buckets: int) -> Histogram:
    """The traces that match by when they began."""
    if filter.search is not None:
        check_patterns(reader, filter.search)
    matching, conditions, parameters = clauses(filter)
    bucket_nano = max(1, -(-(filter.end - filter.start + 1) // buckets))
    parameters["bucket_nano"] = bucket_nano
    rows = reader.rows("trace_histogram", parameters, matching=matching, conditions=conditions)
    found = {row["Slot"]: row for row in rows}
    slots = -(-(filter.end - filter.start + 1) // bucket_nano)
    return Histogram(
        bucket_nano=bucket_nano,
        buckets=[
            _bucket(filter.start + slot * bucket_nano, found.get(slot)) for slot in range(slots)
        ],
    )


def summaries(reader: Reader, project: str, trace_ids: list[str]) -> list[TraceSummary]:
    """What the list shows of some traces, in their order; one that is not stored is left out."""
    if not trace_ids:
        return []
    found_bounds = bounds(reader, project, trace_ids)
    if found_bounds is None:
        return []
    filed = slots(*found_bounds)
    rows = reader.rows(
        "trace_summaries_by_id",
        {
            "project": project,
            "trace_ids": trace_ids,
            "first_bucket": filed.first,
            "last_bucket": filed.last,
        },
    )
    found = {row["TraceId"]: row for row in rows}
    lie = {
        row["TraceId"]: (row["StartNano"], max(row["StartNano"], row["EndNano"]))
        for row in rows
        if row["GenAiCount"]
    }
    gen_ai_spans = sum(row["GenAiCount"] for row in rows)
    used = usage.totals_of_traces(reader, project, lie, gen_ai_spans)
    return [
        _summary(found[trace_id], used.get(trace_id, _NOTHING))
        for trace_id in trace_ids
        if trace_id in found
    ]


def _summary(row: dict[str, Any], used: UsageTotal) -> TraceSummary:
    return TraceSummary(
        trace_id=row["TraceId"],
        start_time_unix_nano=str(row["StartNano"]),
        duration_nano=row["DurationNano"],
        root_name=row["RootName"],
        root_service=row["RootService"],
        span_count=row["SpanCount"],
        error_count=row["ErrorCount"],
        services=row["Services"],
        input_tokens=used.input_tokens,
        output_tokens=used.output_tokens,
        cost=None if used.cost is None else float(dollars(used.cost)),
        unpriced_models=used.unpriced_models,
        models=row["Models"],
    )


def _bucket(start: int, row: dict[str, Any] | None) -> HistogramBucket:
    if row is None:
        return HistogramBucket(
            start_time_unix_nano=str(start),
            trace_count=0,
            error_count=0,
            p50_nano=0,
            p95_nano=0,
            max_nano=0,
        )
    p50, p95 = row["Quantiles"]
    return HistogramBucket(
        start_time_unix_nano=str(start),
        trace_count=row["Traces"],
        error_count=row["TracesWithErrors"],
        p50_nano=round(p50),
        p95_nano=round(p95),
        max_nano=row["Longest"],
    )
