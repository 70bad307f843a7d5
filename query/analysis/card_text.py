"""A card of the transcript as a few lines of text.

A tool's arguments and result stand on its own card, so the turns around it name the call and leave them out.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..answers.shown import ShownText
from ..answers.transcript import (
    AgentCard,
    Card,
    FailedWith,
    RetrievalCard,
    StepCard,
    ToolCard,
    TranscriptMessage,
    TurnCard,
)
from .durations import duration_text


def card_text(card: Card) -> str:
    """The card's lines, the first says what it is."""
    lines = [f"{_title(card)}, {duration_text(card.duration)}", *_lines(card)]
    if card.error is not None:
        lines.append(f"  failed: {failure_text(card.error)}")
    return "\n".join(lines)


def failure_text(failed: FailedWith) -> str:
    """The type and message of a failure."""
    said = ": ".join(part for part in (failed.type, cut_text(failed.message)) if part)
    return said or "without a message"


def cut_text(text: ShownText) -> str:
    """A text, followed by how much of it is shown where it is cut."""
    if text.truncated is None:
        return text.text
    return f"{text.text}… ({text.truncated.shown} of {text.truncated.of} characters)"


def _title(card: Card) -> str:
    match card:
        case AgentCard():
            return f"agent {card.agent or card.name}"
        case TurnCard():
            whose = f"{card.agent} " if card.agent else ""
            tokens = f"{card.input_tokens} in, {card.output_tokens} out"
            if card.cost is not None:
                tokens += f", ${card.cost:.4g}"
            return f"{whose}turn {card.turn}: {card.model or card.name} ({tokens})"
        case ToolCard():
            return f"tool {card.tool or card.name}"
        case RetrievalCard():
            return f"{card.operation} {card.model or card.name}"
        case StepCard():
            return f"{card.operation or 'span'} {card.name}"


def _lines(card: Card) -> Iterator[str]:
    match card:
        case TurnCard():
            if card.system:
                yield f"  system: {' '.join(cut_text(part.text) for part in card.system)}"
            if card.repeated_messages:
                yield f"  ({card.repeated_messages} earlier messages sent again)"
            for message in (*card.new_messages, *card.output):
                yield from _said(message)
        case AgentCard():
            for message in (*card.input, *card.output):
                yield from _said(message)
        case ToolCard():
            if card.arguments is not None:
                yield f"  arguments: {cut_text(card.arguments)}"
            if card.result is not None:
                yield f"  result: {cut_text(card.result)}"
        case RetrievalCard():
            if card.query is not None:
                yield f"  query: {cut_text(card.query)}"
            if card.document_count:
                yield f"  {card.document_count} documents"


def _said(message: TranscriptMessage) -> Iterator[str]:
    for part in message.parts:
        has_card = part.span_id is not None
        if part.type == "tool_call_response" and has_card:
            continue
        match part.type:
            case "text":
                what = ""
            case "tool_call":
                what = f"[calls {part.name or 'a tool'}]"
            case other:
                what = f"[{other}]"
        text = "" if part.type == "tool_call" and has_card else cut_text(part.text)
        yield f"  {message.role}: {' '.join(word for word in (what, text) if word)}"
