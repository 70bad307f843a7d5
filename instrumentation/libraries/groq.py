"""Groq: chat, sync, async, streams, raw responses.

from groq import Groq
import spanhouse

spanhouse.instrument()
Groq().chat.completions.create(model="llama-3.3-70b-versatile", messages=[{"role": "user", "content": "Hello"}])
"""

from __future__ import annotations

from ..engine import Library, Target
from ..messages import value_of
from .openai_chat import ChatFold, chat, completion, embedded, embeddings
from .raw_response import follow_raw

_MODULE = "groq.resources"


def _provider(call: object) -> str:
    return "groq"


def _base_url(call: object) -> object:
    return value_of(value_of(value_of(call, "instance"), "_client"), "base_url")


_CHAT = chat(_provider, _base_url)
_EMBED = embeddings(_provider, _base_url)
_RAW = follow_raw(completion, ChatFold)

LIBRARY = Library(
    "groq", "groq", "groq", "0.11",
    targets=[
        target
        for prefix in ("", "Async")
        for target in (
            Target(f"{_MODULE}.chat.completions", f"{prefix}Completions.create", _CHAT, completion, ChatFold, _RAW),
            Target(f"{_MODULE}.embeddings", f"{prefix}Embeddings.create", _EMBED, embedded, optional=True),
        )
    ],
)  # fmt: skip
