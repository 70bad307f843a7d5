"""Answers and questions of what is said of spans and traces."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from .documents import Nanoseconds

AnnotationKind = Literal["score", "comment", "label"]
Source = Literal["human", "code", "llm"]

_SpanId = Annotated[str, Field(pattern="^[0-9a-fA-F]{16}$")]


class Annotation(BaseModel):
    """A score, comment or label as it is now."""

    id: str
    trace_id: str
    span_id: str | None = Field(description="null: of the whole trace")
    kind: AnnotationKind
    name: str = Field(description='of a score; the label; "" of a comment')
    score_value: float | None
    score_label: str = Field(
        description='a category; "true" and "false" beside 1 and 0 are a boolean'
    )
    text: str = Field(description="the comment; why a score is what it is")
    error_type: str = Field(description="why there is no score")
    source: Source | None
    author: str
    created_time_unix_nano: str
    updated_time_unix_nano: str


class AnnotationList(BaseModel):
    """The oldest first."""

    annotations: list[Annotation]


class AnnotationWrite(BaseModel):
    """What is to be said."""

    span_id: _SpanId | None = Field(default=None, description="null: of the whole trace")
    kind: AnnotationKind
    name: str = Field(default="", max_length=100)
    score_value: float | None = Field(default=None, allow_inf_nan=False)
    score_label: str = Field(default="", max_length=100)
    text: str = Field(default="", max_length=20_000)
    source: Source = "human"
    author: str = Field(default="", max_length=100)


class AnnotationEdit(AnnotationWrite):
    """What is to be said instead."""

    if_updated_time_unix_nano: Nanoseconds | None = Field(
        default=None, description="only if it was last updated then; null: whatever it is now"
    )
