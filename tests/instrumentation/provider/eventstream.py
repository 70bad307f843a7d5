"""Frames of `application/vnd.amazon.eventstream`: prelude, headers, payload, and the two checksums over them.

A message is: total length, length of the headers, CRC-32 of these eight bytes, headers, payload, CRC-32 of all
before it; numbers are big-endian. A header is: length of its name, name, type (7 is a string), length, value."""

from __future__ import annotations

import json
from binascii import crc32
from struct import pack
from typing import Any

CONTENT_TYPE = "application/vnd.amazon.eventstream"
_STRING = 7


def _header(name: str, value: str) -> bytes:
    return pack(">B", len(name)) + name.encode() + pack(">BH", _STRING, len(value)) + value.encode()


def event(kind: str, payload: dict[str, Any]) -> bytes:
    """An event of type `kind`, framed."""
    headers = b"".join(
        [
            _header(":event-type", kind),
            _header(":content-type", "application/json"),
            _header(":message-type", "event"),
        ]
    )
    body = json.dumps(payload).encode()
    prelude = pack(">II", 12 + len(headers) + len(body) + 4, len(headers))
    message = prelude + pack(">I", crc32(prelude)) + headers + body
    return message + pack(">I", crc32(message))
