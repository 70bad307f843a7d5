"""What the spans of a trace say in full, as far as an analysis asked for it: conversation, attributes, failure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..answers.gen_ai import GenAi, Message
from ..answers.transcript import FailedWith
from ..views.attributes import texts
from ..views.gen_ai import gen_ai
from .shown import shown, shown_end

_EXCEPTION = "exception"


@dataclass(frozen=True)
class Content:
    """One span in full."""

    gen_ai: GenAi | None
    attributes: dict[str, str]
    status_message: str
    exception: dict[str, str]
    """The attributes of the last exception, which is the one that ended the span."""

    @classmethod
    def of(cls, row: dict[str, Any]) -> Content:
        """The content of a row of span_contents.sql."""
        exceptions = [
            texts(pairs)
            for name, pairs in zip(row["Events.Name"], row["Events.Attributes"], strict=True)
            if name == _EXCEPTION
        ]
        return cls(
            gen_ai=gen_ai(row),
            attributes=texts(row["SpanAttributes"]),
            status_message=row["StatusMessage"],
            exception=exceptions[-1] if exceptions else {},
        )

    def failed_with(self, max_chars: int) -> FailedWith:
        """Why the span failed, as far as it says."""
        said = self.exception
        stack = said.get("exception.stacktrace", "")
        return FailedWith(
            type=said.get("exception.type") or self.attributes.get("error.type", ""),
            message=shown(self.status_message or said.get("exception.message", ""), max_chars),
            stack=shown_end(stack, max_chars) if stack else None,
        )


def asked(content: GenAi) -> list[Message]:
    """What a call or an agent was asked: its input after the last answer in it, without instructions."""
    messages = content.input_messages
    answers = [index for index, message in enumerate(messages) if message.role == "assistant"]
    first = answers[-1] + 1 if answers else 0
    return [message for message in messages[first:] if message.role != "system"]
