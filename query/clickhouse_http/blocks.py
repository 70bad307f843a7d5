"""ClickHouse's own compression of HTTP bodies (`compress=1`, `decompress=1`): blocks with checksum, method and sizes.

A block is CityHash128 of the rest, a byte for the method, its size with these nine bytes, the size of its contents, and
the contents: LZ4 (0x82), ZSTD (0x90) or plain (0x02).
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator

import lz4.block
import zstandard

from .cityhash import cityhash128

_LZ4, _ZSTD, _PLAIN = 0x82, 0x90, 0x02
_HEAD = struct.Struct("<BII")
_CHECKSUM_BYTES = 16
_BLOCK_BYTES = 1 << 20  # as ClickHouse's


class BlockError(Exception):
    """A body is not made of such blocks."""


def compressed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces as LZ4 blocks."""
    for piece in pieces:
        for start in range(0, len(piece), _BLOCK_BYTES):
            yield block(piece[start : start + _BLOCK_BYTES])


def block(contents: bytes) -> bytes:
    """One LZ4 block."""
    packed: bytes = lz4.block.compress(contents, store_size=False)
    rest = _HEAD.pack(_LZ4, len(packed) + _HEAD.size, len(contents)) + packed
    return cityhash128(rest) + rest


def decompressed(body: bytes, most: int) -> bytes:
    """The contents of all blocks of a body.

    Args:
        most: bytes that the contents may have.

    Raises:
        BlockError: with what is wrong and where.
    """
    contents = bytearray()
    at = 0
    while at < len(body):
        start = at + _CHECKSUM_BYTES
        if len(body) < start + _HEAD.size:
            raise BlockError(f"the block at byte {at} ends within its head")
        method, packed_bytes, size = _HEAD.unpack_from(body, start)
        rest = body[start : start + packed_bytes]
        if packed_bytes < _HEAD.size or len(rest) != packed_bytes:
            raise BlockError(
                f"the block at byte {at} is {len(rest)} bytes long, not {packed_bytes}"
            )
        if len(contents) + size > most:
            raise BlockError(f"its contents have more than {most} bytes")
        if cityhash128(rest) != body[at:start]:
            raise BlockError(f"the checksum of the block at byte {at} is wrong")
        contents += _contents(method, rest[_HEAD.size :], size)
        at = start + packed_bytes
    return bytes(contents)


def _contents(method: int, packed: bytes, size: int) -> bytes:
    if method == _PLAIN:
        return packed
    try:
        if method == _LZ4:
            return bytes(lz4.block.decompress(packed, uncompressed_size=size))
        if method == _ZSTD:
            return zstandard.ZstdDecompressor().decompress(packed, max_output_size=size)
    except (lz4.block.LZ4BlockError, zstandard.ZstdError) as error:
        raise BlockError(f"a block cannot be decompressed: {error}") from error
    raise BlockError(f"the method {method:#x} is not known")
