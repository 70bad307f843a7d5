"""A batch of requests into ClickHouse: one INSERT of the spool file, and what became of each request.

The engine parses and maps. Its ledger, filled by the same INSERT, says which requests it left out because they carry
invalid items or values that SQL does not map; those are rewritten and inserted by a second file, under its own token.
"""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from .otlp.envelope import Request, read_envelopes
from .otlp.refusal import Malformed, Refusal, Unavailable
from .otlp.rewrite import parse, rewrite
from .otlp.signals import INSERT_SETTINGS, OTLP_PROTO, Signal
from .spool import REWRITTEN, Spool, SpoolFile
from .store import Store, StoreError

logger = logging.getLogger(__name__)

# Codes of ClickHouse that say nothing about the data: the same batch may go through later. No code: it did not answer.
_TRANSIENT_CODES = {
    None,
    3,  # UNEXPECTED_END_OF_FILE from a broken connection
    74, 75, 76,  # CANNOT_READ / WRITE / OPEN a file
    159,  # TIMEOUT_EXCEEDED
    164,  # READONLY
    202,  # TOO_MANY_SIMULTANEOUS_QUERIES
    209, 210,  # SOCKET_TIMEOUT, NETWORK_ERROR
    241, 243,  # MEMORY_LIMIT_EXCEEDED, NOT_ENOUGH_SPACE
    242,  # TABLE_IS_READ_ONLY
    252,  # TOO_MANY_PARTS
    319,  # UNKNOWN_STATUS_OF_INSERT
    394, 425, 439,  # QUERY_WAS_CANCELLED, SYSTEM_ERROR, CANNOT_SCHEDULE_TASK
    999,  # KEEPER_EXCEPTION
}  # fmt: skip

_RETRY_SECONDS = (0.2, 1.0, 3.0, 10.0)

_T = TypeVar("_T")

_OUTCOMES_SQL = """
SELECT RequestId, sum(Received) AS Received, sum(Rejected) AS Rejected, max(NeedsRewrite) AS NeedsRewrite,
    sumMap(Reasons) AS Reasons
FROM ingest_ledger
WHERE BatchId = {batch_id:String}
    AND ReceivedAt BETWEEN fromUnixTimestamp64Nano({first:Int64}) AND fromUnixTimestamp64Nano({last:Int64})
GROUP BY RequestId
"""


class StoreUnavailable(Exception):
    """ClickHouse does not take a batch for a reason of its own, and the collector is stopping; the spool file stays."""


@dataclass(frozen=True)
class Outcome:
    """What became of an accepted request."""

    received: int = 0
    """Items: spans, log records, data points."""
    rejected: int = 0
    reasons: Mapping[str, int] = field(default_factory=dict)
    """Why, with the number of items."""

    @property
    def message(self) -> str:
        """For partial success: what was rejected and why."""
        if not self.rejected:
            return ""
        listed = "; ".join(
            f"{count} because {reason}" for reason, count in sorted(self.reasons.items())
        )
        return f"rejected {self.rejected} of {self.received}: {listed}"


Results = dict[bytes, Outcome | Refusal]
"""By request id."""


