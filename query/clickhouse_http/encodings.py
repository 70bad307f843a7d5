"""HTTP compression of requests and answers: gzip, deflate, zstd and lz4, piece by piece."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

import lz4.frame
import zstandard

_GZIP = zlib.MAX_WBITS | 16
_LEVEL = 1


class EncodingError(Exception):
    """A body is not what its Content-Encoding says."""


class _Compressor(Protocol):
    def compress(self, piece: bytes, /) -> bytes: ...
    def flush(self) -> bytes: ...


class _Lz4:
    """The frame's head comes with its first bytes."""

    def __init__(self) -> None:
        self._compressor = lz4.frame.LZ4FrameCompressor()
        self._head = self._compressor.begin()

    def compress(self, piece: bytes) -> bytes:
        head, self._head = self._head, b""
        return bytes(head + self._compressor.compress(piece))

    def flush(self) -> bytes:
        return bytes(self._head + self._compressor.flush())


# In the order in which ClickHouse prefers them.
_COMPRESSORS: dict[str, Callable[[], _Compressor]] = {
    "zstd": lambda: zstandard.ZstdCompressor(level=_LEVEL).compressobj(),
    "lz4": _Lz4,
    "gzip": lambda: zlib.compressobj(_LEVEL, wbits=_GZIP),
    "deflate": lambda: zlib.compressobj(_LEVEL),
}


def chosen(accept_encoding: str) -> str | None:
    """The encoding of ours that a client accepts; the first it names wins."""
    for part in accept_encoding.split(","):
        name, _, parameter = part.strip().partition(";")
        if name.strip().lower() in _COMPRESSORS and parameter.strip() != "q=0":
            return name.strip().lower()
    return None


def compressed(pieces: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """The pieces in one of our encodings."""
    compressor = _COMPRESSORS[encoding]()
    try:
        for piece in pieces:
            if packed := compressor.compress(piece):
                yield packed
    except GeneratorExit:
        raise
    except Exception:
        # What was said before it is not to stay in the compressor.
        yield compressor.flush()
        raise
    yield compressor.flush()


def decompressed(body: bytes, encoding: str, most: int) -> bytes:
    """A body as it was before its Content-Encoding.

    Raises:
        EncodingError: it is damaged, has more than `most` bytes, or the encoding is not one of ours.
    """
    try:
        if encoding in ("gzip", "x-gzip", "deflate"):
            inflater = zlib.decompressobj(zlib.MAX_WBITS | 32)
            found = inflater.decompress(body, most + 1)
        elif encoding == "zstd":
            with zstandard.ZstdDecompressor().stream_reader(body) as reader:
                found = reader.read(most + 1)
        elif encoding == "lz4":
            found = bytes(lz4.frame.LZ4FrameDecompressor().decompress(body, most + 1))
        else:
            known = ", ".join(_COMPRESSORS)
            raise EncodingError(
                f"the Content-Encoding {encoding!r} is not known; send {known} or none"
            )
    except (zlib.error, zstandard.ZstdError, RuntimeError) as error:
        raise EncodingError(f"the body is not {encoding}: {error}") from error
    if len(found) > most:
        raise EncodingError(f"the body has more than {most} bytes")
    return found
