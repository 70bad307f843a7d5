"""Cutting of texts: what is left out is told in characters."""

from __future__ import annotations

from typing import Any

import orjson

from ..answers.shown import ShownText, Truncated

_MAX_NAME_CHARS = 80


def shown(text: str, max_chars: int) -> ShownText:
    """The beginning of a text."""
    if len(text) <= max_chars:
        return ShownText(text=text, truncated=None)
    return ShownText(text=text[:max_chars], truncated=Truncated(shown=max_chars, of=len(text)))


def shown_end(text: str, max_chars: int) -> ShownText:
    """The end of a text: a stack trace's cause stands there."""
    if len(text) <= max_chars:
        return ShownText(text=text, truncated=None)
    return ShownText(text=text[-max_chars:], truncated=Truncated(shown=max_chars, of=len(text)))


def text_of(value: Any) -> str:
    """A value as a person reads it: text as it is, anything else as JSON, nothing as ""."""
    if value is None:
        return ""
    return value if isinstance(value, str) else orjson.dumps(value).decode()


def cut(name: str) -> str:
    """A name on one line, and short enough for it."""
    name = " ".join(name.split())
    return name if len(name) <= _MAX_NAME_CHARS else f"{name[: _MAX_NAME_CHARS - 1]}…"
