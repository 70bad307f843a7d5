"""Text that an answer may cut, and says so."""

from __future__ import annotations

from pydantic import BaseModel


class Truncated(BaseModel):
    """How much of a text is shown, in characters."""

    shown: int
    of: int


class ShownText(BaseModel):
    """A text; `truncated` is null where it is whole."""

    text: str
    truncated: Truncated | None
