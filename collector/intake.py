"""Requests to batches: bounded, deduplicated, and answered only when stored.

Natural batching: while an INSERT runs, what arrives collects for the next one. All state here belongs to the event
loop's thread; INSERTs run in threads.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from .ledger import Ledger
from .otlp.envelope import Request
from .otlp.refusal import QueueFull, Refusal, TooLarge, Unavailable
from .otlp.signals import SIGNALS, Signal
from .settings import CollectorSettings
from .spool import Spool
from .writer import Outcome, Results, StoreUnavailable, Writer

logger = logging.getLogger(__name__)

# One INSERT of any size costs some 100 ms of planning, so a second writer starts only for a batch worth it.
_WORTH_A_SECOND_WRITER_BYTES = 4 * 1024 * 1024
_MAX_BATCH_REQUESTS = 10_000
_REMEMBERED_REQUESTS = 200_000
_DISK_CHECK_SECONDS = 1.0
# In place of a request that is stored: its outcome is remembered, its body is not kept in memory.
_FORGOTTEN = Request(b"", "", "", "", 0)


@dataclass
class _Pending:
    """A request that is waiting, being inserted, or was answered lately."""

    signal: Signal
    request: Request
    future: asyncio.Future[Outcome]
    expires: float


class Intake:
    """Accepts requests and answers each when it is stored.

    Args:
        writer: inserts batches.
        spool: asked for free space.
        ledger: told of what was refused or came twice.
        settings: bounds.
    """

    def __init__(
        self, writer: Writer, spool: Spool, ledger: Ledger, settings: CollectorSettings
    ) -> None:
        self._writer = writer
        self._spool = spool
        self._ledger = ledger
        self._settings = settings
        self._waiting: dict[str, OrderedDict[bytes, _Pending]] = {
            name: OrderedDict() for name in SIGNALS
        }
        self._waiting_bytes = dict.fromkeys(SIGNALS, 0)
        self._known: OrderedDict[tuple[str, bytes], _Pending] = OrderedDict()
        self._queued_bytes = 0
        self._writing: set[asyncio.Task[None]] = set()
        self._threads = ThreadPoolExecutor(settings.writers, thread_name_prefix="insert")
        self._draining = False
        self._free_bytes_until = 0.0
        self._free_bytes = 0

    @property
    def queued_bytes(self) -> int:
        """Bytes of requests that are waiting or being inserted."""
        return self._queued_bytes

    async def accept(self, signal: Signal, request: Request) -> Outcome:
        """Store a request; returns when it is in ClickHouse.

        Raises:
            Malformed: the body is no export request of this signal.
            TooLarge: over `max_body_bytes`.
            QueueFull: come back later.
            Unavailable: the disk is full, ClickHouse does not answer in time, or the collector is stopping.
        """
        try:
            return await self._accept(signal, request)
        except Refusal as refusal:
            self.refused(signal, request, refusal)
            raise

    def refused(self, signal: Signal, request: Request, refusal: Refusal) -> None:
        """Count a request that a door refused before it came this far."""
        self._ledger.refused(signal, request, refusal)

    def remember(
        self, signal: Signal, request_id: bytes, outcome: Outcome, age_seconds: float
    ) -> None:
        """Take a request stored by an earlier process as known."""
        future: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        future.set_result(outcome)
        expires = time.monotonic() + self._settings.deduplication_seconds - age_seconds
        self._known[signal.name, request_id] = _Pending(signal, _FORGOTTEN, future, expires)

    async def drain(self) -> None:
        """Refuse what comes, and return when all that was accepted is stored."""
        self._draining = True
        self._writer.stop_waiting()
        self._start_writers()
        while self._writing:
            await asyncio.wait(self._writing)
        self._threads.shutdown()

    async def _accept(self, signal: Signal, request: Request) -> Outcome:
        if not request.body:
            return Outcome()
        if len(request.body) > self._settings.max_body_bytes:
            raise TooLarge(
                f"the body has {len(request.body)} bytes, the limit is {self._settings.max_body_bytes}"
            )
        request_id = request.request_id
        known = self._find_known(signal, request_id)
        if known is not None:
            outcome = await self._stored(known)
            self._ledger.deduplicated(signal, request, outcome)
            return outcome
        self._check_room(len(request.body))
        pending = _Pending(signal, request, asyncio.get_running_loop().create_future(), 0.0)
        self._known[signal.name, request_id] = pending
        self._waiting[signal.name][request_id] = pending
        self._waiting_bytes[signal.name] += len(request.body)
        self._queued_bytes += len(request.body)
        self._start_writers()
        return await self._stored(pending)

    async def _stored(self, pending: _Pending) -> Outcome:
        try:
            return await asyncio.wait_for(
                asyncio.shield(pending.future), self._settings.request_timeout_seconds
            )
        except TimeoutError:
            seconds = self._settings.request_timeout_seconds
            raise Unavailable(
                f"not stored within {seconds:g} s; it stays queued, a retry will find it", 5
            ) from None

    def _find_known(self, signal: Signal, request_id: bytes) -> _Pending | None:
        now = time.monotonic()
        while (
            self._known
            and (oldest := next(iter(self._known.values()))).future.done()
            and (oldest.expires < now or len(self._known) > _REMEMBERED_REQUESTS)
        ):
            self._known.popitem(last=False)
        known = self._known.get((signal.name, request_id))
        return None if known is None or (known.future.done() and known.expires < now) else known

    def _check_room(self, size: int) -> None:
        if self._draining:
            raise Unavailable("the collector is stopping", 5)
        if self._queued_bytes and self._queued_bytes + size > self._settings.max_queue_bytes:
            raise QueueFull(
                f"{self._queued_bytes} bytes are waiting to be stored, the limit is {self._settings.max_queue_bytes}",
                1,
            )
        now = time.monotonic()
        if now > self._free_bytes_until:
            self._free_bytes, self._free_bytes_until = (
                self._spool.free_bytes(),
                now + _DISK_CHECK_SECONDS,
            )
        if self._free_bytes - size < self._settings.min_free_disk_bytes:
            raise Unavailable(
                f"the disk of {self._spool.directory} has {self._free_bytes} bytes free, "
                f"at least {self._settings.min_free_disk_bytes} must stay free (SPANHOUSE_MIN_FREE_DISK_BYTES)",
                30,
            )

    def _start_writers(self) -> None:
        while len(self._writing) < self._settings.writers:
            name = max(self._waiting_bytes, key=lambda name: self._waiting_bytes[name])
            if not self._waiting[name]:
                return
            if (
                self._writing
                and self._waiting_bytes[name] < _WORTH_A_SECOND_WRITER_BYTES
                and not self._draining
            ):
                return
            task = asyncio.create_task(self._write(SIGNALS[name], self._take(name)))
            self._writing.add(task)
            task.add_done_callback(self._written)

    def _take(self, name: str) -> dict[bytes, _Pending]:
        batch: dict[bytes, _Pending] = {}
        size = 0
        waiting = self._waiting[name]
        while waiting and len(batch) < _MAX_BATCH_REQUESTS:
            body = next(iter(waiting.values())).request.body
            if batch and size + len(body) > self._settings.max_batch_bytes:
                break
            request_id, pending = waiting.popitem(last=False)
            batch[request_id] = pending
            size += len(body)
        self._waiting_bytes[name] -= size
        return batch

    def _written(self, task: asyncio.Task[None]) -> None:
        self._writing.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            logger.error("a batch could not be written", exc_info=error)
        self._start_writers()

    async def _write(self, signal: Signal, batch: dict[bytes, _Pending]) -> None:
        requests = {request_id: pending.request for request_id, pending in batch.items()}
        try:
            results = await self._insert(signal, requests)
            for request_id, pending in batch.items():
                self._answer(request_id, pending, results[request_id])
        except BaseException as error:
            refusal = (
                error if isinstance(error, Refusal) else Unavailable(f"not stored: {error}", 5)
            )
            for request_id, pending in batch.items():
                self._answer(request_id, pending, refusal)
            if not isinstance(error, Refusal):
                raise
        finally:
            self._queued_bytes -= sum(len(request.body) for request in requests.values())

    async def _insert(self, signal: Signal, requests: dict[bytes, Request]) -> Results:
        loop = asyncio.get_running_loop()
        file = await loop.run_in_executor(self._threads, self._writer.spool, signal, requests)
        try:
            return await loop.run_in_executor(self._threads, self._writer.insert, file, requests)
        except StoreUnavailable as error:
            raise Unavailable(str(error), 30) from error

    def _answer(self, request_id: bytes, pending: _Pending, result: Outcome | Refusal) -> None:
        if pending.future.done():
            return
        if isinstance(result, Refusal):
            self._known.pop((pending.signal.name, request_id), None)
            pending.future.set_exception(result)
            pending.future.exception()  # its sender may have gone; that is no error of ours
        else:
            pending.expires = time.monotonic() + self._settings.deduplication_seconds
            pending.future.set_result(result)
            pending.request = _FORGOTTEN
            self._known.move_to_end((pending.signal.name, request_id))
