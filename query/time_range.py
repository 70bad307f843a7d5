"""Times of the store, and ranges of time as ranges of its sort keys.

Both `otel_traces` and `trace_summaries` are sorted by five-minute slots, held as 32-bit seconds: a time after 2106
comes out at any slot, so a range that reaches there is all slots.
"""

from __future__ import annotations

from typing import NamedTuple

MAX_NANO = 2**63 - 1
"""2262-04-11, the last time the store holds."""

_SLOT_SECONDS = 300
_LAST_SECOND = 2**32 - 1


def unix_nano(text: str) -> int:
    """A time as the store writes it: Unix seconds with nine decimals. Times before 1970 are not stored."""
    return int(text.replace(".", ""))


class Slots(NamedTuple):
    """The first and last slot of a range, in Unix seconds."""

    first: int
    last: int


def slots(first_nano: int, last_nano: int) -> Slots:
    """The slots that the times from `first_nano` to `last_nano` lie in."""
    last = last_nano // 10**9
    if last > _LAST_SECOND:
        return Slots(0, _LAST_SECOND)
    first = max(0, first_nano) // 10**9
    return Slots(first - first % _SLOT_SECONDS, last - last % _SLOT_SECONDS)
