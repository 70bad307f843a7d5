"""The Native format as clients of a newer protocol read it over HTTP (`client_protocol_version`).

The embedded engine writes the oldest form. From protocol 54454 on a block begins with its info, and each column says
after its type whether its serialization is a custom one: bytes that are put in here, which takes finding where columns
end. A type whose end is not found is an error and no wrong answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .errors import ClickHouseError

CUSTOM_SERIALIZATION = 54454
"""The protocol's version from which on columns say so."""

# Field 1, not overflows; field 2, bucket -1; the end.
_BLOCK_INFO = b"\x01\x00\x02\xff\xff\xff\xff\x00"
_NOT_CUSTOM = b"\x00"
_NOT_IMPLEMENTED = 48

_SIZES = (
    {"Nothing": 1, "Bool": 1, "Enum8": 1, "Enum16": 2, "Date": 2, "Date32": 4, "DateTime": 4}
    | {"DateTime64": 8, "Time": 4, "Time64": 8, "UUID": 16, "IPv4": 4, "IPv6": 16, "BFloat16": 2}
    | {f"{sign}Int{bits}": bits // 8 for sign in ("", "U") for bits in (8, 16, 32, 64, 128, 256)}
    | {f"Float{bits}": bits // 8 for bits in (32, 64)}
    | {f"Decimal{bits}": bits // 8 for bits in (32, 64, 128, 256)}
)
_INDEX_SIZES = (1, 2, 4, 8)
_TYPE = re.compile(r"(\w+)(?:\((.*)\))?", re.DOTALL)
_NAMED = re.compile(r"(?:`(?:[^`\\]|\\.)*`|\w+) (?=\w)")


def with_revision(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The blocks of an answer with what protocol 54454 adds; the answer is held whole.

    Raises:
        ClickHouseError: it has a column of a type that is not known here.
    """
    body = b"".join(pieces)
    at = 0
    while at < len(body):
        start = at
        columns, at = _number(body, at)
        rows, at = _number(body, at)
        yield _BLOCK_INFO + body[start:at]
        for _ in range(columns):
            start = at
            size, at = _number(body, at)
            size, at = _number(body, at + size)
            kind = body[at : at + size].decode()
            at += size
            yield body[start:at] + _NOT_CUSTOM
            start = at
            if rows:
                at = _values(body, kind, rows, _prefix(kind, at))
            yield body[start:at]


def _number(body: bytes, at: int) -> tuple[int, int]:
    """A variable-length number, and what follows it."""
    value = shift = 0
    while True:
        byte = body[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7


def _prefix(kind: str, at: int) -> int:
    """Where the values begin: each dictionary within the type has a version of eight bytes first."""
    return at + 8 * kind.count("LowCardinality(")


def _values(body: bytes, kind: str, rows: int, at: int) -> int:
    """Where `rows` values of a type end."""
    match = _TYPE.fullmatch(kind)
    name, inner = (match[1], match[2] or "") if match else (kind, "")
    if name in _SIZES:
        return at + rows * _SIZES[name]
    if name.startswith("Interval"):
        return at + rows * 8
    if name == "FixedString":
        return at + rows * int(inner)
    if name == "Decimal":
        digits = int(inner.partition(",")[0])
        return at + rows * next(
            size for most, size in ((9, 4), (18, 8), (38, 16), (76, 32)) if digits <= most
        )
    if name == "String":
        for _ in range(rows):
            size, at = _number(body, at)
            at += size
        return at
    return _nested(body, name, inner, rows, at)


def _nested(body: bytes, name: str, inner: str, rows: int, at: int) -> int:
    match name:
        case "Nullable":
            return _values(body, inner, rows, at + rows)
        case "Array" | "Map":
            at += rows * 8
            items = int.from_bytes(body[at - 8 : at], "little") if rows else 0
            kinds = [inner] if name == "Array" else _split(inner)
            for kind in kinds:
                at = _values(body, kind, items, at)
            return at
        case "Tuple":
            for kind in _split(inner):
                at = _values(body, _NAMED.sub("", kind, count=1), rows, at)
            return at
        case "SimpleAggregateFunction":
            return _values(body, _split(inner)[1], rows, at)
        case "LowCardinality":
            return _dictionary(body, inner, rows, at)
    raise ClickHouseError(
        _NOT_IMPLEMENTED,
        f"columns of the type {name} cannot be sent in Native of this protocol; cast them, to String for one",
        "NOT_IMPLEMENTED",
    )


def _dictionary(body: bytes, inner: str, rows: int, at: int) -> int:
    if not rows:
        return at
    index = _INDEX_SIZES[body[at] & 3]
    keys = int.from_bytes(body[at + 8 : at + 16], "little")
    kind = (
        inner.removeprefix("Nullable(").removesuffix(")")
        if inner.startswith("Nullable(")
        else inner
    )
    at = _values(body, kind, keys, at + 16)
    return at + 8 + rows * index


def _split(inner: str) -> list[str]:
    """The arguments of a type."""
    found, depth, start, quoted = [], 0, 0, False
    for at, character in enumerate(inner):
        if character in "'`" and (at == 0 or inner[at - 1] != "\\"):
            quoted = not quoted
        elif not quoted and character in "()":
            depth += 1 if character == "(" else -1
        elif not quoted and character == "," and depth == 0:
            found.append(inner[start:at].strip())
            start = at + 1
    return [*found, inner[start:].strip()]
