"""Nested attribute values as JSON text, for requests that carry what SQL does not map (otlp.proto says which).

A value becomes plain JSON where that says everything (ints as 5, doubles as 5.0, an empty AnyValue as null), else the
OTLP JSON encoding of the AnyValue (bytes, NaN, infinities, repeated keys). Either way nothing is lost.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any

from google.protobuf import json_format
from google.protobuf.message import DecodeError, Message

from .refusal import Malformed
from .signals import Signal

# Fields of AnyValue in otlp.proto, unknown to OTLP's own classes and carried by them as they are.
_ARRAY_JSON, _KVLIST_JSON, _ANY_JSON = 101, 102, 104

_LENGTH_DELIMITED = 2


class _Lossy(Exception):
    """Plain JSON would lose something of this value."""


def rewrite(signal: Signal, body: bytes) -> bytes:
    """The request with every array of other than plain scalars, and every key-value list, as JSON text.

    Raises:
        Malformed: the bytes are no export request of this signal.
    """
    request = parse(signal, body)
    # A sender's own fields 101 to 104 are none of ours.
    request.DiscardUnknownFields()
    for value in _any_values(request):
        kind = value.WhichOneof("value")
        if kind == "kvlist_value" or (kind == "array_value" and not _is_flat(value)):
            _replace(value, kind)
    return bytes(request.SerializeToString())


def parse(signal: Signal, body: bytes) -> Any:
    """The request by OTLP's own classes.

    Raises:
        Malformed: the bytes are no export request of this signal.
    """
    request = signal.request()
    try:
        request.ParseFromString(body)
    except DecodeError as error:
        raise Malformed(
            f"cannot read the body ({len(body)} bytes) as a protobuf {signal.request.DESCRIPTOR.full_name}: {error}"
        ) from error
    return request


def _any_values(message: Message) -> Iterator[Any]:
    """Every outermost AnyValue below a message; the nesting of OTLP's own messages is fixed and shallow."""
    pending = [message]
    while pending:
        for field, value in pending.pop().ListFields():
            if field.message_type is None:
                continue
            children = value if field.is_repeated else [value]
            if field.message_type.name == "AnyValue":
                yield from children
            else:
                pending.extend(children)


def _is_flat(value: Any) -> bool:
    """Whether SQL maps this array itself (spanhouse_nested in 0006)."""
    for item in value.array_value.values:
        kind = item.WhichOneof("value")
        if kind in ("array_value", "kvlist_value", "bytes_value"):
            return False
        if kind == "double_value" and not math.isfinite(item.double_value):
            return False
    return True


def _replace(value: Any, kind: str) -> None:
    try:
        text = json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))
        number = _KVLIST_JSON if kind == "kvlist_value" else _ARRAY_JSON
    except _Lossy:
        text = json_format.MessageToJson(value, indent=None, ensure_ascii=False)
        number = _ANY_JSON
    data = text.encode()
    value.Clear()
    value.MergeFromString(_varint(number << 3 | _LENGTH_DELIMITED) + _varint(len(data)) + data)


def _plain(value: Any) -> Any:
    kind = value.WhichOneof("value")
    if kind is None:
        return None
    if kind == "array_value":
        return [_plain(item) for item in value.array_value.values]
    if kind == "kvlist_value":
        plain = {pair.key: _plain(pair.value) for pair in value.kvlist_value.values}
        if len(plain) != len(value.kvlist_value.values):
            raise _Lossy
        return plain
    if kind == "bytes_value" or (kind == "double_value" and not math.isfinite(value.double_value)):
        raise _Lossy
    if kind in ("string_value", "bool_value", "int_value", "double_value"):
        return getattr(value, kind)
    raise _Lossy


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)
