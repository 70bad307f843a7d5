"""A map of the store, beside the types of its values, as a list of attributes in their order.

Keys and values come apart because a Python dict would lose repeated keys, which OTLP forbids and senders send.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..answers.attributes import Attribute


def attributes(keys: Sequence[str], values: Sequence[str], types: Sequence[Any]) -> list[Attribute]:
    """The attributes of one span, event, link, resource or scope."""
    return [
        Attribute(key=key, type=type, value=value)
        for key, value, type in zip(keys, values, types, strict=True)
    ]


def texts(keys: Sequence[str], values: Sequence[str]) -> dict[str, str]:
    """Attribute key to text, where the type is known from the key; the first of repeated keys."""
    return dict(zip(reversed(keys), reversed(values), strict=True))
