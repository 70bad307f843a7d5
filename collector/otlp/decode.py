"""HTTP bodies to the bytes of a protobuf export request: decompression within a limit, and OTLP JSON."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Callable
from typing import Any

import zstandard
from google.protobuf import json_format

from .refusal import Malformed, TooLarge
from .signals import Signal

_CHUNK = 256 * 1024
# zstd gives no bound on what a chunk becomes but its format's: 128 KiB for a block of four bytes, so 32 MiB here.
_ZSTD_CHUNK = 1024

# Written as hex by OTLP JSON, as base64 by protobuf's JSON mapping (OTLP spec, "JSON Protobuf
# Encoding").
_HEX_FIELDS = {"traceId", "spanId", "parentSpanId", "trace_id", "span_id", "parent_span_id"}


def decompress(body: bytes, encoding: str, limit: int) -> bytes:
    """The body without its content encoding.

    Args:
        body: as received.
        encoding: the `content-encoding` header; "" and "identity" mean none.
        limit: bytes the result may have.

    Raises:
        Malformed: an unknown encoding, or the body is not in it.
        TooLarge: the result would be larger; it is not decompressed further.
    """
    encoding = encoding.strip().lower()
    if encoding in ("", "identity"):
        return body
    if encoding == "gzip":
        return _inflate(body, lambda: zlib.decompressobj(wbits=31), "gzip", limit)
    if encoding == "deflate":
        return _inflate(body, zlib.decompressobj, "deflate", limit)
    if encoding == "zstd":
        return _unzstd(body, limit)
    raise Malformed(
        f"content-encoding {encoding!r} is not supported: use gzip, zstd, deflate or identity"
    )


def _inflate(body: bytes, start: Callable[[], Any], name: str, limit: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    data = body
    try:
        while data:
            decompressor = start()
            while not decompressor.eof:
                if not data:
                    raise _ends_early(body, name)
                part = decompressor.decompress(data, _CHUNK)
                data = decompressor.unconsumed_tail
                size += len(part)
                if size > limit:
                    raise _too_large(limit)
                parts.append(part)
            # A sender may write several members one after another (RFC 1952, 2.2).
            data = decompressor.unused_data
    except zlib.error as error:
        raise Malformed(
            f"cannot decompress the body ({len(body)} bytes) as {name}: {error}"
        ) from error
    return b"".join(parts)


def _unzstd(body: bytes, limit: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    context = zstandard.ZstdDecompressor(max_window_size=1 << 27)
    decompressor = context.decompressobj(read_across_frames=False)
    data = memoryview(body)
    try:
        while data:
            part = decompressor.decompress(data[:_ZSTD_CHUNK])
            size += len(part)
            if size > limit:
                raise _too_large(limit)
            parts.append(part)
            unused = len(decompressor.unused_data) if decompressor.eof else 0
            data = data[min(len(data), _ZSTD_CHUNK) - unused :]
            if decompressor.eof and data:
                decompressor = context.decompressobj(read_across_frames=False)
    except zstandard.ZstdError as error:
        raise Malformed(
            f"cannot decompress the body ({len(body)} bytes) as zstd: {error}"
        ) from error
    if body and not decompressor.eof:
        raise _ends_early(body, "zstd")
    return b"".join(parts)


def _ends_early(body: bytes, name: str) -> Malformed:
    return Malformed(f"cannot decompress the body ({len(body)} bytes) as {name}: it ends early")


def _too_large(limit: int) -> TooLarge:
    return TooLarge(f"the body has more than {limit} bytes after decompression, which is the limit")


def protobuf_of_json(signal: Signal, body: bytes) -> bytes:
    """An OTLP JSON export request as protobuf bytes.

    Raises:
        Malformed: the body is no JSON, or not of this request's shape.
    """
    try:
        document = json.loads(body)
        if not isinstance(document, dict):
            raise Malformed(
                f"cannot read the body as OTLP JSON: expected an object, found {type(document).__name__}"
            )
        _hex_to_base64(document)
        request = json_format.ParseDict(document, signal.request(), ignore_unknown_fields=True)
        return bytes(request.SerializeToString())
    except Malformed:
        raise
    except RecursionError as error:
        raise Malformed("cannot read the body as OTLP JSON: it is nested too deeply") from error
    # ParseDict lets several exceptions through for shapes it does not expect; all of them are about the body.
    except (
        ValueError,
        TypeError,
        AttributeError,
        KeyError,
        OverflowError,
        json_format.ParseError,
    ) as error:
        raise Malformed(
            f"cannot read the body as an OTLP JSON {signal.request.DESCRIPTOR.name}: {error}"
        ) from error


def _hex_to_base64(document: dict[str, Any]) -> None:
    pending: list[Any] = [document]
    while pending:
        node = pending.pop()
        if isinstance(node, list):
            pending.extend(node)
        elif isinstance(node, dict):
            for name, value in node.items():
                if isinstance(value, str) and name in _HEX_FIELDS:
                    node[name] = _base64_of_hex(name, value)
                elif isinstance(value, list | dict):
                    pending.append(value)


def _base64_of_hex(name: str, value: str) -> str:
    try:
        return base64.b64encode(bytes.fromhex(value)).decode()
    except ValueError as error:
        raise Malformed(f"cannot read {name} {value!r}: OTLP JSON writes ids in hex") from error


DECODERS: dict[str, tuple[str, Callable[[Signal, bytes], bytes] | None]] = {
    "application/x-protobuf": ("http/protobuf", None),
    "application/json": ("http/json", protobuf_of_json),
}
"""Content type -> the API's name in the ledger, and how the body becomes protobuf."""
