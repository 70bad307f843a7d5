"""API keys: which project a request belongs to. Only SHA-256 hashes are kept, in `api-keys.json` of the data directory.

The file is read again when it changes, so that `spanhouse keys` works beside a running collector.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

PREFIX = "shk_"


@dataclass(frozen=True)
class ApiKey:
    """A key without its secret."""

    name: str
    project: str
    hash: str
    """SHA-256 of the key, hex."""
    created: str
    """ISO 8601, UTC."""


class ApiKeys:
    """The keys of one data directory."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read_at: tuple[int, int] | None = None
        self._keys: dict[str, ApiKey] = {}

    def project_of(self, key: str) -> str | None:
        """The project of a key, or None if it is not known."""
        self._refresh()
        known = self._keys.get(_hash(key))
        return known.project if known else None

    def all(self) -> list[ApiKey]:
        """Every key, oldest first."""
        self._refresh()
        return list(self._keys.values())

    def create(self, name: str, project: str) -> str:
        """Make a key; the secret is returned this once and kept nowhere.

        Raises:
            ValueError: a key of this name exists.
        """
        if any(key.name == name for key in self.all()):
            raise ValueError(
                f"cannot create the API key {name!r}: one of this name exists; revoke it first"
            )
        secret = PREFIX + secrets.token_urlsafe(32)
        created = datetime.now(UTC).isoformat(timespec="seconds")
        self._write([*self.all(), ApiKey(name, project, _hash(secret), created)])
        return secret

    def revoke(self, name: str) -> None:
        """Forget a key.

        Raises:
            KeyError: no key has this name.
        """
        rest = [key for key in self.all() if key.name != name]
        if len(rest) == len(self._keys):
            raise KeyError(f"cannot revoke the API key {name!r}: no key has this name")
        self._write(rest)

    def _write(self, keys: list[ApiKey]) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self._path.with_suffix(".tmp")
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump([asdict(key) for key in keys], file, indent=1)
        unfinished.rename(self._path)
        self._refresh()

    def _refresh(self) -> None:
        try:
            status = self._path.stat()
        except FileNotFoundError:
            self._keys, self._read_at = {}, None
            return
        if self._read_at != (status.st_mtime_ns, status.st_ino):
            self._keys = {
                entry["hash"]: ApiKey(**entry) for entry in json.loads(self._path.read_text())
            }
            self._read_at = (status.st_mtime_ns, status.st_ino)


def project_of_login(keys: ApiKeys, user: str, password: str) -> str | None:
    """The project of a user name and a password, as clients of databases send them; None: not known.

    The password is an API key; the user is its project's name, or `default`, or left out. Where no key was ever made
    nobody needs one, and the user is the project.
    """
    if not password and not keys.all():
        return user or "default"
    project = keys.project_of(password)
    return project if user in ("", "default", project) else None


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
