"""The cards of a transcript, from the outline of a trace and the content of the spans that a page shows.

A card shows what its span adds: of a call's messages only those that the call it continues did not have. Every text is
cut at the same number of characters, and says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from ..answers.gen_ai import GenAi, Message, Part
from ..answers.shown import ShownText
from ..answers.transcript import (
    AgentCard,
    Card,
    RetrievalCard,
    RetrievedDocument,
    StepCard,
    ToolCard,
    TranscriptMessage,
    TranscriptPart,
    TurnCard,
)
from ..views.span import STATUS_CODES
from .content import Content, asked
from .messages import Said, continuation
from .outline import Outline, Place, dollars_of
from .shown import shown, text_of

_NOTHING = GenAi(
    operation="",
    provider="",
    request_model="",
    response_model="",
    input_tokens=0,
    output_tokens=0,
    cache_read_tokens=0,
    cache_write_tokens=0,
    reasoning_tokens=0,
    finish_reasons=[],
    conversation_id="",
    agent_name="",
    tool_name="",
    tool_call_id="",
    tool_arguments="",
    tool_result="",
    system_instructions=[],
    input_messages=[],
    output_messages=[],
    tool_definitions=[],
)
_MAX_DOCUMENTS = 20


def needed(outline: Outline, places: Sequence[Place]) -> set[int]:
    """The spans whose content the cards at some places are made of."""
    found = set()
    for place in places:
        found.add(place.span)
        if place.type == "turn":
            found.update(outline.continuable(place.span))
            found.update(outline.tools_after(place.span))
            if (before := outline.call_before(place.span)) is not None:
                found.update(outline.tools_after(before))
        elif place.type == "tool" and (call := outline.call_before(place.span)) is not None:
            found.add(call)
    return found


class Cards:
    """Makes cards; `contents` by span, a span that is not there has nothing to say."""

    def __init__(self, outline: Outline, contents: Mapping[int, Content], max_chars: int) -> None:
        self._outline = outline
        self._trace = outline.trace
        self._contents = contents
        self._max_chars = max_chars
        self._said: dict[int, Said] = {}

    def card(self, place: Place) -> Card:
        """The card at a place of the outline."""
        match place.type:
            case "agent":
                return self._agent(place)
            case "turn":
                return self._turn(place)
            case "tool":
                return self._tool(place)
            case "retrieval":
                return self._retrieval(place)
            case "step":
                operation = self._trace.operation[place.span]
                return StepCard(**self._shared(place), operation=operation)

    def asked(self, span: int) -> list[TranscriptMessage]:
        """What the agent or call was asked."""
        return self.messages(asked(self._gen_ai(span)))

    def answered(self, span: int) -> list[TranscriptMessage]:
        """What the agent or call answered."""
        return self.messages(self._gen_ai(span).output_messages)

    def messages(self, messages: Sequence[Message]) -> list[TranscriptMessage]:
        """Messages as the transcript shows them."""
        return [
            TranscriptMessage(
                role=message.role,
                parts=[self._part(part) for part in message.parts],
                name=message.name,
                finish_reason=message.finish_reason,
            )
            for message in messages
        ]

    def _gen_ai(self, span: int) -> GenAi:
        content = self._contents.get(span)
        return (content and content.gen_ai) or _NOTHING

    def _shared(self, place: Place) -> dict[str, Any]:
        trace, span = self._trace, place.span
        status = STATUS_CODES.get(trace.status[span], "UNSET")
        content = self._contents.get(span)
        failed = status == "ERROR" and content is not None
        return {
            "span_id": trace.span_id[span],
            "parent_span_id": trace.span_id[place.parent] if place.parent >= 0 else "",
            "depth": place.depth,
            "name": trace.name[span],
            "service": trace.service[span],
            "start": trace.start[span] - trace.total.start_nano,
            "duration": trace.duration[span],
            "status": status,
            "error": content.failed_with(self._max_chars) if failed and content else None,
        }

    def _agent(self, place: Place) -> AgentCard:
        span, gen_ai = place.span, self._gen_ai(place.span)
        return AgentCard(
            **self._shared(place),
            agent=self._outline.agent_name(span),
            input=self.messages(gen_ai.input_messages),
            output=self.messages(gen_ai.output_messages),
            usage=self._outline.usage(self._trace.subtree(span)),
        )

    def _turn(self, place: Place) -> TurnCard:
        span, gen_ai = place.span, self._gen_ai(place.span)
        trace, messages = self._trace, gen_ai.input_messages
        before = self._continued(span)
        said = self._said_by(span)
        new, repeated, dropped, tokens = list(range(len(messages))), 0, 0, None
        system = gen_ai.system_instructions
        if before is not None:
            earlier = self._said_by(before)
            new, repeated, dropped = continuation(messages, said, earlier)
            same_system = earlier.system == said.system
            system = [] if same_system else system
            grown = 0 < trace.input_tokens[before] <= trace.input_tokens[span]
            tokens = trace.input_tokens[before] if same_system and not dropped and grown else None
        return TurnCard(
            **self._shared(place),
            agent=self._outline.agent_name(span),
            turn=self._outline.turn(span),
            provider=gen_ai.provider,
            model=trace.model[span],
            continues_span_id="" if before is None else trace.span_id[before],
            system=[self._part(part) for part in system],
            new_messages=self.messages([messages[index] for index in new]),
            repeated_messages=repeated,
            dropped_messages=dropped,
            repeated_tokens=tokens,
            output=self.messages(gen_ai.output_messages),
            finish_reasons=gen_ai.finish_reasons,
            input_tokens=trace.input_tokens[span],
            output_tokens=trace.output_tokens[span],
            cache_read_tokens=gen_ai.cache_read_tokens,
            cache_write_tokens=gen_ai.cache_write_tokens,
            reasoning_tokens=gen_ai.reasoning_tokens,
            cost=dollars_of([trace.cost[span]]),
            first_chunk=trace.first_chunk[span],
        )

    def _continued(self, call: int) -> int | None:
        """The earlier call that most of a call's messages repeat, the latest of several; None where none does."""
        said = self._said_by(call)
        messages = self._gen_ai(call).input_messages
        best, most = None, 0
        for earlier in self._outline.continuable(call):
            repeated = continuation(messages, said, self._said_by(earlier)).repeated
            if repeated > most:
                best, most = earlier, repeated
        return best

    def _said_by(self, call: int) -> Said:
        if call not in self._said:
            self._said[call] = Said.of(self._gen_ai(call))
        return self._said[call]

    def _tool(self, place: Place) -> ToolCard:
        span, gen_ai = place.span, self._gen_ai(place.span)
        call = self._asked_for(span)
        return ToolCard(
            **self._shared(place),
            tool=self._trace.tool[span] or gen_ai.tool_name,
            call_id=gen_ai.tool_call_id,
            called_by_span_id="" if call is None else self._trace.span_id[call],
            arguments=self._text(gen_ai.tool_arguments),
            result=self._text(gen_ai.tool_result),
        )

    def _asked_for(self, tool: int) -> int | None:
        """The call whose answer asked for this run of a tool, by the id of the tool call, else by the tool's name."""
        gen_ai = self._gen_ai(tool)
        if gen_ai.tool_call_id in self._callers:
            return self._callers[gen_ai.tool_call_id]
        before = self._outline.call_before(tool)
        if gen_ai.tool_call_id or before is None:
            return None
        name = self._trace.tool[tool] or gen_ai.tool_name
        asks = any(part.name == name for part in _tool_calls(self._gen_ai(before)))
        return before if name and asks else None

    @cached_property
    def _callers(self) -> dict[str, int]:
        """The call that made each tool call, by the tool call's id."""
        return {
            part.id: span
            for span in sorted(self._contents, reverse=True)
            for part in _tool_calls(self._gen_ai(span))
            if part.id and self._trace.operation[span] != "invoke_agent"
        }

    @cached_property
    def _runs(self) -> dict[str, int]:
        """The tool's span by the id of the tool call; a span that does not say the id is found by the tool's name."""
        found = {
            gen_ai.tool_call_id: span
            for span in sorted(self._contents, reverse=True)
            if (gen_ai := self._gen_ai(span)).tool_call_id
        }
        for span in sorted(self._contents):
            call = self._outline.call_before(span)
            if self._trace.operation[span] != "execute_tool" or call is None:
                continue
            gen_ai = self._gen_ai(span)
            name = self._trace.tool[span] or gen_ai.tool_name
            if name and not gen_ai.tool_call_id:
                asked_for = (part for part in _tool_calls(self._gen_ai(call)) if part.name == name)
                waiting = (part.id for part in asked_for if part.id and part.id not in found)
                if (call_id := next(waiting, None)) is not None:
                    found[call_id] = span
        return found

    def _retrieval(self, place: Place) -> RetrievalCard:
        span, gen_ai = place.span, self._gen_ai(place.span)
        documents = gen_ai.documents
        return RetrievalCard(
            **self._shared(place),
            operation=self._trace.operation[span],
            model=self._trace.model[span],
            query=self._text(gen_ai.query),
            documents=[self._document(item) for item in documents[:_MAX_DOCUMENTS]],
            document_count=len(documents),
        )

    def _document(self, item: Any) -> RetrievedDocument:
        fields = item if isinstance(item, dict) else {"content": item}
        score = fields.get("score")
        return RetrievedDocument(
            id=text_of(fields.get("id")),
            score=float(score) if isinstance(score, int | float) else None,
            content=self._text(text_of(fields.get("content"))),
        )

    def _text(self, text: str) -> ShownText | None:
        return shown(text, self._max_chars) if text else None

    def _part(self, part: Part) -> TranscriptPart:
        run = self._runs.get(part.id) if part.id else None
        return TranscriptPart(
            type=part.type,
            text=shown(_said_in(part), self._max_chars),
            id=part.id,
            name=part.name,
            span_id=None if run is None else self._trace.span_id[run],
        )


def _tool_calls(gen_ai: GenAi) -> Iterator[Part]:
    for message in gen_ai.output_messages:
        for part in message.parts:
            if part.type == "tool_call":
                yield part


def _said_in(part: Part) -> str:
    match part.type:
        case "text" | "reasoning":
            return text_of(part.content)
        case "tool_call":
            return text_of(part.arguments)
        case "tool_call_response":
            return text_of(part.response)
        case _:
            return text_of(part.model_dump(exclude={"type", "id", "name"}, exclude_none=True))
