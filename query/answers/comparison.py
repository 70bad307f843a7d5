"""Answer about two traces: which steps they share, how these differ, and what only one has."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from .shown import ShownText


class ComparedTrace(BaseModel):
    """One of the two as a whole."""

    trace_id: str
    start_time_unix_nano: str
    duration_nano: int
    span_count: int
    shown_span_count: int
    error_count: int
    model_calls: int
    input_tokens: int
    output_tokens: int
    cost: float | None = Field(
        description="US dollars of the calls whose cost is known; null where it is of none"
    )


class ComparedStep(BaseModel):
    """A step as one of the two traces has it."""

    span_id: str
    parent_span_id: str
    name: str
    service: str
    operation: str
    model: str
    agent: str
    tool: str
    start: int = Field(description="nanoseconds after its trace's start")
    duration: int = Field(description="nanoseconds")
    status: Literal["UNSET", "OK", "ERROR"]
    input_tokens: int
    output_tokens: int
    cost: float | None = Field(description="US dollars; null where it is not known")


class ValueDifference(BaseModel):
    """A value the two have differently; null where one has none. Long ones are cut."""

    key: str
    left: str | None
    right: str | None


class MessageDifference(BaseModel):
    """A message that was added, removed or changed; the differences of `changed` as a unified diff of the text."""

    change: Literal["added", "removed", "changed"]
    place: Literal["system", "input", "output"]
    role: str
    index: int = Field(description="in the right trace's list; of a removed one in the left's")
    text: ShownText


class ToolDifference(BaseModel):
    """A tool offered to the model by one call and not, or otherwise, by the other."""

    change: Literal["added", "removed", "changed"]
    name: str
    diff: ShownText | None


class StepContent(BaseModel):
    """How the contents of two model calls, agents or tools differ; all empty where they do not."""

    messages: list[MessageDifference]
    equal_messages: int
    tools: list[ToolDifference]
    parameters: list[ValueDifference] = Field(
        description="of the request (gen_ai.request.*), a tool's arguments and result"
    )


class StepPair(BaseModel):
    """A step of the left trace and the step of the right one that it is, or a step that only one has."""

    depth: int
    match: Literal["same", "changed", "moved", "left_only", "right_only"] = Field(
        description="changed: another model, status, name or content; moved: under another parent or in another order"
    )
    left: ComparedStep | None
    right: ComparedStep | None
    duration_difference: int = Field(description="right - left, nanoseconds; 0 where one has none")
    input_tokens_difference: int
    output_tokens_difference: int
    cost_difference: float | None = Field(
        description="US dollars; null where one of the two costs is not known"
    )
    differences: list[ValueDifference]
    content: StepContent | None = Field(
        description="null where neither step has content, or content_shown leaves it out"
    )
    folded: int = Field(
        description="steps below a left_only or right_only one, which are not listed themselves"
    )


class Alignment(BaseModel):
    """How the steps were matched, where the traces were too large for the best way."""

    sibling_lists: int
    by_occurrence: int = Field(
        description="sibling lists over the bound, matched by the nth occurrence of a step instead of the longest "
        "common subsequence"
    )
    contents_compared: int = Field(description="model calls and tools whose content was read")
    contents: int


class Comparison(BaseModel):
    """Two traces step by step, in the order of the right one, what was removed where it stood."""

    left: ComparedTrace
    right: ComparedTrace
    same: int
    changed: int
    moved: int
    left_only: int
    right_only: int
    alignment: Alignment
    steps: list[StepPair]
    step_count: int = Field(description="more than there are steps where some are left out")
