"""The data directory belongs to one process at a time, whatever keeps the rows.

An embedded ClickHouse locks its own files; the spool, which a process with `--clickhouse` has too, is guarded by the
lock on `DATA/lock`. The kernel lets go of both when the process ends, however it ends.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .ports import Process, process


class DirectoryError(Exception):
    """The data directory cannot be used; the message is one sentence.

    DirectoryError
    ├── DirectoryLocked     another process has it open
    └── DirectoryUnusable   it cannot be made or written
    """


class DirectoryLocked(DirectoryError):
    """Another process has the data directory open."""


class DirectoryUnusable(DirectoryError):
    """The data directory cannot be made or written."""


@contextmanager
def held(data: Path) -> Iterator[None]:
    """Keep the directory, made if absent, for this process while the block runs.

    Raises:
        DirectoryLocked: another process has it.
        DirectoryUnusable: it cannot be made or written.
    """
    try:
        data.mkdir(parents=True, exist_ok=True)
        lock = (data / "lock").open("a")
    except OSError as error:
        raise DirectoryUnusable(
            f"cannot use the data directory {data.absolute()}: {error.strerror}; choose another with --data"
        ) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise DirectoryLocked(
                f"cannot open the data directory {data.absolute()}: {holder(data) or 'another process'} has it open "
                "(one server per directory; stop it, or choose another with --data)"
            ) from error
        yield


def is_held(data: Path) -> bool:
    """Whether some process has the directory open; changes nothing.

    Asks for a shared lock and gives it back at once, which a process that has the directory does not notice.
    """
    for path in _lock_files(data):
        try:
            with path.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:
            continue
    return False


def holder(data: Path) -> Process | None:
    """The process that has the directory open, where /proc tells; meaningful only if one has."""
    files = {f"{path.stat().st_ino}" for path in _lock_files(data)}
    try:
        locks = Path("/proc/locks").read_text().splitlines()
    except OSError:
        return None
    for line in locks:
        # 1: FLOCK  ADVISORY  WRITE 10819 fe:00:2255119 0 EOF; waiting ones have "->" in the second place
        fields = line.split()
        if fields[1] == "FLOCK" and fields[5].rpartition(":")[2] in files:
            return process(int(fields[4]))
    return None


def _lock_files(data: Path) -> list[Path]:
    """Ours, and the one an embedded ClickHouse locks."""
    return [path for path in (data / "lock", data / "clickhouse" / "status") if path.is_file()]
