"""A condition added to a query, or taken from it, as text: what a click on a value does.

The words of the query stay as they were written wherever the condition can stand beside them.
"""

from __future__ import annotations

from dataclasses import dataclass

from .complete import field_text, value_text
from .fields import Signal
from .lex import tokens
from .parse import (
    All,
    Comparison,
    Either,
    Name,
    Not,
    Query,
    Relation,
    SpanSet,
    Together,
    parse,
)


@dataclass(frozen=True)
class Narrowing:
    """What a query is narrowed by."""

    name: str
    """Of the field, as it is written."""
    condition: str
    """The condition to add, "" for none."""
    replaces: bool
    """Whether conditions on the same field go first."""


def narrowing(
    signal: Signal,
    field: str,
    scope: str | None,
    value: str | None,
    type: str,
    operator: str,
    negated: bool,
    replaces: bool,
) -> Narrowing:
    """What a click asks for.

    Args:
        signal: whose query it is.
        field: a field's name, or with a scope the key of an attribute.
        scope: "" for an attribute of any; None for a field.
        value: what it is compared with; None only takes conditions away.
        type: of an attribute's value.
        operator: of the comparison, or `exists`.
        negated: leaves out what matches, and keeps what has no such field.
        replaces: takes away other conditions on the field.
    """
    name = field if scope is None else field_text(signal, scope, field)
    if operator == "exists":
        condition = f"exists({name})"
    elif value is None:
        return Narrowing(name, "", True)
    else:
        condition = f"{name} {operator} {value_text(value, type)}"
    return Narrowing(name, f"not {condition}" if negated else condition, replaces)


def narrowed(query: str, by: Narrowing) -> str:
    """The query with the condition.

    Raises:
        InvalidQuery: the query, or what becomes of it, is none.
    """
    found = _narrowed(query, parse(query), by)
    parse(found)
    return found


def _narrowed(query: str, tree: Query, by: Narrowing) -> str:
    match tree:
        case SpanSet() | Relation(right=SpanSet()):
            return _in_last_set(query, tree, by)
        case Relation() | Together():
            return f"({query.strip()}) and {{ {by.condition} }}" if by.condition else query
        case Either():
            return f"({query.strip()}) and {by.condition}" if by.condition else query
    kept = _kept(query, tree, by)
    if not by.condition or by.condition in _operands(kept):
        return kept
    return f"{kept} and {by.condition}" if kept else by.condition


def _in_last_set(query: str, tree: SpanSet | Relation, by: Narrowing) -> str:
    """The spans of a relation are those of its right side."""
    span_set = tree if isinstance(tree, SpanSet) else tree.right
    if not isinstance(span_set, SpanSet) or tokens(query)[-2].text != "}":
        return f"({query.strip()}) and {{ {by.condition} }}" if by.condition else query
    first, last = sum(span_set.place), query.rindex("}")
    inner = query[first:last].strip()
    found = _narrowed(inner, parse(inner), by)
    return f"{query[:first]} {found} {query[last:]}" if found else f"{query[:first]} {query[last:]}"


def _operands(query: str) -> list[str]:
    tree = parse(query)
    places = tree.places if isinstance(tree, All) else ()
    return [query[at : at + length] for at, length in places] or [query.strip()]


def _kept(query: str, tree: Query, by: Narrowing) -> str:
    """The query without what is replaced."""
    if not by.replaces:
        return query.strip()
    operands = tree.operands if isinstance(tree, All) else (tree,)
    texts = _operands(query)
    kept = [text for text, node in zip(texts, operands, strict=False) if not _is_on(node, by.name)]
    return query.strip() if len(kept) == len(operands) else " and ".join(kept)


def _is_on(node: Query, name: str) -> bool:
    match node:
        case Not(operand):
            return _is_on(operand, name)
        case Comparison(found, "=" | "in" | "exists"):
            return _written(found) == name
        case _:
            return False


def _written(name: Name) -> str:
    key = f'"{name.key}"' if name.is_quoted else name.key
    return f"{name.scope}.{key}" if name.scope else key
