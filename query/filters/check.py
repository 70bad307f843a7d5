"""What a comparison means: which field, whether it may be asked so, its values' types; section 4 of SPEC.md."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NoReturn

from ..errors import InvalidQuery
from ..time_range import MAX_NANO
from .fields import Attributes, Field, Signal
from .lex import WORD, Place, Token
from .parse import KEYWORDS, Comparison, Name

MAX_PATTERN = 500
"""Characters of a regular expression; RE2 runs in time linear in it."""

Value = str | int | float | bool

_EQUALITY = ("=", "!=", "in", "not in")
_ORDER = ("<", "<=", ">", ">=")
_TEXT = ("~", "!~", "contains")
OPERATORS: dict[str, tuple[str, ...]] = {
    "text": (*_EQUALITY, *_ORDER, *_TEXT),
    "event name": (*_EQUALITY, *_ORDER, *_TEXT),
    "attribute": (*_EQUALITY, *_ORDER, *_TEXT),
    "annotation": (*_EQUALITY, *_ORDER, *_TEXT),
    "number": (*_EQUALITY, *_ORDER),
    "duration": (*_EQUALITY, *_ORDER),
    "time": (*_EQUALITY, *_ORDER),
    "choice": _EQUALITY,
    "id": _EQUALITY,
}

_UNITS = {
    "ns": 1,
    "us": 10**3,
    "µs": 10**3,
    "ms": 10**6,
    "s": 10**9,
    "m": 60 * 10**9,
    "h": 3600 * 10**9,
    "d": 86_400 * 10**9,
}
_STEP = r"(\d{1,19})(?:\.(\d{1,9}))?(ns|us|µs|ms|s|m|h|d)"
_DURATION = re.compile(f"(?:{_STEP})+", re.ASCII)
_RELATIVE = re.compile(rf"now(?:([+-])((?:{_STEP})+))?", re.ASCII | re.IGNORECASE)
_INTEGER = re.compile(r"[+-]?\d+", re.ASCII)
_FLOAT = re.compile(r"[+-]?(?:\d+\.\d*|\.\d+|\d+(?=[eE]))(?:[eE][+-]?\d+)?", re.ASCII)
_DATE = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(:\d\d)?(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)?)?", re.ASCII
)
_HEX = re.compile(r"[0-9a-fA-F]+", re.ASCII)
_BEGINS_A_NAME = re.compile(r"[^\W\d]")


@dataclass(frozen=True)
class AttributeField:
    """An attribute by its key, in one map or in several."""

    key: str
    maps: tuple[Attributes, ...]


@dataclass(frozen=True)
class EventField:
    """An attribute of some event of the span."""

    key: str


@dataclass(frozen=True)
class ScoreField:
    """A score of the span or of its trace."""

    name: str


SearchField = Field | AttributeField | EventField | ScoreField


@dataclass(frozen=True)
class Test:
    """A comparison that may be asked of the store; `exists` has no values."""

    field: SearchField
    operator: str
    values: tuple[Value, ...]


def check(signal: Signal, comparison: Comparison, now: int) -> Test:
    """The comparison with its field found and its values read; `now` is in Unix nanoseconds.

    Raises:
        InvalidQuery: the signal has no such field, or it cannot be compared like that.
    """
    name, operator = comparison.name, comparison.operator
    field = field_of(signal, name)
    if operator == "exists":
        if isinstance(field, Field) and field.type in ("duration", "time", "choice"):
            _refuse(
                name.place, name.key, "a field that may be missing", "every row has it: compare it"
            )
        return Test(field, operator, ())
    kind = field.type if isinstance(field, Field) else "attribute"
    allowed = OPERATORS[kind]
    if operator not in allowed:
        _refuse(
            name.place,
            f"{name.key} {operator}",
            f"one of {' '.join(allowed)}",
            f"{name.key} is {_ARTICLE[kind]}",
        )
    values = tuple(_value(field, operator, token, now) for token in comparison.values)
    return Test(field, operator, values)


_ARTICLE = {
    "number": "a number",
    "duration": "a duration, as in 5ms",
    "time": "a time, as in now-1h",
    "choice": "one of a few words",
    "id": "an id, compared whole",
}


def _refuse(place: Place, found: str, expected: str, advice: str) -> NoReturn:
    raise InvalidQuery(*place, repr(found), expected, advice)


def is_name(key: str) -> bool:
    """Whether a key may stand without quotes."""
    return _BEGINS_A_NAME.match(key) is not None


def is_plain_text(text: str) -> bool:
    """Whether a text may stand without quotes as a value: no character ends it and it has the form of no other type."""
    return (
        WORD.fullmatch(text) is not None
        and text.lower() not in ("true", "false", *KEYWORDS)
        and not any(form.fullmatch(text) for form in (_INTEGER, _FLOAT, _DURATION, _DATE))
    )


def field_of(signal: Signal, name: Name) -> SearchField:
    """What a name means of a signal.

    Raises:
        InvalidQuery: the signal has no such field.
    """
    full = f"{name.scope}.{name.key}" if name.scope else name.key
    if not name.is_quoted and full in signal.fields:
        return signal.fields[full]
    if not name.key or (not name.is_quoted and not is_name(name.key)):
        _refuse(name.place, name.key, "a field", "quote the key of an attribute that is so named")
    if name.scope == "event" and signal.has_events:
        return EventField(name.key)
    if name.scope == "score":
        return ScoreField(name.key) if signal.has_annotations else _any(signal, full)
    if name.scope and name.scope not in signal.scopes:
        scopes = [f"{scope}." for scope in (*signal.scopes, *["event"] * signal.has_events)]
        _refuse(
            name.place,
            full,
            " or ".join(scopes),
            f"{signal.name} have no {name.scope}. attributes",
        )
    if name.scope:
        return AttributeField(name.key, (signal.scopes[name.scope],))
    return _any(signal, name.key)


def _any(signal: Signal, key: str) -> AttributeField:
    return AttributeField(key, tuple(signal.scopes.values()))


def _value(field: SearchField, operator: str, token: Token, now: int) -> Value:
    if operator in _TEXT:
        return _searched(operator, token)
    if not isinstance(field, Field):
        return _literal(operator, token)
    match field.type:
        case "number":
            return _number(token)
        case "duration":
            return _duration(token)
        case "time":
            return _time(token, now)
        case "choice":
            return _choice(field, token)
        case "id":
            return _id(field, token)
        case _:
            return _text(token)


def _searched(operator: str, token: Token) -> str:
    if operator != "contains" and len(token.text) > MAX_PATTERN:
        raise InvalidQuery(
            *token.place,
            f"{len(token.text)} characters",
            f"a regular expression of at most {MAX_PATTERN}",
            "ask for less of the text",
        )
    return token.text


def _literal(operator: str, token: Token) -> Value:
    """The value an attribute is compared with; its form says its type."""
    text = token.text
    if token.kind == "string":
        return text
    if text.lower() in ("true", "false"):
        if operator in _ORDER:
            _refuse(token.place, text, "a number or a text", "true and false have no order: use =")
        return text.lower() == "true"
    if _INTEGER.fullmatch(text) or _FLOAT.fullmatch(text):
        return _number(token)
    if _DURATION.fullmatch(text) or _DATE.fullmatch(text):
        _refuse(
            token.place,
            text,
            "a number, true, false or a text",
            f'attributes hold no durations and times: quote it to compare the text "{text}"',
        )
    return text


def _text(token: Token) -> str:
    text = token.text
    if token.kind == "word" and (_INTEGER.fullmatch(text) or _FLOAT.fullmatch(text)):
        _refuse(token.place, text, "a text", f'the field holds text: quote it, "{text}"')
    return text


def _number(token: Token) -> int | float:
    text = token.text
    if token.kind == "word" and len(text) < 400:
        if _INTEGER.fullmatch(text):
            if -(2**63) <= int(text) < 2**63:
                return int(text)
            _refuse(token.place, text, "an integer of 64 bits", "write it with a decimal point")
        if _FLOAT.fullmatch(text) and abs(float(text)) != float("inf"):
            return float(text)
    _refuse(token.place, text, "a number", "write it without quotes, as in 5 or 0.25")


def _nanoseconds(text: str) -> int:
    """What a text that `_DURATION` matches comes to."""
    steps = re.findall(_STEP, text, re.ASCII)
    return sum(
        int(whole) * _UNITS[unit] + int(f"{fraction:0<9}") * _UNITS[unit] // 10**9
        for whole, fraction, unit in steps
    )


def _duration(token: Token) -> int:
    text = token.text
    if token.kind != "word" or not _DURATION.fullmatch(text):
        _refuse(token.place, text, "a duration", "write it with a unit, as in 250ms or 1h30m")
    return _bounded(token, _nanoseconds(text))


def _bounded(token: Token, nano: int) -> int:
    if not -MAX_NANO <= nano <= MAX_NANO:
        _refuse(token.place, token.text, "at most 292 years of nanoseconds", "write a smaller one")
    return nano


def _time(token: Token, now: int) -> int:
    text = token.text
    if match := _RELATIVE.fullmatch(text):
        shift = _nanoseconds(match[2]) if match[2] else 0
        return _bounded(token, now - shift if match[1] == "-" else now + shift)
    if match := _DATE.fullmatch(text):
        day, minute, second, fraction, zone = match.groups()
        try:
            moment = datetime.fromisoformat(
                f"{day}T{minute or '00:00'}{second or ':00'}{zone or 'Z'}"
            )
            seconds = (moment - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds()
            return _bounded(token, int(seconds) * 10**9 + int(f"{fraction or '':0<9}"))
        except (ValueError, OverflowError):
            pass
    _refuse(
        token.place, text, "a time", "write it as 2026-01-31, 2026-01-31T12:00:00Z or now-1h30m"
    )


def _choice(field: Field, token: Token) -> str:
    stored = dict(field.choices)
    if token.text.lower() not in stored:
        _refuse(token.place, token.text, f"one of {' '.join(stored)}", "these are all there are")
    return stored[token.text.lower()]


def _id(field: Field, token: Token) -> str:
    if len(token.text) != field.digits or not _HEX.fullmatch(token.text):
        _refuse(token.place, token.text, f"{field.digits} hex digits", "write the whole id")
    return token.text.lower()
