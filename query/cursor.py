"""The text of a cursor: the fields that say where a page ended, opaque to clients."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import Any

import orjson


def cursor_text(fields: Sequence[Any]) -> str:
    """As the client hands it back."""
    return base64.urlsafe_b64encode(orjson.dumps(list(fields))).rstrip(b"=").decode()


def cursor_fields(text: str) -> Any:
    """What `cursor_text` was given; None, or any JSON, of another text."""
    try:
        return orjson.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (binascii.Error, ValueError):
        return None
