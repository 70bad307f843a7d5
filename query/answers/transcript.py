"""Answer about one trace: what was said and done in it, as cards in order."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from .shown import ShownText


def _absent() -> Any:
    return Field(default=None, exclude_if=lambda value: value is None)


class TranscriptPart(BaseModel):
    """A part of a message. `text` is what it says: of text and reasoning the content, of a tool_call its arguments and
    of a tool_call_response its response as text or JSON, of others their fields as JSON."""

    type: str
    text: ShownText
    id: str | None = _absent()
    name: str | None = _absent()
    span_id: str | None = Field(
        default=None,
        exclude_if=lambda value: value is None,
        description="of the tool that ran for this call, or whose response this is",
    )


class TranscriptMessage(BaseModel):
    """What one participant said."""

    role: str
    parts: list[TranscriptPart]
    name: str | None = _absent()
    finish_reason: str | None = _absent()


class FailedWith(BaseModel):
    """What went wrong in a span: of its status and its last exception."""

    type: str = Field(description='of the exception, or error.type; "" where not said')
    message: ShownText
    stack: ShownText | None = Field(description="the end of the stack trace, where the cause is")


class Usage(BaseModel):
    """What the calls at and below a card used; a span that repeats another's usage is not added."""

    model_calls: int
    tool_calls: int
    errors: int
    input_tokens: int
    output_tokens: int
    cost: float | None = Field(
        description="US dollars of the calls whose cost is known; null where it is of none"
    )


class _Card(BaseModel):
    span_id: str
    parent_span_id: str = Field(description='of the card it belongs to; "" at the top')
    depth: int = Field(description="0 at the top")
    name: str
    service: str
    start: int = Field(description="nanoseconds after the trace's start")
    duration: int = Field(description="nanoseconds")
    status: Literal["UNSET", "OK", "ERROR"]
    error: FailedWith | None


class AgentCard(_Card):
    """An agent or workflow at work; the cards that follow with a greater depth are its own."""

    type: Literal["agent"] = "agent"
    agent: str
    input: list[TranscriptMessage]
    output: list[TranscriptMessage]
    usage: Usage


class TurnCard(_Card):
    """A call of a model: what is new in it compared with the call it continues."""

    type: Literal["turn"] = "turn"
    agent: str = Field(description='whose turn it is; "" outside an agent')
    turn: int = Field(description="of that agent's invocation, from 1")
    provider: str
    model: str
    continues_span_id: str = Field(
        description='the earlier call most of whose messages this one repeats; "" of a first turn'
    )
    system: list[TranscriptPart] = Field(
        description="system instructions; empty while they are those of the call it continues"
    )
    new_messages: list[TranscriptMessage]
    repeated_messages: int = Field(description="messages sent again that are left out here")
    dropped_messages: int = Field(description="messages of the call it continues, not sent again")
    repeated_tokens: int | None = Field(
        description="input tokens of the call it continues, where all of that was sent again; else null"
    )
    output: list[TranscriptMessage]
    finish_reasons: list[str]
    input_tokens: int
    output_tokens: int
    cache_read_tokens: int
    cache_write_tokens: int
    reasoning_tokens: int
    cost: float | None = Field(description="US dollars; null where it is not known")
    first_chunk: int = Field(
        description="nanoseconds after the call's start; 0 where it is not known"
    )


class ToolCard(_Card):
    """A tool that ran."""

    type: Literal["tool"] = "tool"
    tool: str
    call_id: str
    called_by_span_id: str = Field(description='the turn that asked for it; "" where none did')
    arguments: ShownText | None
    result: ShownText | None


class RetrievedDocument(BaseModel):
    """A document that was found; "" and null for what is not said."""

    id: str
    score: float | None
    content: ShownText | None


class RetrievalCard(_Card):
    """A search in documents, a ranking of them, or an embedding of texts."""

    type: Literal["retrieval"] = "retrieval"
    operation: str
    model: str
    query: ShownText | None
    documents: list[RetrievedDocument]
    document_count: int = Field(description="more than there are documents where these were cut")


class StepCard(_Card):
    """Another GenAI operation, or a span without GenAI that failed."""

    type: Literal["step"] = "step"
    operation: str = Field(description='"" where the span is not GenAI')


Card = Annotated[
    AgentCard | TurnCard | ToolCard | RetrievalCard | StepCard, Field(discriminator="type")
]


class Transcript(BaseModel):
    """A page of a trace's cards, a parent before its children, siblings by start."""

    trace_id: str
    start_time_unix_nano: str
    duration_nano: int
    span_count: int
    shown_span_count: int = Field(
        description="less than span_count for a trace over the server's bound: cards are made of these"
    )
    input: list[TranscriptMessage] = Field(description="what the first agent, or call, was asked")
    final_answer: list[TranscriptMessage] = Field(
        description="what the last call at the top, or its agent, answered"
    )
    usage: Usage
    offset: int
    card_count: int
    next_offset: int | None = Field(description="of the next page; null on the last one")
    cards: list[Card]
