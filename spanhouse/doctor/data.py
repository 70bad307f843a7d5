"""The data directory: writable, with room, nobody else's, nothing left over."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from spanhouse import data_directory
from spanhouse.settings import ServerSettings
from spanhouse.terminal import byte_size, plural

from .check import Check
from .ports import RunningServer

_LEAST_FREE_BYTES = (
    256 * 1024 * 1024
)  # the collector's min_free_disk_bytes: below it requests are refused
_COMFORTABLE_FREE_BYTES = 8 * _LEAST_FREE_BYTES
_SPOOL_FILE = re.compile(r"[0-9a-f]{32}\.(traces|logs|metrics)")  # as collector/spool.py names them


def data_checks(settings: ServerSettings, server: RunningServer | None) -> Iterator[Check]:
    """Checks of the directory; those that need it are left out where it does not exist yet."""
    data = settings.data.absolute()
    writable = _writable(data)
    yield writable
    if writable.status == "fail":
        return
    yield _disk(_existing(data))
    if data.is_dir():
        is_held = data_directory.is_held(data)
        yield _open_elsewhere(data, server, is_held=is_held)
        yield _spool(settings.spool_directory, is_held=is_held)


def _writable(data: Path) -> Check:
    place = _existing(data)
    name = "data directory"
    try:
        tempfile.TemporaryFile(dir=place).close()
    except OSError as error:
        found = f"{data}: cannot write to {place}: {error.strerror}"
        return Check(name, "fail", found, "change its owner or mode, or choose another with --data")
    return Check(name, "ok", f"{data}" if place == data else f"{data}, made by the first start")


def _existing(data: Path) -> Path:
    """The directory, or what exists of the way to it."""
    return next(place for place in (data, *data.parents) if place.exists())


def _disk(place: Path) -> Check:
    free = shutil.disk_usage(place).free
    found = f"{byte_size(free)} free"
    if free < _LEAST_FREE_BYTES:
        return Check(
            "disk",
            "fail",
            found,
            f"make room: below {byte_size(_LEAST_FREE_BYTES)} data is refused",
        )
    if free < _COMFORTABLE_FREE_BYTES:
        return Check(
            "disk",
            "warn",
            found,
            f"make room: below {byte_size(_LEAST_FREE_BYTES)} data is refused",
        )
    return Check("disk", "ok", found)


def _open_elsewhere(data: Path, server: RunningServer | None, *, is_held: bool) -> Check:
    name = "open elsewhere"
    if not is_held:
        return Check(name, "ok", "no")
    holder = data_directory.holder(data)
    if server is not None and holder is not None and holder.pid == server.pid:
        return Check(name, "ok", f"by the server that runs, {holder}")
    found = f"yes, by {holder or 'another process'}"
    return Check(name, "fail", found, "stop it, or choose another directory with --data")


def _spool(directory: Path, *, is_held: bool) -> Check:
    try:
        with os.scandir(directory) as entries:
            sizes = [entry.stat().st_size for entry in entries if _SPOOL_FILE.fullmatch(entry.name)]
    except FileNotFoundError:
        sizes = []
    except OSError as error:
        return Check("spool", "fail", f"{directory}: {error.strerror}", "change its owner or mode")
    if not sizes:
        return Check("spool", "ok", "empty")
    found = f"{plural(len(sizes), 'batch', 'batches')}, {byte_size(sum(sizes))}"
    if is_held:
        return Check("spool", "ok", f"{found}, under way")
    return Check(
        "spool",
        "warn",
        f"{found}, accepted and not in ClickHouse yet",
        "the next start stores them",
    )
