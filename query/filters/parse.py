"""Tokens as a tree; section 2 of SPEC.md. The tree knows the form of a query, not yet its fields and types."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NoReturn

from ..errors import InvalidQuery
from .lex import Place, Token, tokens

MAX_DEPTH = 20
"""Brackets and `not` within each other; the engine parses what is made of them by recursion."""
MAX_TERMS = 100
"""Values and texts in all: each is a test of every row."""
MAX_SPAN_SETS = 6
"""Each is a read of the window, and some relations read a side twice."""

SCOPES = ("span", "resource", "event", "log", "score")
COMPARISONS = ("=", "!=", "<", "<=", ">", ">=", "~", "!~")
RELATIONS = (">", ">>", "<", "<<", "~~")
KEYWORDS = ("and", "or", "not", "in", "contains", "exists")


@dataclass(frozen=True)
class Name:
    """A field as it was written: `scope` is "" without one; a quoted key is an attribute's."""

    scope: str
    key: str
    is_quoted: bool
    place: Place


@dataclass(frozen=True)
class Text:
    """A word or string on its own."""

    text: str
    place: Place


@dataclass(frozen=True)
class Comparison:
    """A field, an operator, and one value (of `in` and `not in` any number); without values it is `exists`."""

    name: Name
    operator: str
    values: tuple[Token, ...]


@dataclass(frozen=True)
class Not:
    """What its operand does not match."""

    operand: Condition


@dataclass(frozen=True)
class All:
    """What every operand matches; without one, everything."""

    operands: tuple[Condition, ...]
    places: tuple[Place, ...] = ()
    """Where each operand stands."""


@dataclass(frozen=True)
class Either:
    """What some operand matches."""

    operands: tuple[Condition, ...]


Condition = Text | Comparison | Not | All | Either


@dataclass(frozen=True)
class SpanSet:
    """The spans that match a condition."""

    condition: Condition
    place: Place


@dataclass(frozen=True)
class Relation:
    """Spans of the right side that stand in a relation to some span of the left in one trace."""

    operator: str
    left: SpanSets
    right: SpanSets


@dataclass(frozen=True)
class Together:
    """The spans of all operands, in traces of which every operand (`and`) or any (`or`) has one."""

    operator: str
    operands: tuple[SpanSets, ...]


SpanSets = SpanSet | Relation | Together
Query = Condition | SpanSet | Relation | Together


def parse(query: str) -> Query:
    """The tree of a query.

    Raises:
        InvalidQuery: it is none, or over a bound.
    """
    return _Parser(tokens(query)).query()


@dataclass
class Wanted:
    """What may stand where a text ends: signs and words of the grammar, and the rules that begin there."""

    rules: set[str] = field(default_factory=set)
    name: Name | None = None
    """The field that an operator or value would be of."""
    operator: str = ""
    """That a value would follow."""


def wanted(beginning: list[Token]) -> Wanted:
    """What may follow these tokens, the last of which is their end; nothing where they begin no query."""
    parser = _Parser(beginning)
    try:
        parser.query()
    except InvalidQuery as error:
        if error.offset < beginning[-1].place.offset:
            return Wanted()
    return parser.wanted


def comparisons(node: Query) -> Iterator[Comparison]:
    """Every comparison of a tree, in the order of the text."""
    match node:
        case Comparison():
            yield node
        case Not(operand):
            yield from comparisons(operand)
        case SpanSet(condition):
            yield from comparisons(condition)
        case Relation(_, left, right):
            yield from comparisons(left)
            yield from comparisons(right)
        case All(operands) | Either(operands):
            for operand in operands:
                yield from comparisons(operand)
        case Together(_, sets):
            for span_set in sets:
                yield from comparisons(span_set)


