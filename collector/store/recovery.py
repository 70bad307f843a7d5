"""Repairs what a kill leaves in an embedded store: deduplication tokens of parts that never came to be.

A MergeTree table without replication writes an insert's token to its deduplication log and then renames the part into
place. A kill between the two leaves a token that would make the insert's replay a duplicate of nothing: its rows would
be lost. So before the engine opens a directory, tokens whose part is not there are taken from the logs.
"""

from __future__ import annotations

import fcntl
import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

logger = logging.getLogger(__name__)

_PART = re.compile(r"(?P<partition>.+?)_(?P<first>\d+)_(?P<last>\d+)_\d+(?:_\d+)?")
_ADDED = "1"


class _Part(NamedTuple):
    partition: str
    first: int
    last: int

    def covers(self, other: _Part) -> bool:
        """Whether a merge of parts into this one included the other."""
        return (
            self.partition == other.partition
            and self.first <= other.first
            and self.last >= other.last
        )


def forget_unfinished_inserts(directory: Path) -> int:
    """Repair an embedded store that no process has open; how many tokens were taken out.

    Args:
        directory: the engine's own; may be empty or not there.
    """
    with _held(directory) as is_ours:
        if not is_ours:
            return 0
        logs = sorted(directory.glob("store/*/*/deduplication_logs/deduplication_log_*.txt"))
        count = sum(_repair(log, directory / "deduplication_log.tmp") for log in logs)
    if count:
        logger.warning(
            "%s: %d inserts were cut off between their token and their part", directory, count
        )
    return count


def is_open(directory: Path) -> bool:
    """Whether a process, this one included, has an embedded store open."""
    with _held(directory) as is_ours:
        return not is_ours and _status(directory).is_file()


@contextmanager
def _held(directory: Path) -> Iterator[bool]:
    """Hold the lock of a store that was not closed by its last process; False if there is none or it is taken.

    The engine makes the file when it opens the directory, keeps a lock on it and deletes it when it closes.
    """
    try:
        file = _status(directory).open("rb")
    except FileNotFoundError:
        yield False
        return
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True


def _status(directory: Path) -> Path:
    return directory / "status"


def _repair(log: Path, unfinished: Path) -> int:
    lines = log.read_text().splitlines(keepends=True)
    parts = list(_parts(path.name for path in log.parent.parent.iterdir()))
    kept = [line for line in lines if not _is_orphan(line, parts)]
    if len(kept) == len(lines):
        return 0
    unfinished.write_text("".join(kept))
    unfinished.rename(log)
    return len(lines) - len(kept)


def _is_orphan(line: str, parts: Iterable[_Part]) -> bool:
    """Whether a line of the log (operation, part, token; by tabs) is cut off or names a part that is nowhere."""
    operation, _, rest = line.partition("\t")
    if not line.endswith("\n"):
        return True
    found = list(_parts([rest.partition("\t")[0]]))
    return operation == _ADDED and bool(found) and not any(part.covers(found[0]) for part in parts)


def _parts(names: Iterable[str]) -> Iterable[_Part]:
    for name in names:
        if match := _PART.fullmatch(name):
            yield _Part(match["partition"], int(match["first"]), int(match["last"]))
