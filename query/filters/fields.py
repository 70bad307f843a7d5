"""The fields of spans and of log records, and where the store keeps each; section 3 of SPEC.md.

A line here is all that a field needs; SQL of this table is the only SQL that names columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

Type = Literal["text", "number", "duration", "time", "choice", "id", "event name"]


@dataclass(frozen=True)
class Field:
    """A field with a column; `sql` may be an expression."""

    type: Type
    sql: str
    choices: tuple[tuple[str, str], ...] = ()
    """Of a choice: (as written, as stored)."""
    digits: int = 0
    """Of an id: its hex digits."""


class Attributes(NamedTuple):
    """A map of attributes, the types beside it, and its items under a text index; "" where it has none."""

    map: str
    types: str
    items: str


@dataclass(frozen=True)
class Signal:
    """A table that is searched."""

    name: Literal["spans", "logs", "points"]
    question: str
    """Of `sql/`: the rows of the window that meet `${conditions}`."""
    fields: dict[str, Field]
    scopes: dict[str, Attributes]
    """By scope; a key without a scope is looked for in all."""
    text: tuple[str, ...]
    """Columns in which a text is looked for, beside the attributes' values."""
    has_events: bool = False


_RESOURCE = Attributes("ResourceAttributes", "ResourceAttributeTypes", "ResourceAttributeItems")
_STATUS = (("unset", "Unset"), ("ok", "Ok"), ("error", "Error"))
_KINDS = tuple(
    (kind.lower(), kind)
    for kind in ("Unspecified", "Internal", "Server", "Client", "Producer", "Consumer")
)

SPANS = Signal(
    "spans",
    "found_spans",
    {
        "name": Field("text", "SpanName"),
        "service": Field("text", "ServiceName"),
        "status": Field("choice", "StatusCode", _STATUS),
        "status_message": Field("text", "StatusMessage"),
        "kind": Field("choice", "SpanKind", _KINDS),
        "duration": Field("duration", "Duration"),
        "start": Field("time", "toUnixTimestamp64Nano(Timestamp)"),
        "trace_id": Field("id", "TraceId", digits=32),
        "span_id": Field("id", "SpanId", digits=16),
        "parent_span_id": Field("id", "ParentSpanId", digits=16),
        "scope": Field("text", "ScopeName"),
        "event.name": Field("event name", "Events.Name"),
        "operation": Field("text", "GenAiOperation"),
        "provider": Field("text", "GenAiProvider"),
        "model": Field(
            "text", "if(GenAiRequestModel != '', GenAiRequestModel, GenAiResponseModel)"
        ),
        "agent": Field("text", "GenAiAgentName"),
        "tool": Field("text", "GenAiToolName"),
        "session": Field("text", "SessionId"),
        "user": Field("text", "UserId"),
        "input_tokens": Field("number", "GenAiInputTokens"),
        "output_tokens": Field("number", "GenAiOutputTokens"),
        "cache_read_tokens": Field("number", "GenAiCacheReadTokens"),
        "cache_write_tokens": Field("number", "GenAiCacheWriteTokens"),
        "reasoning_tokens": Field("number", "GenAiReasoningTokens"),
    },
    {
        "span": Attributes("SpanAttributes", "SpanAttributeTypes", "SpanAttributeItems"),
        "resource": _RESOURCE,
    },
    ("SpanName", "ServiceName", "StatusMessage"),
    has_events=True,
)

LOGS = Signal(
    "logs",
    "found_logs",
    {
        "body": Field("text", "Body"),
        "severity": Field("text", "SeverityText"),
        "severity_number": Field("number", "SeverityNumber"),
        "event_name": Field("text", "EventName"),
        "service": Field("text", "ServiceName"),
        "time": Field("time", "toUnixTimestamp64Nano(Timestamp)"),
        "trace_id": Field("id", "TraceId", digits=32),
        "span_id": Field("id", "SpanId", digits=16),
        "scope": Field("text", "ScopeName"),
    },
    {
        "log": Attributes("LogAttributes", "LogAttributeTypes", "LogAttributeItems"),
        "resource": _RESOURCE,
    },
    ("Body", "EventName", "ServiceName"),
)

MetricKind = Literal["gauge", "sum", "histogram", "exponential_histogram", "summary"]
METRIC_KINDS: tuple[MetricKind, ...] = get_args(MetricKind)


def points(kind: MetricKind) -> Signal:
    """The data points of metrics of a kind."""
    return Signal(
        name="points",
        question=f"{kind}_points",
        fields={"service": Field("text", "ServiceName"), "scope": Field("text", "ScopeName")},
        scopes={
            "metric": Attributes("Attributes", "AttributeTypes", ""),
            "resource": Attributes("ResourceAttributes", "ResourceAttributeTypes", ""),
        },
        text=("ServiceName",),
    )
