"""What may be typed at a place of a query, as the lexer and the parser say; section 2 of SPEC.md.

Pure: what only the data knows (keys and values) is asked for by `Wish`, and put into the query's form by `field_text`
and `value_text`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from ..errors import InvalidQuery
from .check import (
    OPERATORS,
    AttributeField,
    EventField,
    ScoreField,
    field_of,
    is_name,
    is_plain_text,
)
from .fields import Field, Signal
from .lex import WORD, Place, Token, tokens
from .parse import KEYWORDS, RELATIONS, SCOPES, Name, Wanted, wanted

Kind = Literal["field", "scope", "operator", "value", "keyword"]


@dataclass(frozen=True)
class Offer:
    """Something that may be typed; `text` is how it goes into the query."""

    kind: Kind
    label: str
    text: str
    detail: str = ""
    type: str = ""
    count: int | None = None


@dataclass(frozen=True)
class Wish:
    """What is being typed, what is offered whatever the data holds, and what the data is asked for."""

    place: Place
    """What an offer replaces."""
    typed: str
    """What of it stands before the cursor, as it means."""
    offers: tuple[Offer, ...] = ()
    keys_of: str | None = None
    """Attribute keys of this scope; "" is any."""
    values_of: Field | AttributeField | EventField | None = None
    is_text: bool = False
    """Whether a value can only be text."""


_OPERATOR_MEANS = {
    "=": "equals",
    "!=": "is there and differs",
    "<": "less than",
    "<=": "at most",
    ">": "greater than",
    ">=": "at least",
    "~": "matches a regular expression",
    "!~": "matches no such expression",
    "contains": "holds the text, in any case",
    "in": "equals one of a list",
    "not in": "equals none of a list",
}
_RELATION_MEANS = {
    ">": "children of these spans",
    ">>": "descendants",
    "<": "parents",
    "<<": "ancestors",
    "~~": "siblings",
}
_KEYWORD_MEANS = {
    "and": "both hold",
    "or": "one of them holds",
    "not": "what does not match",
    "exists": "whether a field is there",
}
_SCOPE_MEANS = {
    "span": "attributes of the span alone",
    "log": "attributes of the log record alone",
    "resource": "attributes of the resource alone",
    "event": "attributes of the span's events",
}
_UNITS = ("ms", "s", "us", "m", "h", "ns", "d")
_DURATIONS = ("100ms", "500ms", "1s", "5s", "1m")
_TIMES = ("now-5m", "now-15m", "now-1h", "now-6h", "now-1d")
_DIGITS = re.compile(r"\d+(?:\.\d*)?", re.ASCII)


def wish(signal: Signal, query: str, cursor: int) -> Wish:
    """What may be typed at `cursor`, a count of characters; nothing in a query that is wrong before it."""
    before = _before(query[:cursor])
    if before is None:
        return Wish(Place(cursor, 0), "")
    beginning, current = before
    what = wanted([*beginning, Token("end", "", Place(current.place.offset, 0))])
    offset = current.place.offset
    place = Place(offset, _end(query, offset, cursor) - offset)
    if what.rules & {"condition", "field"}:
        return _of_condition(signal, what, current, place)
    if "value" in what.rules:
        return _of_value(signal, what, current, place)
    offers = _after(signal, what)
    return Wish(place, current.text, _beginning_with(offers, current.text))


def _before(text: str) -> tuple[list[Token], Token] | None:
    """The finished tokens of a text and the one that is being typed at its end; None where a character is wrong."""
    try:
        found = tokens(text)[:-1]
    except InvalidQuery as error:
        if text[error.offset : error.offset + 1] not in ('"', "`") or error.length != 1:
            return None
        found = tokens(text[: error.offset])[:-1]
        inside = text[error.offset + 1 :]
        current = Token("string", inside, Place(error.offset, len(text) - error.offset))
        if found and _is_scope_before(found[-1], current):
            scope = found.pop()
            place = Place(scope.place.offset, len(text) - scope.place.offset)
            return found, Token("string", scope.text + inside, place)
        return found, current
    if found and found[-1].kind == "word" and sum(found[-1].place) == len(text):
        return found[:-1], found[-1]
    return found, Token("word", "", Place(len(text), 0))


def _is_scope_before(token: Token, string: Token) -> bool:
    return token.text.removesuffix(".") in SCOPES and sum(token.place) == string.place.offset


def _end(query: str, offset: int, cursor: int) -> int:
    """Where what is being typed ends: the word goes on behind the cursor, a string may."""
    try:
        found = tokens(query)
    except InvalidQuery:
        rest = WORD.match(query, cursor)
        return rest.end() if rest else cursor
    ends = [
        sum(t.place) for t in found if t.place.offset < cursor <= sum(t.place) and t.kind != "sign"
    ]
    return max([cursor, *ends])


def _of_condition(signal: Signal, what: Wanted, current: Token, place: Place) -> Wish:
    typed = current.text
    scope, dot, key = typed.partition(".")
    of_scope = dot and (scope in signal.scopes or (scope == "event" and signal.has_events))
    if current.kind == "string":
        return Wish(place, key if of_scope else typed, (), scope if of_scope else "")
    words = _after(signal, what)
    if "operator" in what.rules and not typed:
        return Wish(place, "", tuple(words))
    offers = [
        Offer("field", name, name, signal.about[name], field.type)
        for name, field in signal.fields.items()
    ]
    scopes = [*signal.scopes, *["event"] * signal.has_events]
    offers += [Offer("scope", f"{name}.", f"{name}.", _SCOPE_MEANS[name]) for name in scopes]
    offers = words + offers if "or" in what.rules else offers + words
    found = _beginning_with(offers, typed)
    return Wish(place, key if of_scope else typed, found, scope if of_scope else "")


def _words(what: Wanted) -> list[Offer]:
    """Words of the grammar that may stand here."""
    return [
        Offer("keyword", word, "exists(" if word == "exists" else word, _KEYWORD_MEANS[word])
        for word in ("and", "or", "not", "exists")
        if word in what.rules
    ]


def _after(signal: Signal, what: Wanted) -> list[Offer]:
    """What goes on with a query after a whole field or condition."""
    offers: list[Offer] = []
    if "operator" in what.rules and what.name:
        offers += _operators(signal, what.name)
    if "relation" in what.rules:
        offers += [Offer("operator", sign, sign, _RELATION_MEANS[sign]) for sign in RELATIONS]
    offers += _words(what)
    if "set" in what.rules and signal.has_events:
        offers.append(Offer("keyword", "{ }", "{ ", "a set of spans, to relate with others"))
    return offers + [
        Offer("keyword", sign, sign, "closes the bracket") for sign in ")}" if sign in what.rules
    ]


def _operators(signal: Signal, name: Name) -> list[Offer]:
    try:
        field = field_of(signal, name)
    except InvalidQuery:
        return []
    kind = field.type if isinstance(field, Field) else "attribute"
    return [
        Offer("operator", sign, f"{sign} (" if sign.endswith("in") else sign, _OPERATOR_MEANS[sign])
        for sign in OPERATORS[kind]
    ]


def _of_value(signal: Signal, what: Wanted, current: Token, place: Place) -> Wish:
    if what.name is None or what.operator in ("~", "!~"):
        return Wish(place, current.text)
    try:
        field = field_of(signal, what.name)
    except InvalidQuery:
        return Wish(place, current.text)
    if isinstance(field, ScoreField):
        return Wish(place, current.text)
    if not isinstance(field, Field):
        return Wish(place, current.text, (), None, field, what.operator == "contains")
    texts: tuple[str, ...] = ()
    match field.type:
        case "choice":
            texts = tuple(word for word, _ in field.choices)
        case "duration":
            digits = _DIGITS.fullmatch(current.text)
            texts = tuple(current.text + unit for unit in _UNITS) if digits else _DURATIONS
        case "time":
            texts = _TIMES
        case "text" | "event name":
            return Wish(place, current.text, (), None, field, True)
    offers = [Offer("value", text, text, "", field.type) for text in texts]
    return Wish(place, current.text, _beginning_with(offers, current.text))


def _beginning_with(offers: list[Offer], typed: str) -> tuple[Offer, ...]:
    """Those that begin with what was typed, then those that hold it."""
    sought = typed.lower()
    rank = [(0 if o.label.startswith(sought) else 1, o) for o in offers if sought in o.label]
    return tuple(offer for _, offer in sorted(rank, key=lambda pair: pair[0]))


def field_text(signal: Signal, scope: str, key: str) -> str:
    """How the attribute `key` is written, of one scope or of any (""), so that no field is meant."""
    full = f"{scope}.{key}" if scope else key
    is_word = WORD.fullmatch(key) and is_name(key) and key.lower() not in KEYWORDS
    is_taken = full in signal.fields or (not scope and key.partition(".")[0] in SCOPES)
    if is_word and not is_taken:
        return full
    return f"{scope}.{quoted(key)}" if scope else quoted(key)


def value_text(value: str, type: str) -> str:
    """How a value is written so that its form says its type."""
    if type in ("int", "double", "bool"):
        return value
    return value if is_plain_text(value) else quoted(value)


def quoted(text: str) -> str:
    """A text as a string of the language."""
    for character, escape in (
        ("\\", "\\\\"),
        ('"', '\\"'),
        ("\n", "\\n"),
        ("\t", "\\t"),
        ("\r", "\\r"),
    ):
        text = text.replace(character, escape)
    return f'"{text}"'
