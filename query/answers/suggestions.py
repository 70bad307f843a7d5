"""Answers of the roll-ups: what services, operations, attributes there are."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from .attributes import AttributeType


class Service(BaseModel):
    """A service and what it sent."""

    name: str
    span_count: int
    error_count: int
    last_time_unix_nano: str


class Services(BaseModel):
    """By name."""

    services: list[Service]


class Operation(BaseModel):
    """A span name and kind."""

    name: str
    kind: str
    span_count: int


class Operations(BaseModel):
    """The most frequent first."""

    operations: list[Operation]


class AttributeKey(BaseModel):
    """A key with the type and place it was seen with; one key may have several."""

    key: str
    type: AttributeType
    source: Literal["span", "resource"]
    count: int = Field(description="of the sampled spans, how many carried it")


class AttributeKeys(BaseModel):
    """The most frequent first."""

    keys: list[AttributeKey]


class AttributeValue(BaseModel):
    """A value's text."""

    value: str
    count: int = Field(description="of the sampled spans, how many carried it")


class AttributeValues(BaseModel):
    """The most frequent first."""

    values: list[AttributeValue]
