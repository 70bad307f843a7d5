"""The fields of spans and of log records, and where the store keeps each; section 3 of SPEC.md.

A line here is all that a field needs; SQL of this table is the only SQL that names columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

from ..reader import question

Type = Literal["text", "number", "duration", "time", "choice", "id", "event name", "annotation"]


@dataclass(frozen=True)
class Field:
    """A field with a column; `sql` may be an expression."""

    type: Type
    sql: str
    choices: tuple[tuple[str, str], ...] = ()
    """Of a choice: (as written, as stored)."""
    digits: int = 0
    """Of an id: its hex digits."""
    kind: str = ""
    """Of an annotation: which; `sql` is of the view `annotations`."""
    of_trace: bool = False
    """Whether it is of the span's trace: `sql` aggregates the rows of `trace_summaries`."""
    of_usage: bool = False
    """Whether `sql` is of the view `gen_ai_usage`."""


class Attributes(NamedTuple):
    """A map of attributes, the types beside it, and its items under a text index; "" where it has none."""

    map: str
    types: str
    items: str


@dataclass(frozen=True)
class Signal:
    """A table that is searched."""

    name: Literal["spans", "logs", "points"]
    noun: str
    table: str
    question: str
    """Of `sql/`: the rows of the window that meet `${conditions}`."""
    fields: dict[str, Field]
    scopes: dict[str, Attributes]
    """By scope; a key without a scope is looked for in all."""
    text: tuple[str, ...]
    """Columns in which a text is looked for, beside the attributes' values."""
    about: dict[str, str]
    """What each field is, for people who look for one."""
    has_events: bool = False
    has_annotations: bool = False


def annotated(conditions: str) -> str:
    """Whether an annotation that meets the conditions is of the span or of its whole trace."""
    where = question("annotated").substitute(conditions=conditions)
    return f"((TraceId, SpanId) IN (\n{where}\n) OR (TraceId, '') IN (\n{where}\n))"


_BOOLEANS = (("true", "true"), ("false", "false"))
_RESOURCE = Attributes("ResourceAttributes", "ResourceAttributeTypes", "ResourceAttributeItems")
_STATUS = (("unset", "Unset"), ("ok", "Ok"), ("error", "Error"))
_KINDS = tuple(
    (kind.lower(), kind)
    for kind in ("Unspecified", "Internal", "Server", "Client", "Producer", "Consumer")
)

SPANS = Signal(
    "spans",
    "span",
    "otel_traces",
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
        "cache_write_1h_tokens": Field("number", "GenAiCacheWrite1hTokens"),
        "input_audio_tokens": Field("number", "GenAiInputAudioTokens"),
        "output_audio_tokens": Field("number", "GenAiOutputAudioTokens"),
        "dialect": Field("text", "GenAiDialect"),
        "cost": Field("number", "toFloat64(Cost)", of_usage=True),
        "cost.input": Field("number", "toFloat64(InputCost)", of_usage=True),
        "cost.output": Field("number", "toFloat64(OutputCost)", of_usage=True),
        "label": Field("annotation", "Name", kind="label"),
        "comment": Field("annotation", "Text", kind="comment"),
        "annotated": Field("choice", f"if({annotated('1')}, 'true', 'false')", _BOOLEANS),
        "trace.duration": Field(
            "duration",
            "toUnixTimestamp64Nano(max(End)) - toUnixTimestamp64Nano(min(Start))",
            of_trace=True,
        ),
        "trace.root_name": Field("text", "min(Root).Name", of_trace=True),
        "trace.root_service": Field("text", "min(Root).Service", of_trace=True),
        "trace.span_count": Field("number", "sum(SpanCount)", of_trace=True),
        "trace.error_count": Field("number", "sum(ErrorCount)", of_trace=True),
        "trace.input_tokens": Field("number", "sum(InputTokens)", of_trace=True),
        "trace.output_tokens": Field("number", "sum(OutputTokens)", of_trace=True),
    },
    {
        "span": Attributes("SpanAttributes", "SpanAttributeTypes", "SpanAttributeItems"),
        "resource": _RESOURCE,
    },
    ("SpanName", "ServiceName", "StatusMessage"),
    {
        "name": "of the span",
        "service": "that recorded the span",
        "status": "unset, ok or error",
        "status_message": "what the sender said of the status",
        "kind": "server, client, internal, producer or consumer",
        "duration": "of the span, with a unit",
        "start": "of the span",
        "trace_id": "32 hex digits",
        "span_id": "16 hex digits",
        "parent_span_id": "16 hex digits; a root has none",
        "scope": "the library that recorded the span",
        "event.name": "of any event of the span",
        "operation": "GenAI: chat, execute_tool, invoke_agent",
        "provider": "GenAI: who serves the model",
        "model": "GenAI: the requested model, else the one that answered",
        "agent": "GenAI: the agent's name",
        "tool": "GenAI: the tool's name",
        "session": "conversation or session id",
        "user": "user id",
        "input_tokens": "GenAI: tokens read",
        "output_tokens": "GenAI: tokens written",
        "cache_read_tokens": "GenAI: of the input, read from a cache",
        "cache_write_tokens": "GenAI: of the input, written to a cache",
        "reasoning_tokens": "GenAI: of the output, spent on reasoning",
        "cache_write_1h_tokens": "GenAI: of those written to a cache, kept for an hour",
        "input_audio_tokens": "GenAI: of the input, audio",
        "output_audio_tokens": "GenAI: of the output, audio",
        "dialect": "GenAI: whose attributes the span has",
        "cost": "GenAI: what the call cost, US dollars",
        "cost.input": "GenAI: what its input cost, US dollars",
        "cost.output": "GenAI: what its output cost, US dollars",
        "label": "that someone gave the span or its trace",
        "comment": "that someone wrote on the span or its trace",
        "annotated": "whether someone scored, labelled or commented the span or its trace",
        "trace.duration": "of the whole trace, with a unit",
        "trace.root_name": "name of the trace's root span",
        "trace.root_service": "service of the trace's root span",
        "trace.span_count": "spans of the trace",
        "trace.error_count": "spans of the trace that failed",
        "trace.input_tokens": "GenAI: tokens read in the whole trace",
        "trace.output_tokens": "GenAI: tokens written in the whole trace",
    },
    has_events=True,
    has_annotations=True,
)

LOGS = Signal(
    "logs",
    "log record",
    "otel_logs",
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
    {
        "body": "the message",
        "severity": "as the sender wrote it",
        "severity_number": "1 to 24: 9 is INFO, 13 WARN, 17 ERROR",
        "event_name": "of a record that is an event",
        "service": "that wrote the record",
        "time": "of the record",
        "trace_id": "32 hex digits",
        "span_id": "16 hex digits",
        "scope": "the logger that wrote the record",
    },
)

MetricKind = Literal["gauge", "sum", "histogram", "exponential_histogram", "summary"]
METRIC_KINDS: tuple[MetricKind, ...] = get_args(MetricKind)


def points(kind: MetricKind) -> Signal:
    """The data points of metrics of a kind."""
    return Signal(
        name="points",
        noun="data point",
        table=f"otel_metrics_{kind}",
        question=f"{kind}_points",
        fields={"service": Field("text", "ServiceName"), "scope": Field("text", "ScopeName")},
        scopes={
            "metric": Attributes("Attributes", "AttributeTypes", ""),
            "resource": Attributes("ResourceAttributes", "ResourceAttributeTypes", ""),
        },
        text=("ServiceName",),
        about={"service": "that measured", "scope": "the library that measured"},
    )
