"""Requests whose strings are no UTF-8, against protobuf's rules and yet sent: such bytes become U+FFFD.

ClickHouse takes them as they are; OTLP's own classes refuse the whole request, so before those see it the strings are
mended by classes that take every string for bytes.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from google.protobuf.message import DecodeError

from .signals import Signal

_Field = descriptor_pb2.FieldDescriptorProto


class _Lenient(NamedTuple):
    request: Any
    strings: set[tuple[str, str]]
    """Full name of the message and name of the field of what OTLP has as strings."""


def with_valid_text(signal: Signal, body: bytes) -> bytes | None:
    """The same request with valid strings, or None where it is malformed in another way as well."""
    lenient = _lenient(signal)
    request = lenient.request()
    try:
        request.ParseFromString(body)
    except DecodeError:
        return None
    pending = [request]
    while pending:
        message = pending.pop()
        for field, value in message.ListFields():
            if field.message_type is not None:
                pending.extend(value if field.is_repeated else [value])
            elif (message.DESCRIPTOR.full_name, field.name) in lenient.strings:
                _mend(message, field, value)
    return bytes(request.SerializeToString())


def _mend(message: Any, field: Any, value: Any) -> None:
    if field.is_repeated:
        value[:] = [_valid(item) for item in value]
    else:
        setattr(message, field.name, _valid(value))


def _valid(text: bytes) -> bytes:
    return text.decode(errors="replace").encode()


@cache
def _lenient(signal: Signal) -> _Lenient:
    """OTLP's own classes, but for the type of their strings."""
    pool, strings = descriptor_pool.DescriptorPool(), set()
    for file in _files(signal.request.DESCRIPTOR.file):
        copy = descriptor_pb2.FileDescriptorProto()
        file.CopyToProto(copy)
        pending = [(f"{copy.package}.{message.name}", message) for message in copy.message_type]
        while pending:
            name, message = pending.pop()
            pending += [(f"{name}.{nested.name}", nested) for nested in message.nested_type]
            for field in message.field:
                if field.type == _Field.TYPE_STRING:
                    field.type = _Field.TYPE_BYTES
                    strings.add((name, field.name))
        pool.Add(copy)
    request = pool.FindMessageTypeByName(signal.request.DESCRIPTOR.full_name)
    return _Lenient(message_factory.GetMessageClass(request), strings)


def _files(file: Any) -> list[Any]:
    """With all that it depends on, those first."""
    found: dict[str, Any] = {}
    for dependency in file.dependencies:
        found.update((other.name, other) for other in _files(dependency))
    return [*found.values(), file]
