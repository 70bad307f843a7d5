"""One agent's run as each dialect writes it: the attribute names are those of the libraries, the facts are the same.

An agent is asked where an order is, calls a tool, looks into the help, and answers. The second call reads 1,024 tokens from
the provider's cache; both calls reason.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from opentelemetry.util.types import AttributeValue


class Step(NamedTuple):
    """A span: its name, that of its parent, attributes and events."""

    name: str
    parent: str | None
    attributes: Mapping[str, AttributeValue]
    events: tuple[tuple[str, Mapping[str, AttributeValue]], ...] = ()


QUESTION = "Where is order 7731?"
ANSWER = "It was shipped."
SYSTEM = "Be brief."
CALL = {"order_id": "7731"}
RESULT = {"status": "shipped"}
QUERY = "late parcels"
DOCUMENTS = [{"id": "help-1", "score": 0.9}]


def dumps(value: Any) -> str:
    """As JSON."""
    return json.dumps(value)