class _Parser:
    """Recursive descent over the tokens; one method per rule of the grammar."""

    def __init__(self, found: list[Token]) -> None:
        self._tokens = found
        self._at = 0
        self._depth = 0
        self._terms = 0
        self._span_sets = 0
        self.wanted = Wanted()

    def query(self) -> Query:
        if len(self._tokens) == 1:
            self.wanted.rules |= {"condition", "set", "not", "exists", "("}
            return All(())
        first = next((token for token in self._tokens if not _is(token, "(")), self._now)
        tree: Query = self._together("or") if _is(first, "{") else self._any()
        if self._at < len(self._tokens) - 1:
            self._refuse("and, or, or the end", "remove it, or quote it if it is text to look for")
        return tree

    @property
    def _now(self) -> Token:
        return self._tokens[self._at]

    def _next(self) -> Token:
        token = self._now
        # The end is found again and again.
        self._at = min(self._at + 1, len(self._tokens) - 1)
        return token

    def _want(self, rule: str) -> None:
        """Note what is looked for, where the tokens end."""
        if self._now.kind == "end":
            self.wanted.rules.add(rule)

    def _take(self, sign: str) -> bool:
        self._want(sign)
        found = _is(self._now, sign)
        if found:
            self._at += 1
        return found

    def _take_word(self, word: str) -> bool:
        self._want(word)
        found = _is_word(self._now, word)
        if found:
            self._at += 1
        return found

    def _close(self, sign: str, opened: Token) -> None:
        if not self._take(sign):
            self._refuse(
                f"{sign!r}", f"close the {opened.text!r} at character {opened.place.offset + 1}"
            )

    def _refuse(self, expected: str, advice: str, token: Token | None = None) -> NoReturn:
        token = token or self._now
        raise InvalidQuery(*token.place, token.found, expected, advice)

    def _open(self, token: Token) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            self._refuse(
                f"at most {MAX_DEPTH} levels of brackets and not", "ask it with fewer levels", token
            )

    def _together(self, operator: str) -> SpanSets:
        """Sets joined by `or`, or by `and`, which binds tighter."""
        operands = [self._operand(operator)]
        while self._take_word(operator):
            operands.append(self._operand(operator))
        return operands[0] if len(operands) == 1 else Together(operator, tuple(operands))

    def _operand(self, operator: str) -> SpanSets:
        return self._together("and") if operator == "or" else self._relation()

    def _relation(self) -> SpanSets:
        left = self._span_set()
        self._want("relation")
        while self._now.kind == "sign" and self._now.text in RELATIONS:
            operator = self._next().text
            left = Relation(operator, left, self._span_set())
        return left

    def _span_set(self) -> SpanSets:
        opened = self._now
        if self._take("("):
            self._open(opened)
            inner = self._together("or")
            self._close(")", opened)
            self._depth -= 1
            return inner
        if not self._take("{"):
            self._want("set")
            self._refuse("a span set in braces", "write one as in { status = error }")
        self._span_sets += 1
        if self._span_sets > MAX_SPAN_SETS:
            self._refuse(f"at most {MAX_SPAN_SETS} span sets", "relate fewer spans", opened)
        condition = All(()) if _is(self._now, "}") else self._any()
        self._close("}", opened)
        return SpanSet(condition, opened.place)

    def _any(self) -> Condition:
        operands = [self._all()]
        while self._take_word("or"):
            operands.append(self._all())
        return operands[0] if len(operands) == 1 else Either(tuple(operands))

    def _all(self) -> Condition:
        operands: list[Condition] = []
        places: list[Place] = []
        while not operands or self._take_word("and") or self._begins_a_term():
            first = self._now.place.offset
            operands.append(self._not())
            places.append(Place(first, sum(self._tokens[self._at - 1].place) - first))
        return operands[0] if len(operands) == 1 else All(tuple(operands), tuple(places))

    def _begins_a_term(self) -> bool:
        for rule in ("condition", "not", "exists", "("):
            self._want(rule)
        return (self._now.kind in ("word", "string") and not _is_word(self._now, "or")) or _is(
            self._now, "("
        )

    def _not(self) -> Condition:
        token = self._now
        if not self._take_word("not"):
            return self._term()
        self._open(token)
        operand = self._not()
        self._depth -= 1
        return Not(operand)

    def _term(self) -> Condition:
        token = self._now
        if self._take("("):
            self._open(token)
            inner = self._any()
            self._close(")", token)
            self._depth -= 1
            return inner
        if _is_word(token, "exists") and _is(self._tokens[self._at + 1], "("):
            self._next()
            opened = self._next()
            name = self._name()
            self._close(")", opened)
            self._count(name.place)
            return Comparison(name, "exists", ())
        if token.kind == "word" and token.text.lower() in KEYWORDS:
            self._refuse("a condition", f'to look for the word itself, quote it: "{token.text}"')
        if token.kind not in ("word", "string"):
            self._want("condition")
            self._want("exists")
            self._refuse("a condition", 'write one as in status = error, or a text as in "GET /"')
        return self._comparison_or_text()

    def _comparison_or_text(self) -> Condition:
        name = self._name()
        self.wanted.name = name
        operator = self._operator()
        if operator is None:
            self._count(name.place)
            if name.scope and name.is_quoted:
                self._refuse("an operator after the field", "compare it, or ask exists() of it")
            return Text(f"{name.scope}.{name.key}" if name.scope else name.key, name.place)
        self.wanted.operator = operator
        values = self._list() if operator in ("in", "not in") else (self._value(),)
        return Comparison(name, operator, values)

    def _name(self) -> Name:
        self._want("field")
        token = self._next()
        if token.kind not in ("word", "string"):
            self._refuse("a field", "name one, as in exists(http.route)", token)
        if token.kind == "string":
            return Name("", token.text, True, token.place)
        scope, dot, key = token.text.partition(".")
        if not dot or scope not in SCOPES:
            return Name("", token.text, False, token.place)
        if key:
            return Name(scope, key, False, token.place)
        quoted, end = self._now, sum(token.place)
        if quoted.kind != "string" or quoted.place.offset != end:
            self._refuse(
                f"a key right after {token.text!r}", f'as in {token.text}key or {token.text}"a key"'
            )
        self._next()
        place = Place(token.place.offset, sum(quoted.place) - token.place.offset)
        return Name(scope, quoted.text, True, place)

    def _operator(self) -> str | None:
        self._want("operator")
        token = self._now
        if token.kind == "sign" and token.text in COMPARISONS:
            return self._next().text
        if _is_word(token, "not") and _is_word(self._tokens[self._at + 1], "in"):
            self._next()
            self._next()
            return "not in"
        for word in ("in", "contains"):
            if self._take_word(word):
                return word
        return None

    def _list(self) -> tuple[Token, ...]:
        opened = self._now
        if not self._take("("):
            self._refuse("'(' and a list of values", 'write one as in name in ("a", "b")')
        values = [self._value()]
        while self._take(","):
            values.append(self._value())
        self._close(")", opened)
        return tuple(values)

    def _value(self) -> Token:
        self._want("value")
        token = self._next()
        if token.kind not in ("word", "string"):
            self._refuse("a value", 'write a number, true, 5ms, or a text as in "GET /"', token)
        self._count(token.place)
        return token

    def _count(self, place: Place) -> None:
        self._terms += 1
        if self._terms > MAX_TERMS:
            raise InvalidQuery(
                *place, f"value {self._terms}", f"at most {MAX_TERMS} values", "ask for fewer"
            )


def _is(token: Token, sign: str) -> bool:
    return token.kind == "sign" and token.text == sign


def _is_word(token: Token, word: str) -> bool:
    return token.kind == "word" and token.text.lower() == word
