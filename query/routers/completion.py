"""Help with writing a query: what may be typed next, and a condition added by a click (filters/SPEC.md)."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query

from ..answers.completion import Completions, Language, NarrowedQuery
from ..filters.fields import LOGS, SPANS, Signal
from ..filters.narrow import narrowed, narrowing
from ..questions import completion
from .parameters import PROBLEMS, Ask, Project, QueryText, Word

router = APIRouter(prefix="/api/search", tags=["search"], responses=PROBLEMS)

SignalName = Annotated[Literal["spans", "logs"], Query(description="whose language it is")]
_SIGNALS: dict[str, Signal] = {"spans": SPANS, "logs": LOGS}


@router.get("/complete", operation_id="complete_query")
def complete_query(
    ask: Ask,
    project: Project,
    signal: SignalName = "spans",
    query: QueryText = "",
    cursor: Annotated[
        int | None, Query(ge=0, description="characters before it; default: the end")
    ] = None,
) -> Completions:
    """What may be typed at the cursor: fields, operators, values and words of the language."""
    at = len(query) if cursor is None else cursor
    return completion.complete(ask, project, _SIGNALS[signal], query, at)


@router.get("/narrow", operation_id="narrow_query")
def narrow_query(
    field: Annotated[Word, Query(description="a field, or with a scope the key of an attribute")],
    signal: SignalName = "spans",
    query: QueryText = "",
    scope: Annotated[
        Literal["any", "span", "resource", "event", "log"] | None,
        Query(description="of an attribute; without it `field` is a field"),
    ] = None,
    value: Annotated[
        str | None, Query(description="without one, conditions on the field are taken away")
    ] = None,
    type: Annotated[str, Query(description="of an attribute's value")] = "string",
    operator: Literal["=", "<=", ">=", "contains", "exists"] = "=",
    negated: Annotated[bool, Query(description="leave out what matches")] = False,
    replaces: Annotated[bool, Query(description="in place of other values of the field")] = False,
) -> NarrowedQuery:
    """The query with a condition more, or less."""
    of = "" if scope == "any" else scope
    found = narrowing(_SIGNALS[signal], field, of, value, type, operator, negated, replaces)
    return NarrowedQuery(query=narrowed(query, found))


@router.get("/language", operation_id="describe_language")
def describe_language(signal: SignalName = "spans") -> Language:
    """Fields and examples of the language."""
    return completion.language(_SIGNALS[signal])