class Writer:
    """Writes batches; safe to call from several threads.

    Args:
        store: where to.
        spool: where batches lie until they are stored.
        spans_were_stored: called after each INSERT of spans.
    """

    def __init__(
        self, store: Store, spool: Spool, spans_were_stored: Callable[[], None] = lambda: None
    ) -> None:
        self._store = store
        self._spool = spool
        self._spans_were_stored = spans_were_stored
        self._stopping = threading.Event()

    def stop_waiting(self) -> None:
        """Give up on a ClickHouse that does not answer; the next start stores what is in the spool."""
        self._stopping.set()

    def spool(self, signal: Signal, requests: Mapping[bytes, Request]) -> SpoolFile:
        """Put a batch on disk, ready for `insert`."""
        return self._spool.write(signal, requests.items())

    def insert(self, file: SpoolFile, requests: Mapping[bytes, Request]) -> Results:
        """Insert a batch, however long ClickHouse is away; afterwards its file is gone.

        Raises:
            StoreUnavailable: ClickHouse is away and the collector is stopping.
        """
        try:
            self._insert_file(file, requests)
        except StoreError as error:
            return self._insert_apart(file, requests, error)
        results = self._outcomes(file, requests)
        self._spool.remove(file)
        return results

    def replay(self, file: SpoolFile) -> Results:
        """Insert a batch that an earlier process left behind; what it had stored already is not stored again."""
        if not file.path.exists():  # a part of a batch that was replayed before it
            return {}
        return self.insert(file, dict(read_envelopes(file.path)))

    def _insert_file(self, file: SpoolFile, requests: Mapping[bytes, Request]) -> None:
        settings = {**INSERT_SETTINGS, "insert_deduplication_token": file.batch_id}
        signal = file.signal
        self._patiently(
            lambda: self._store.insert_protobuf(
                signal.inbox, file.path, OTLP_PROTO, signal.envelope, settings
            ),
            is_at_fault=lambda: not all(_is_readable(signal, r) for r in requests.values()),
        )
        if signal.name == "traces":
            self._spans_were_stored()

    def _patiently(
        self,
        ask: Callable[[], _T],
        *,
        whatever_it_says: bool = False,
        is_at_fault: Callable[[], bool] = lambda: False,
    ) -> _T:
        """Ask ClickHouse until it answers; the token makes a repeated INSERT harmless.

        A body that claims a string of an exabyte is reported as a lack of memory, so that before the first wait
        `is_at_fault` says whether the question can have an answer at all.
        """
        attempt = 0
        while True:
            try:
                return ask()
            except StoreError as error:
                if error.code not in _TRANSIENT_CODES and not whatever_it_says:
                    raise
                if attempt == 0 and is_at_fault():
                    raise
                wait = _RETRY_SECONDS[min(attempt, len(_RETRY_SECONDS) - 1)]
                if self._stopping.wait(wait) and attempt:
                    raise StoreUnavailable(
                        f"ClickHouse does not take the batch: {error}"
                    ) from error
                logger.warning(
                    "ClickHouse did not take a batch, trying again after %g s: %s", wait, error
                )
                attempt += 1

    def _insert_apart(
        self, file: SpoolFile, requests: Mapping[bytes, Request], error: StoreError
    ) -> Results:
        """ClickHouse refused the batch for its content and stored nothing of it: find whose content."""
        if len(requests) == 1:
            self._spool.remove(file)
            return {
                request_id: _malformed(file.signal, request, error)
                for request_id, request in requests.items()
            }
        results: Results = {}
        readable: dict[bytes, Request] = {}
        for request_id, request in requests.items():
            try:
                parse(file.signal, request.body)
                readable[request_id] = request
            except Malformed as malformed:
                results[request_id] = malformed
        # All of it readable, and yet refused: halves, until the one that the engine alone cannot read stands alone.
        if len(readable) == len(requests):
            parts = _halves(readable)
        elif readable:
            parts = [readable]
        else:
            parts = []
        # On disk before the whole goes, under ids that follow from it: a kill between leaves both, and the replay of
        # the whole makes the same parts with the same tokens.
        files: list[tuple[SpoolFile, dict[bytes, Request]]] = []
        try:
            for part in parts:
                written = self._spool.write(file.signal, part.items(), _part_id(file, part))
                files.append((written, part))
        except Unavailable:
            # Nothing is stored and all are told so: nothing may be left for a replay to store beside their retries.
            for part_file, _ in files:
                self._spool.remove(part_file)
            self._spool.remove(file)
            raise
        self._spool.remove(file)
        for part_file, part in files:
            results |= self.insert(part_file, part)
        return results

    def _outcomes(self, file: SpoolFile, requests: Mapping[bytes, Request]) -> Results:
        rows = self._ledger_rows(file.batch_id, requests.values())
        results: Results = {}
        left_out: dict[bytes, Request] = {}
        for request_id, request in requests.items():
            row = rows[request_id.hex()]
            if row["NeedsRewrite"]:
                left_out[request_id] = request
            else:
                results[request_id] = Outcome(row["Received"], row["Rejected"], row["Reasons"])
        if left_out:
            results |= self._insert_rewritten(file, left_out)
        return results

    def _insert_rewritten(self, file: SpoolFile, left_out: Mapping[bytes, Request]) -> Results:
        results: Results = {}
        rewritten: dict[bytes, Request] = {}
        for request_id, request in left_out.items():
            try:
                rewritten[request_id] = rewrite(file.signal, request)
            except Malformed as malformed:
                results[request_id] = malformed
        if not rewritten:
            return results
        try:
            second = self._spool.write(file.signal, rewritten.items(), file.batch_id + REWRITTEN)
        except Unavailable as refusal:
            # Their neighbours in the batch are stored; these are not, and their senders are told so.
            return results | dict.fromkeys(rewritten, refusal)
        try:
            self._insert_file(second, rewritten)
        except StoreError as error:
            return results | self._insert_apart(second, rewritten, error)
        results |= self._outcomes(second, rewritten)
        self._spool.remove(second)
        return results

    def _ledger_rows(self, batch_id: str, requests: Iterable[Request]) -> dict[str, dict[str, Any]]:
        times = [request.received_unix_nano for request in requests]
        parameters = {"batch_id": batch_id, "first": min(times), "last": max(times)}
        # The batch is stored by now: no answer to this question may make its senders send it again.
        rows = self._patiently(
            lambda: self._store.rows(_OUTCOMES_SQL, parameters), whatever_it_says=True
        )
        return {row["RequestId"]: row for row in rows}


def _part_id(whole: SpoolFile, part: Mapping[bytes, Request]) -> str:
    digest = hashlib.blake2b(whole.batch_id.encode(), digest_size=16)
    for request_id in part:
        digest.update(request_id)
    return digest.hexdigest() + (REWRITTEN if whole.batch_id.endswith(REWRITTEN) else "")


def _malformed(signal: Signal, request: Request, error: StoreError) -> Malformed:
    """The reason in OTLP's words where its own classes see it, else in ClickHouse's."""
    try:
        parse(signal, request.body)
    except Malformed as malformed:
        return malformed
    logger.warning(
        "ClickHouse cannot read a %s request that OTLP's own classes can: %s", signal.name, error
    )
    return Malformed(f"cannot read the body ({len(request.body)} bytes): {error}")


def _is_readable(signal: Signal, request: Request) -> bool:
    try:
        parse(signal, request.body)
    except Malformed:
        return False
    return True


def _halves(requests: dict[bytes, Request]) -> list[dict[bytes, Request]]:
    items = list(requests.items())
    middle = len(items) // 2
    return [dict(items[:middle]), dict(items[middle:])]
