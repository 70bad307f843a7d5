"""Requests as the inbox can take them: what cannot be stored is counted and taken out, and values that SQL does not map
(otlp.proto says which) become text.

A value becomes plain JSON where that says everything (ints as 5, doubles as 5.0, an empty AnyValue as null), else the
OTLP JSON encoding of the AnyValue (bytes in lists, NaN, infinities, repeated keys); bytes alone become base64. Nothing
is lost either way.
"""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from google.protobuf import json_format
from google.protobuf.message import DecodeError, Message

from .broken_text import with_valid_text
from .envelope import Request
from .refusal import Malformed
from .signals import Signal
from .validity import remove_invalid

# The field `rewritten` of AnyValue in otlp.proto (number 101, varint), unknown to OTLP's own classes and carried by
# them as it is; its value is that of AttributeTypes (store/shapes.py).
_REWRITTEN_TAG = b"\xa8\x06"
_ARRAY, _KVLIST, _BYTES, _ANY = 5, 6, 7, 8


class _Lossy(Exception):
    """Plain JSON would lose something of this value."""


def rewrite(signal: Signal, request: Request) -> Request:
    """The request without its invalid items, and every value in it a scalar or an array of strings.

    Raises:
        Malformed: the body is no export request of this signal.
    """
    message = parse(signal, request.body)
    # A sender's own field 101 is none of ours.
    message.DiscardUnknownFields()
    rejections = remove_invalid(signal, message, request.project)
    for value in _any_values(message):
        _rewrite_value(value)
    return replace(request, body=message.SerializeToString(), rejections=tuple(rejections))


def parse(signal: Signal, body: bytes) -> Any:
    """The request by OTLP's own classes.

    Raises:
        Malformed: the bytes are no export request of this signal.
    """
    try:
        return signal.request.FromString(body)
    except DecodeError as error:
        mended = with_valid_text(signal, body)
        if mended is not None:
            return signal.request.FromString(mended)
        raise Malformed(
            f"cannot read the body ({len(body)} bytes) as a protobuf {signal.request.DESCRIPTOR.full_name}: {error}"
        ) from error


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


def _rewrite_value(value: Any) -> None:
    kind = value.WhichOneof("value")
    if kind == "bytes_value":
        _replace(value, base64.b64encode(value.bytes_value).decode(), _BYTES)
    elif kind == "kvlist_value" or (kind == "array_value" and not _is_of_strings(value)):
        try:
            text = json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))
            _replace(value, text, _KVLIST if kind == "kvlist_value" else _ARRAY)
        except _Lossy:
            _replace(value, json_format.MessageToJson(value, indent=None, ensure_ascii=False), _ANY)


def _is_of_strings(value: Any) -> bool:
    return all(item.WhichOneof("value") == "string_value" for item in value.array_value.values)


def _replace(value: Any, text: str, type: int) -> None:
    value.Clear()
    value.string_value = text
    value.MergeFromString(_REWRITTEN_TAG + bytes([type]))


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
