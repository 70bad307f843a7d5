"""The transcript of a trace, page by page: the outline from the rows, then the content of the page's spans alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..analysis.content import Content
from ..analysis.outline import Outline, Place
from ..analysis.rows import TraceRows
from ..analysis.transcript import Cards, needed
from ..answers.transcript import Card, Transcript, TranscriptMessage
from ..reader import Reader
from .analysis import rows_of
from .trace import trace_parameters

# Cards whose content is in memory at a time: a call of a model may weigh megabytes.
_BATCH = 50
# Characters of JSON after which a page ends early; a page has at least one batch.
_MAX_PAGE_CHARS = 2_000_000


def trace_transcript(
    reader: Reader, project: str, trace_id: str, offset: int, limit: int, max_chars: int
) -> Transcript:
    """The answer `Transcript`: cards from `offset` on, texts cut at `max_chars`."""
    parameters = trace_parameters(reader, project, trace_id)
    trace = rows_of(reader, parameters)
    outline = Outline(trace)
    page = outline.places[offset : offset + limit]
    cards: list[Card] = []
    size = 0
    while len(cards) < len(page) and size < _MAX_PAGE_CHARS:
        batch = page[len(cards) : len(cards) + _BATCH]
        made = page_cards(reader, parameters, outline, batch, max_chars)
        size += sum(len(card.model_dump_json()) for card in made)
        cards += made
    asked, answered = conversation_ends(reader, parameters, outline, max_chars)
    end = offset + len(cards)
    return Transcript(
        trace_id=trace_id,
        start_time_unix_nano=str(trace.total.start_nano),
        duration_nano=trace.total.end_nano - trace.total.start_nano,
        span_count=trace.total.span_count,
        shown_span_count=len(trace),
        input=asked,
        final_answer=answered,
        usage=outline.usage(trace.pre_order),
        offset=offset,
        card_count=len(outline.places),
        next_offset=end if end < len(outline.places) else None,
        cards=cards,
    )


def page_cards(
    reader: Reader,
    parameters: dict[str, Any],
    outline: Outline,
    places: list[Place],
    max_chars: int,
) -> list[Card]:
    """The cards at some places."""
    contents = span_contents(reader, parameters, outline.trace, needed(outline, places))
    cards = Cards(outline, contents, max_chars)
    return [cards.card(place) for place in places]


def conversation_ends(
    reader: Reader, parameters: dict[str, Any], outline: Outline, max_chars: int
) -> tuple[list[TranscriptMessage], list[TranscriptMessage]]:
    """What the trace was asked, and what it answered in the end."""
    agent = next((place.span for place in outline.places if place.type == "agent"), None)
    calls = [call for call in outline.calls if agent is None or outline.agent_of.get(call) == agent]
    ends = {agent, *calls[:1], *calls[-1:]} - {None}
    if not ends:
        return [], []
    spans = {span for span in ends if span is not None}
    cards = Cards(outline, span_contents(reader, parameters, outline.trace, spans), max_chars)
    asked = [
        found for span in (agent, *calls[:1]) if span is not None and (found := cards.asked(span))
    ]
    answered = [
        found
        for span in (agent, *calls[-1:])
        if span is not None and (found := cards.answered(span))
    ]
    return next(iter(asked), []), next(iter(answered), [])


def span_contents(
    reader: Reader, parameters: dict[str, Any], trace: TraceRows, spans: Iterable[int]
) -> dict[int, Content]:
    """The content of some spans of a trace; of several that share an id each has its own."""
    wanted = set(spans)
    if not wanted:
        return {}
    span_ids = sorted({trace.span_id[span] for span in wanted})
    rows = reader.rows("span_contents", parameters | {"span_ids": span_ids})
    by_id: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_id.setdefault(row["SpanId"], []).append(row)
    found = {}
    of_id: dict[str, int] = {}
    for span in sorted(wanted):
        span_id = trace.span_id[span]
        nth = of_id.get(span_id, 0)
        of_id[span_id] = nth + 1
        if nth < len(by_id.get(span_id, [])):
            found[span] = Content.of(by_id[span_id][nth])
    return found
