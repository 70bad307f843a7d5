"""The Native format as clients of a newer protocol read it over HTTP (`client_protocol_version`).

The embedded engine writes the oldest form. From protocol 54454 on a block begins with its info, and each column says
after its type whether its serialization is a custom one: bytes that are put in here, which takes finding where columns
end. clickhouse-connect reads the types; what it cannot read is an error and no wrong answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from clickhouse_connect.datatypes.registry import get_from_name
from clickhouse_connect.driver.buffer import ResponseBuffer
from clickhouse_connect.driver.query import QueryContext

CUSTOM_SERIALIZATION = 54454
"""The protocol's version from which on columns say so."""

# Field 1, not overflows; field 2, bucket -1; the end.
_BLOCK_INFO = b"\x01\x00\x02\xff\xff\xff\xff\x00"
_NOT_CUSTOM = b"\x00"


class _Source:
    """All the bytes at once: where the reader stands is then a place in them."""

    exception_tag = None
    last_message = None

    def __init__(self, body: bytes) -> None:
        self._body = body

    @property
    def gen(self) -> Iterator[bytes]:
        """The one piece."""
        return iter([self._body])

    def close(self) -> None:
        """Nothing is open."""


def with_revision(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The blocks of an answer with what protocol 54454 adds; the answer is held whole."""
    body = b"".join(pieces)
    if body.startswith(b"\r\n__exception__"):
        yield body
        return
    reader: Any = ResponseBuffer(_Source(body))  # type: ignore[no-untyped-call]
    context = QueryContext()
    while reader.buf_loc < len(body) or reader.buf_sz == 0:
        if not body:
            return
        start = reader.buf_loc
        columns, rows = reader.read_leb128(), reader.read_leb128()
        yield _BLOCK_INFO + body[start : reader.buf_loc]
        for _ in range(columns):
            start = reader.buf_loc
            reader.read_leb128_str()
            name = reader.read_leb128_str()
            yield body[start : reader.buf_loc] + _NOT_CUSTOM
            start = reader.buf_loc
            if rows:
                column = get_from_name(name)
                context.start_column(name)
                column.read_column(reader, rows, context)
            yield body[start : reader.buf_loc]
