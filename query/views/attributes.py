"""A map of the store, beside the types of its values, as a list of attributes in their order.

A map is pairs rather than a dict, which would lose repeated keys: OTLP forbids them and senders send them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..answers.attributes import Attribute

Pairs = Sequence[tuple[str, str]]
"""(key, value) of a map, in its order."""


def attributes(pairs: Pairs, types: Sequence[Any]) -> list[Attribute]:
    """The attributes of one span, event, link, resource or scope."""
    return [
        Attribute(key=key, type=type, value=value)
        for (key, value), type in zip(pairs, types, strict=True)
    ]


def texts(pairs: Pairs) -> dict[str, str]:
    """Attribute key to text, where the type is known from the key; the first of repeated keys."""
    return dict(reversed(pairs))
