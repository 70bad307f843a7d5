"""What the views on the inbox cannot count: requests that were refused, and retries of requests already stored.

Rows collect in memory and are written every second; a kill loses at most a second of them, never of accepted data.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NamedTuple

from .otlp.envelope import Request
from .otlp.refusal import Refusal
from .otlp.signals import Signal
from .store import Store, StoreError
from .writer import Outcome

logger = logging.getLogger(__name__)

_WRITE_SECONDS = 1.0
# A flood of refused requests is counted in few rows: one for each sender and reason in a second.
_MAX_ROWS = 10_000


class _Key(NamedTuple):
    project: str
    signal: str
    api: str
    sender: str
    reason: str
    """"" for a retry."""


class Ledger:
    """Collects rows for `ingest_ledger`.

    Args:
        store: where they go.
        now: Unix nanoseconds.
    """

    def __init__(self, store: Store, now: Callable[[], int] = time.time_ns) -> None:
        self._store = store
        self._now = now
        self._refused: dict[_Key, int] = {}
        self._repeated: dict[_Key, int] = {}

    def refused(self, signal: Signal, request: Request, refusal: Refusal) -> None:
        """Count a request of which nothing was stored."""
        self._add(self._refused, signal, request, refusal.reason, 1)

    def deduplicated(self, signal: Signal, request: Request, outcome: Outcome) -> None:
        """Count the items of a request that had been stored before."""
        self._add(self._repeated, signal, request, "", outcome.received)

    def _add(
        self, counts: dict[_Key, int], signal: Signal, request: Request, reason: str, count: int
    ) -> None:
        key = _Key(request.project or "default", signal.name, request.api, request.sender, reason)
        if key in counts or len(counts) < _MAX_ROWS:
            counts[key] = counts.get(key, 0) + count

    async def run(self) -> None:
        """Write every second until cancelled."""
        while True:
            await asyncio.sleep(_WRITE_SECONDS)
            await self.write()

    async def write(self) -> None:
        """Write what has collected."""
        refused, self._refused = self._refused, {}
        repeated, self._repeated = self._repeated, {}
        if not refused and not repeated:
            return
        at = datetime.fromtimestamp(self._now() / 1e9, UTC)
        rows = [_row(at, key, refused=count) for key, count in refused.items()]
        rows += [_row(at, key, repeated=count) for key, count in repeated.items()]
        try:
            await asyncio.to_thread(self._store.insert, "ingest_ledger", _COLUMNS, rows)
        except StoreError as error:
            logger.warning("could not write %d rows of the ledger: %s", len(rows), error)


# Columns left out are those of a request that was stored; their defaults say that none was.
_COLUMNS = (
    "ReceivedAt",
    "ProjectId",
    "Signal",
    "Api",
    "Sender",
    "Received",
    "Deduplicated",
    "RejectedRequests",
    "Reasons",
)


def _row(at: datetime, key: _Key, *, refused: int = 0, repeated: int = 0) -> list[Any]:
    """One row: requests refused for the key's reason, or items of retries."""
    reasons = {key.reason: refused} if refused else {}
    return [at, key.project, key.signal, key.api, key.sender, repeated, repeated, refused, reasons]
