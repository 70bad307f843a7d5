"""Batches on disk, between a request's arrival and its rows: the only state of the collector that outlives a kill.

A file appears under its name complete or not at all, and goes away only after its INSERT has
returned. Its batch id is the INSERT's deduplication token, so that a file left behind by a kill
can be inserted again whatever became of the first try.
"""

from __future__ import annotations

import os
import re
import shutil
import uuid
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from .otlp.envelope import Request, write_envelopes
from .otlp.refusal import Unavailable
from .otlp.signals import SIGNALS, Signal

REWRITTEN = "-rewritten"
"""Ends the id of a batch of which rewrite.py made the bodies: the inbox looks for values to rewrite in no other."""

_FILE_NAME = re.compile(
    r"(?P<batch_id>[0-9a-f]{32}(?:-rewritten)?)\.(?P<signal>traces|logs|metrics)"
)


@dataclass(frozen=True)
class SpoolFile:
    """A batch on disk."""

    batch_id: str
    signal: Signal
    path: Path


class Spool:
    """The directory of batches.

    Args:
        directory: made if absent.
        fsync: whether `write` returns only after the bytes are on the device.
    """

    def __init__(self, directory: Path, *, fsync: bool = False) -> None:
        self.directory = directory
        self._fsync = fsync
        directory.mkdir(parents=True, exist_ok=True)

    def write(
        self, signal: Signal, requests: Iterable[tuple[bytes, Request]], batch_id: str | None = None
    ) -> SpoolFile:
        """Put a batch on disk.

        Raises:
            Unavailable: the disk is full, read-only or broken.
        """
        batch_id = batch_id or uuid.uuid4().hex
        path = self.directory / f"{batch_id}.{signal.name}"
        unfinished = path.with_suffix(path.suffix + ".tmp")
        try:
            with unfinished.open("wb") as file:
                write_envelopes(file, batch_id, requests)
                if self._fsync:
                    file.flush()
                    os.fsync(file.fileno())
            unfinished.rename(path)
            if self._fsync:
                self._sync_directory()
        except OSError as error:
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)
            raise Unavailable(
                f"cannot write to the spool {self.directory}: {error.strerror}", 30
            ) from error
        return SpoolFile(batch_id, signal, path)

    def remove(self, file: SpoolFile) -> None:
        """Forget a batch whose rows are stored."""
        file.path.unlink(missing_ok=True)

    def left_behind(self) -> list[SpoolFile]:
        """Batches of an earlier process, oldest first; unfinished files, never acknowledged nor inserted, are deleted.

        A `-rewritten` file is made again from the batch it belongs to, with the same token.
        """
        found = []
        for path in self.directory.iterdir():
            match = _FILE_NAME.fullmatch(path.name)
            if match is None or match["batch_id"].endswith(REWRITTEN):
                if path.suffix == ".tmp" or match is not None:
                    path.unlink()
                continue
            found.append(
                (
                    path.stat().st_mtime_ns,
                    SpoolFile(match["batch_id"], SIGNALS[match["signal"]], path),
                )
            )
        return [file for _, file in sorted(found, key=lambda entry: entry[0])]

    def free_bytes(self) -> int:
        """Space left on the spool's disk."""
        return shutil.disk_usage(self.directory).free

    def _sync_directory(self) -> None:
        descriptor = os.open(self.directory, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
