"""Applies the numbered files of `ddl/` to a store, each once, and records them in `schema_migrations`.

Every file is one statement that may be repeated (IF NOT EXISTS, OR REPLACE): a start that was killed between a
statement and its record does it again. A file that has been shipped is never edited; a change is a new number.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import resources
from string import Template

from .connection import Store
from .shapes import SHAPES

_FILE_NAME = re.compile(r"(?P<number>\d{4})_(?P<name>\w+)\.sql")

# Inserts whose tokens a table remembers; a replay after a crash repeats the last few.
_DEDUPLICATION_WINDOW = 1000

_COMPRESSION = "ZSTD(1)"


class SchemaError(Exception):
    """The database's schema does not fit this program; the message says which file and what to do."""


@dataclass(frozen=True)
class Migration:
    """One numbered file."""

    number: int
    name: str
    text: str

    @property
    def checksum(self) -> str:
        """SHA-256 of the file as shipped."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def statement(self, cluster: str | None, *, embedded: bool = False) -> str:
        """The file with its placeholders filled in: for the embedded engine, for one server or for a cluster."""
        return Template(self.text).substitute(
            SHAPES,
            on_cluster=f"ON CLUSTER '{cluster}'" if cluster else "",
            replicated="Replicated" if cluster else "",
            settings=_table_settings(cluster, embedded=embedded),
        )


def _table_settings(cluster: str | None, *, embedded: bool) -> str:
    """What every table that an INSERT reaches has in common."""
    window = "replicated_deduplication_window" if cluster else "non_replicated_deduplication_window"
    settings = [
        # A part that an INSERT writes is one file; two hundred would cost it a quarter of its time.
        "min_level_for_wide_part = 1",
        f"{window} = {_DEDUPLICATION_WINDOW}",
    ]
    if not embedded:
        # The embedded engine has settings of its own for it (embedded.xml).
        settings.append(f"default_compression_codec = '{_COMPRESSION}'")
    return ", ".join(settings)


def migrations() -> list[Migration]:
    """The files shipped with this version, in order."""
    found = []
    for file in resources.files(__package__).joinpath("ddl").iterdir():
        if match := _FILE_NAME.fullmatch(file.name):
            found.append(Migration(int(match["number"]), match["name"], file.read_text()))
    return sorted(found, key=lambda migration: migration.number)


def migrate(store: Store, progress: Callable[[Migration], None] | None = None) -> list[Migration]:
    """Bring the store's schema up to this version; returns what was applied.

    Args:
        store: an open store.
        progress: called before each file is applied.

    Raises:
        SchemaError: the database was made by a newer version, or a shipped file was edited.
        StoreError: ClickHouse refused a statement.
    """
    available = migrations()
    store.command(available[0].statement(store.cluster, embedded=store.is_embedded))
    applied = {
        row["Number"]: row
        for row in store.rows(
            "SELECT Number, Name, Checksum FROM schema_migrations ORDER BY Number, AppliedAt"
        )
    }
    _check(applied, available)
    done = []
    for migration in available:
        if migration.number in applied:
            continue
        if progress is not None:
            progress(migration)
        store.command(migration.statement(store.cluster, embedded=store.is_embedded))
        store.insert(
            "schema_migrations",
            ["Number", "Name", "Checksum"],
            [[migration.number, migration.name, migration.checksum]],
        )
        done.append(migration)
    return done


def _check(applied: dict[int, dict[str, str]], available: list[Migration]) -> None:
    known = {migration.number: migration for migration in available}
    for number, row in applied.items():
        if number not in known:
            raise SchemaError(
                f"cannot use this database: it has migration {number:04d} ({row['Name']}), which this version of "
                f"spanhouse does not know (its last is {available[-1].number:04d}); upgrade spanhouse"
            )
        if row["Checksum"] != known[number].checksum:
            raise SchemaError(
                f"cannot use this database: migration {number:04d} ({row['Name']}) was applied from another text than "
                "the one shipped with this version; it was made by a development version: start with an empty --data "
                "directory, or install the version that made it"
            )
