"""Who listens on a port, as far as this machine tells.

Linux tells through /proc, for processes of the same user (root: of all); elsewhere the holder stays unknown.
"""

from __future__ import annotations

import errno
import os
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

_LISTEN = "0A"  # TCP_LISTEN in /proc/net/tcp
_COMMAND_CHARACTERS = 50
_BACKLOG = 2048  # uvicorn's own default


class PortTaken(Exception):
    """The port has a listener already, or is not ours to take; the message says which and why."""


@dataclass(frozen=True)
class Process:
    """A process by its id and the beginning of its command."""

    pid: int
    command: str

    def __str__(self) -> str:
        return f"pid {self.pid} ({self.command})" if self.command else f"pid {self.pid}"


def process(pid: int) -> Process:
    """The process `pid` with its command, the path of its program shortened to the name."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return Process(pid, "")
    command = " ".join([os.path.basename(words[0]), *words[1:]]).strip()
    if len(command) > _COMMAND_CHARACTERS:
        command = command[: _COMMAND_CHARACTERS - 1] + "…"
    return Process(pid, command)


def listen(host: str, port: int) -> socket.socket:
    """A listening socket.

    Raises:
        PortTaken: another process has the port.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    if sys.platform != "win32":  # there the option would let two processes share the port
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        raise PortTaken(_explained(host, port, error)) from error
    return listener


def check_free(host: str, port: int) -> None:
    """Return if `listen` would succeed now.

    Raises:
        PortTaken: another process has the port.
    """
    listen(host, port).close()


def why_unreachable(host: str, port: int, seconds: float = 3.0) -> str | None:
    """Why no connection to another's port can be made; None if one can."""
    try:
        socket.create_connection((host, port), seconds).close()
    except OSError as error:
        return error.strerror or str(error)
    return None


def holder(port: int) -> Process | None:
    """The process that listens on `port`, where /proc tells."""
    inodes = _listening_inodes(port)
    if not inodes:
        return None
    wanted = {f"socket:[{inode}]" for inode in inodes}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            for descriptor in (folder / "fd").iterdir():
                if os.readlink(descriptor) in wanted:
                    return process(int(folder.name))
        except OSError:  # another user's process, or one that has just ended
            continue
    return None


def _explained(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        found = holder(port)
        return f"port {port} is in use by {found or 'another process'}"
    return f"{host}:{port} cannot be listened on: {error.strerror}"


def _listening_inodes(port: int) -> set[str]:
    inodes = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        try:
            lines = Path(table).read_text().splitlines()[1:]
        except OSError:
            continue
        for line in lines:
            fields = line.split()
            if fields[3] == _LISTEN and int(fields[1].rpartition(":")[2], 16) == port:
                inodes.add(fields[9])
    return inodes
