"""Answers about a query that is being written: what may be typed next, and the query with a condition more or less."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field


class Completion(BaseModel):
    """Something that may be typed."""

    kind: Literal["field", "scope", "operator", "value", "keyword"]
    label: str
    text: str = Field(description="what goes into the query")
    detail: str
    type: str = Field(description='of a field or value; "" where it has none')
    count: int | None = Field(description="how often the data has it, of a sample")


class Completions(BaseModel):
    """What may stand at the cursor, the likeliest first; each replaces `length` characters from `offset`."""

    offset: int
    length: int
    completions: list[Completion]


class NarrowedQuery(BaseModel):
    """A query in the search language."""

    query: str


class LanguageField(BaseModel):
    """A field of the language."""

    name: str
    type: str
    description: str


class LanguageExample(BaseModel):
    """A query, and what it finds in words."""

    query: str
    finds: str


class Language(BaseModel):
    """What a person must know to write a query."""

    fields: list[LanguageField]
    examples: list[LanguageExample]
