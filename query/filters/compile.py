"""A tree as SQL that selects rows, and the values of its typed parameters; section 9 of SPEC.md.

Text of a query is only ever a parameter's value. Parameters are named p0, p1, ...; the window and the project are the
question's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, TypeGuard

from ..errors import InvalidQuery
from ..reader import question
from ..text_index import INSERTED, MERGED, indexed, text_in
from .check import AttributeField, EventField, ScoreField, SearchField, Test, Value, check
from .fields import Attributes, Field, Signal, annotated
from .parse import (
    All,
    Comparison,
    Condition,
    Either,
    Not,
    Query,
    Relation,
    SpanSet,
    SpanSets,
    Text,
    Together,
    comparisons,
    parse,
)

_RELATIONS = {
    ">": "children",
    ">>": "descendants",
    "<": "parents",
    "<<": "ancestors",
    "~~": "siblings",
}
_POSITIVE = {"!=": "=", "!~": "~", "not in": "in"}
# Characters of SQL; ClickHouse reads 262,144 of a question (max_query_size).
MAX_SQL = 150_000
# Up to here an integer and a double of the same value are stored as the same text.
_MAX_INDEXED = 10**15


@dataclass(frozen=True)
class Search:
    """A query that was understood."""

    tree: Query
    rows: Rows
    """The matching rows of the window, as the question of the signal selects them."""

    @classmethod
    def of(cls, signal: Signal, query: str, now: int) -> Search:
        """The search that a text asks for; `now` is what relative times count from, in Unix nanoseconds.

        Raises:
            InvalidQuery: it asks for none.
        """
        tree = parse(query)
        compiler = _Compiler(signal, now)
        rows = Rows(compiler.rows(tree), compiler.parameters)
        if len(rows.sql) > MAX_SQL:
            raise InvalidQuery(
                0,
                len(query),
                "too much in all",
                f"at most {MAX_SQL} characters of SQL",
                "relate fewer spans, or ask for fewer values and texts in them",
            )
        return cls(tree, rows)

    def patterns(self) -> list[tuple[str, int, int]]:
        """Its regular expressions with offset and length of their places: only RE2 knows whether they are any."""
        return [
            (token.text, *token.place)
            for comparison in comparisons(self.tree)
            if comparison.operator in ("~", "!~")
            for token in comparison.values
        ]


class Rows(NamedTuple):
    """A SELECT and its parameters, but for those of the window and the project."""

    sql: str
    parameters: dict[str, Value]


class _Compiler:
    def __init__(self, signal: Signal, now: int) -> None:
        self._signal = signal
        self._now = now
        self.parameters: dict[str, Value] = {}

    def rows(self, tree: Query) -> str:
        match tree:
            case SpanSet() | Relation() | Together():
                return self._span_sets(tree)
            case _:
                return self._matching(tree)

    def _span_sets(self, tree: SpanSets) -> str:
        match tree:
            case SpanSet(condition, place):
                if not self._signal.has_events:
                    raise InvalidQuery(
                        *place,
                        "'{'",
                        "a condition",
                        "only spans stand in relations: leave out the braces",
                    )
                return self._matching(condition)
            case Relation(operator, left, right):
                return question(_RELATIONS[operator]).substitute(
                    left=self._span_sets(left),
                    right=self._span_sets(right),
                    every=_select(self._signal, "1"),
                )
            case Together(operator, operands):
                sets = [self._span_sets(operand) for operand in operands]
                traces = [f"TraceId IN (SELECT TraceId FROM (\n{rows}\n))" for rows in sets]
                return question("spans_together").substitute(
                    sets="\nUNION ALL\n".join(sets),
                    traces="\n    AND ".join(traces) if operator == "and" else "1",
                )

    def _matching(self, condition: Condition) -> str:
        sql = self._condition(condition)
        items = self._items(condition)
        if not items:
            return _select(self._signal, sql)
        by_index = "\n    AND ".join([MERGED, *items, sql])
        by_scan = f"{INSERTED}\n    AND {sql}"
        return f"{_select(self._signal, by_index)}\nUNION ALL\n{_select(self._signal, by_scan)}"

    def _condition(self, node: Condition) -> str:
        match node:
            case Text(text, place):
                if not text:
                    raise InvalidQuery(
                        *place, "an empty text", "a text to look for", "leave it out to find all"
                    )
                maps = tuple(attributes.map for attributes in self._own_attributes())
                return text_in(self._signal.text, maps, self._bind(text))
            case Comparison():
                return self._test(check(self._signal, node, self._now))
            case Not(operand):
                return f"NOT {self._condition(operand)}"
            case All(operands):
                return self._joined(" AND ", operands)
            case Either(operands):
                return self._joined(" OR ", operands)

    def _joined(self, operator: str, operands: tuple[Condition, ...]) -> str:
        if not operands:
            return "1"
        return "(" + operator.join(self._condition(operand) for operand in operands) + ")"

    def _own_attributes(self) -> list[Attributes]:
        """Those of the row itself, not of its resource."""
        scopes = self._signal.scopes
        return [attributes for scope, attributes in scopes.items() if scope != "resource"]

    def _bind(self, value: Value) -> str:
        """A parameter that holds the value."""
        types = {str: "String", int: "Int64", float: "Float64"}
        name = f"p{len(self.parameters)}"
        self.parameters[name] = value
        return f"{{{name}:{types[type(value)]}}}"

    def _items(self, node: Condition) -> list[str]:
        """What a text index can say of a condition: each is true wherever the condition is."""
        match node:
            case All(operands):
                return [item for operand in operands for item in self._items(operand)]
            case Comparison(_, "=" | "in"):
                test = check(self._signal, node, self._now)
                if _has_index(test.field) and all(map(_is_indexed, test.values)):
                    columns = tuple(attributes.items for attributes in test.field.maps)
                    key = test.field.key
                    items = [self._bind(f"{key}={_stored(value)}") for value in test.values]
                    return ["(" + " OR ".join(indexed(columns, item) for item in items) + ")"]
        return []

    def _test(self, test: Test) -> str:
        holds = self._row_test(test)
        if isinstance(test.field, Field) and test.field.of_trace:
            return f"TraceId IN (\n{question('traces_that').substitute(condition=holds)}\n)"
        if isinstance(test.field, Field) and test.field.of_usage:
            return f"(TraceId, SpanId) IN (\n{question('spans_that_cost').substitute(condition=holds)}\n)"
        return holds

    def _row_test(self, test: Test) -> str:
        if test.operator == "exists":
            return self._exists(test.field)
        positive = _POSITIVE.get(test.operator)
        if positive is None:
            return self._holds(test.field, test.operator, test.values)
        holds = self._holds(test.field, positive, test.values)
        return f"({self._exists(test.field)} AND NOT {holds})"

    def _exists(self, field: SearchField) -> str:
        if isinstance(field, ScoreField):
            return annotated(self._score(field))
        if isinstance(field, AttributeField):
            key = self._bind(field.key)
            tests = [f"mapContains({attributes.map}, {key})" for attributes in field.maps]
            return "(" + " OR ".join(tests) + ")"
        if isinstance(field, EventField):
            key = self._bind(field.key)
            return f"arrayExists(m -> mapContains(m, {key}), Events.Attributes)"
        match field.type:
            case "annotation":
                return annotated(f"Kind = '{field.kind}'")
            case "text" | "id":
                return f"{field.sql} != ''"
            case "event name":
                return f"arrayExists(v -> v != '', {field.sql})"
            case "number":
                return f"{field.sql} != 0"
            case _:
                return "1"

    def _holds(self, field: SearchField, operator: str, values: tuple[Value, ...]) -> str:
        if isinstance(field, ScoreField):
            score = self._score(field)
            holds = " OR ".join(self._score_is(operator, value) for value in values)
            return annotated(f"{score} AND ({holds})")
        if isinstance(field, Field):
            return self._column_holds(field, operator, values)
        key = self._bind(field.key)
        holds = " OR ".join(self._attribute_is(operator, value) for value in values)
        test = f"(k, v, t) -> k = {key} AND ({holds})"
        if isinstance(field, EventField):
            inner = f"arrayExists({test}, mapKeys(m), mapValues(m), types)"
            return f"arrayExists((m, types) -> {inner}, Events.Attributes, Events.AttributeTypes)"
        tests = [
            f"arrayExists({test}, mapKeys({attributes.map}), mapValues({attributes.map}), {attributes.types})"
            for attributes in field.maps
        ]
        return "(" + " OR ".join(tests) + ")"

    def _score(self, field: ScoreField) -> str:
        return f"Kind = 'score' AND Name = {self._bind(field.name)}"

    def _score_is(self, operator: str, value: Value) -> str:
        """A number is asked of the value, what else there is of the label."""
        if not isinstance(value, bool | str):
            return self._is("ScoreValue", operator, value)
        label = _stored(value) if isinstance(value, bool) else value
        return f"ScoreLabel != '' AND {self._is('ScoreLabel', operator, label)}"

    def _attribute_is(self, operator: str, value: Value) -> str:
        """Of the value `v` of the type `t`."""
        if operator in ("~", "contains"):
            return self._is("v", operator, value)
        operator = "=" if operator == "in" else operator
        if isinstance(value, bool):
            return f"t = 'bool' AND v = {self._bind(_stored(value))}"
        if isinstance(value, str):
            return f"t = 'string' AND v {operator} {self._bind(value)}"
        number = self._bind(value)
        return (
            f"t = 'int' AND toInt64OrZero(v) {operator} {number} "
            f"OR t = 'double' AND toFloat64OrZero(v) {operator} {number}"
        )

    def _column_holds(self, field: Field, operator: str, values: tuple[Value, ...]) -> str:
        column = "v" if field.type == "event name" else field.sql
        holds = "(" + " OR ".join(self._is(column, operator, value) for value in values) + ")"
        if field.type == "annotation":
            return annotated(f"Kind = '{field.kind}' AND {holds}")
        if field.type == "event name":
            return f"arrayExists(v -> v != '' AND {holds}, {field.sql})"
        return f"({column} != '' AND {holds})" if field.type == "text" else holds

    def _is(self, sql: str, operator: str, value: Value) -> str:
        bound = self._bind(value)
        match operator:
            case "~":
                return f"match({sql}, {bound})"
            case "contains":
                return f"positionCaseInsensitiveUTF8({sql}, {bound}) > 0"
            case "in":
                return f"{sql} = {bound}"
            case _:
                return f"{sql} {operator} {bound}"


def _select(signal: Signal, conditions: str) -> str:
    return question(signal.question).substitute(conditions=conditions)


def _has_index(field: object) -> TypeGuard[AttributeField]:
    return isinstance(field, AttributeField) and all(map.items for map in field.maps)


def _is_indexed(value: Value) -> bool:
    """Whether the texts that equal the value are one."""
    if isinstance(value, bool | str):
        return True
    # 0 is also the double -0.
    return isinstance(value, int) and 0 < abs(value) <= _MAX_INDEXED


def _stored(value: Value) -> str:
    """The text the store keeps of a value."""
    return str(value).lower() if isinstance(value, bool) else str(value)
