"""An attribute as the API shows it: its type beside its text, so that int 5 and "5" stay two things."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

AttributeType = Literal[
    "string", "bool", "int", "double", "bytes", "array", "kvlist", "any", "empty"
]


class Attribute(BaseModel):
    """`value` is text: of an array, kvlist or any JSON, of bytes base64."""

    key: str
    type: AttributeType
    value: str
