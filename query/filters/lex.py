"""The text of a query as tokens with their places; section 2 of SPEC.md.

Every character belongs to a token or is white space; a word is what nothing else claims.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

from ..errors import InvalidQuery

MAX_LENGTH = 4000
"""Characters of a query: what fits into an address with room to spare."""

Kind = Literal["word", "string", "sign", "end"]


class Place(NamedTuple):
    """Where something stands in the query, in characters."""

    offset: int
    length: int


@dataclass(frozen=True)
class Token:
    """A piece of a query; `text` is what it means: of a string, the string."""

    kind: Kind
    text: str
    place: Place

    @property
    def found(self) -> str:
        """The token as an error shows it."""
        return "the end" if self.kind == "end" else repr(self.text)


_SPACE = re.compile(r"\s*")
_SIGN = re.compile(r"!=|!~|<=|>=|<<|>>|~~|[=<>~(){},]")
WORD = re.compile(r"""[^\s"'`(){},=<>~!&|]+""")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_RAW = re.compile(r"`([^`]*)`")
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|.)", re.DOTALL)
_ESCAPED = {'"': '"', "\\": "\\", "n": "\n", "t": "\t", "r": "\r"}
# What people bring from other languages.
_INSTEAD = {
    "&": "write and",
    "|": "write or",
    "!": "write not before a condition, or != and !~ between a field and a value",
    "'": 'write text in double quotes, as in "GET /cart"',
    '"': 'close the string with a double quote; inside it a double quote is \\"',
    "`": "close the string with a backtick; no backtick can stand inside it",
}


def tokens(query: str) -> list[Token]:
    """The tokens of a query, the last one being its end.

    Raises:
        InvalidQuery: it is too long, or a character or escape has no meaning.
    """
    if len(query) > MAX_LENGTH:
        raise InvalidQuery(
            MAX_LENGTH,
            len(query) - MAX_LENGTH,
            f"{len(query)} characters",
            f"at most {MAX_LENGTH}",
            "ask a shorter question",
        )
    found: list[Token] = []
    at = _skip(query, 0)
    while at < len(query):
        token = _token(query, at)
        found.append(token)
        at = _skip(query, at + token.place.length)
    return [*found, Token("end", "", Place(len(query), 0))]


def _skip(query: str, at: int) -> int:
    match = _SPACE.match(query, at)
    return match.end() if match else at


def _token(query: str, at: int) -> Token:
    if match := _SIGN.match(query, at):
        return Token("sign", match[0], Place(at, len(match[0])))
    if match := _QUOTED.match(query, at):
        return Token("string", _unescaped(match[1], at + 1), Place(at, len(match[0])))
    if match := _RAW.match(query, at):
        return Token("string", match[1], Place(at, len(match[0])))
    if match := WORD.match(query, at):
        return Token("word", match[0], Place(at, len(match[0])))
    raise InvalidQuery(
        at, 1, repr(query[at]), "a condition, an operator or a value", _INSTEAD[query[at]]
    )


def _unescaped(text: str, offset: int) -> str:
    def character(match: re.Match[str]) -> str:
        name = match[1]
        if name in _ESCAPED:
            return _ESCAPED[name]
        code = int(name[1:], 16) if len(name) == 5 else -1
        # Half of a surrogate pair is no character.
        if code < 0 or 0xD800 <= code <= 0xDFFF:
            raise InvalidQuery(
                offset + match.start(),
                len(match[0]),
                repr(match[0]),
                r"one of the escapes \" \\ \n \t \r \u0000",
                "double the backslash, or write the string in backticks, where it means itself",
            )
        return chr(code)

    return _ESCAPE.sub(character, text)
