"""Answers and questions of the small things that people save."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

DocumentKind = Literal["sql_query", "view", "dashboard", "alert", "bookmark"]

Nanoseconds = Annotated[str, Field(pattern="^[0-9]{1,19}$")]


class Document(BaseModel):
    """A document as it is now."""

    id: str
    kind: DocumentKind
    name: str
    body: dict[str, Any]
    updated_time_unix_nano: str


class Documents(BaseModel):
    """All of a kind, by name."""

    documents: list[Document]


class DocumentWrite(BaseModel):
    """What a document is to be."""

    name: str
    body: dict[str, Any]
    if_updated_time_unix_nano: Nanoseconds | None = Field(
        default=None,
        description="only if the document was last updated then, or, for 0, does not exist; null: whatever it is now",
    )
