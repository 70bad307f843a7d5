"""The digest of a trace: everything its parts are chosen from, read once."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel

from ..analysis.card_text import card_text
from ..analysis.content import Content
from ..analysis.digest import Material, digest, failures
from ..analysis.digest_markdown import digest_markdown, item_markdown
from ..analysis.outline import Outline
from ..analysis.shown import cut
from ..answers.digest import Digest, DigestCard, DigestError
from ..answers.transcript import TranscriptMessage
from ..reader import Reader
from .analysis import rows_of
from .trace import trace_parameters
from .transcript import conversation_ends, page_cards, span_contents

Format = Literal["markdown", "json"]

# More are never in a digest's budget.
_MAX_CARDS = 150
_MAX_ERRORS = 30
# Of one text of a card, a message or a stack: a fortieth of the budget within these bounds.
_TEXT_SHARE, _MIN_TEXT, _MAX_TEXT = 40, 160, 2000
# JSON writes some characters as several, which is known only when it is written.
_SHRINK = 0.85


def trace_digest(
    reader: Reader, project: str, trace_id: str, format: Format, max_chars: int
) -> bytes:
    """The digest as Markdown, or as the answer `Digest` in JSON; at most `max_chars` characters."""
    material = _material(reader, project, trace_id, max_chars)
    budget = max_chars
    while True:
        if format == "json":
            text = digest(material, budget, _json_size).model_dump_json()
        else:
            text = digest_markdown(digest(material, budget, _markdown_size(material)))
        if len(text) <= max_chars or budget < max_chars // 4:
            return text.encode()
        budget = int(budget * _SHRINK)


def _json_size(item: BaseModel) -> int:
    return len(item.model_dump_json()) + 1


def _markdown_size(material: Material) -> Any:
    total = material.outline.trace.total

    def size(item: BaseModel) -> int:
        if isinstance(item, Digest):
            return len(digest_markdown(item))
        return len(item_markdown(item, total.end_nano - total.start_nano))

    return size


def _material(reader: Reader, project: str, trace_id: str, max_chars: int) -> Material:
    parameters = trace_parameters(reader, project, trace_id)
    outline = Outline(rows_of(reader, parameters))
    max_text = min(_MAX_TEXT, max(_MIN_TEXT, max_chars // _TEXT_SHARE))
    places = outline.places[:_MAX_CARDS]
    cards = page_cards(reader, parameters, outline, places, max_text)
    asked, answered = conversation_ends(reader, parameters, outline, max_chars)
    failed = failures(outline)
    firsts = [spans[0] for spans in failed[:_MAX_ERRORS]]
    contents = span_contents(reader, parameters, outline.trace, firsts)
    return Material(
        outline=outline,
        asked=_said(asked),
        answered=_said(answered),
        errors=[
            _error(outline, spans, contents[spans[0]], max_text)
            for spans in failed[:_MAX_ERRORS]
            if spans[0] in contents
        ],
        errors_count=len(failed),
        cards=[
            DigestCard(depth=card.depth, span_id=card.span_id, text=card_text(card))
            for card in cards
        ],
    )


def _error(outline: Outline, spans: list[int], content: Content, max_text: int) -> DigestError:
    trace = outline.trace
    return DigestError(
        name=cut(trace.name[spans[0]]),
        service=cut(trace.service[spans[0]]),
        count=len(spans),
        span_id=trace.span_id[spans[0]],
        failed_with=content.failed_with(max_text),
    )


def _said(messages: list[TranscriptMessage]) -> str:
    """What the messages say in words: tool calls and reasoning are on the cards."""
    return "\n".join(
        part.text.text for message in messages for part in message.parts if part.type == "text"
    )
